import { type Draft, extensions, image, profile } from "./model.ts";

/** Shapes that Azure sends or takes as well, and that change no verdict. */
export const harmless: readonly ((draft: Draft) => void)[] = [
  () => {},
  (draft) => {
    const reference = image(draft);
    if (reference.version === "latest") reference.version = "Latest";
    if (reference.offer !== undefined) reference.offer = reference.offer.toUpperCase();
  },
  (draft) => {
    for (const { properties } of extensions(draft)) properties.type = properties.type.toLowerCase();
  },
  ({ set }) => {
    set.plan = null;
    set.identity = null;
    delete set.tags.owner;
  },
  (draft) => {
    for (const { properties } of extensions(draft)) {
      if (properties.settings.port !== undefined) properties.settings.port = "8080";
    }
  },
  (draft) => {
    const { networkProfile } = profile(draft);
    networkProfile.healthProbe ??= null;
  },
  ({ set }) => {
    if (set.properties.upgradePolicy?.mode === "Manual") delete set.properties.upgradePolicy;
  },
  (draft) => {
    const id = draft.set.id.replace(/Microsoft\.Compute\/.*/, "Microsoft.KeyVault/vaults/kv-contoso");
    const certificateUrl = "https://kv-contoso.vault.azure.net/secrets/tls/0123456789abcdef0123456789abcdef";
    profile(draft).osProfile.secrets = [{ sourceVault: { id }, vaultCertificates: [{ certificateUrl }] }];
  },
];
