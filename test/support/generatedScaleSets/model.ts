/** What the generator works on: a scale set that is being built, and what is known about it besides. */

// oxlint-disable-next-line typescript/no-explicit-any -- a model under construction is written by written-out paths
export type Model = any;

/** Facts that are not in the model of a scale set, as Azure's own GETs answer them. */
export interface Facts {
  /** GET of the newest version of its platform image. */
  imageVersion?: { properties: { automaticOSUpgradeProperties: { automaticOSUpgradeSupported: boolean } } };
  /** GET of the load balancer that its probe is of. */
  loadBalancer?: { id: string; sku: { name: string } };
}

export interface Draft {
  readonly set: Model;
  readonly facts: Facts;
  /** The body of the PATCH that enables automatic OS upgrades. */
  readonly enable: Model;
}

export const profile = ({ set }: Pick<Draft, "set">): Model => set.properties.virtualMachineProfile;
export const image = (draft: Draft): Model => profile(draft).storageProfile.imageReference;
export const extensions = (draft: Draft): Model[] => profile(draft).extensionProfile.extensions;
export const isWindows = (draft: Draft): boolean =>
  profile(draft).osProfile.windowsConfiguration !== undefined;
export const isFlexible = ({ set }: Draft): boolean => set.properties.orchestrationMode === "Flexible";
export const isRolling = ({ set }: Draft): boolean => set.properties.upgradePolicy?.mode === "Rolling";
export const hasProbe = (draft: Draft): boolean =>
  (profile(draft).networkProfile.healthProbe ?? undefined) !== undefined;
export const isHealth = (extension: Model): boolean => /^applicationhealth/i.test(extension.properties.type);
export const isServiceFabric = (extension: Model): boolean =>
  /^servicefabric/i.test(extension.properties.type);
export const serviceFabric = (draft: Draft): Model => extensions(draft).find(isServiceFabric);
export const hasHealthExtension = (draft: Draft): boolean => extensions(draft).some(isHealth);

export function dropHealthExtension(draft: Draft): void {
  const { extensionProfile } = profile(draft);
  extensionProfile.extensions = extensions(draft).filter((extension) => !isHealth(extension));
}

export const healthExtension = (system: "Linux" | "Windows"): Model => ({
  name: "HealthExtension",
  properties: {
    autoUpgradeMinorVersion: true,
    publisher: "Microsoft.ManagedServices",
    type: `ApplicationHealth${system}`,
    typeHandlerVersion: "2.0",
    settings: { protocol: "http", port: 8080, requestPath: "/healthz" },
  },
});
