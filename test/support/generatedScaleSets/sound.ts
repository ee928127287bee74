import { loadBalancerOf } from "../../../src/sandbox/fleet/loadBalancer.ts";
import { scaleSetBody, type ScaleSetSeed } from "../../../src/sandbox/fleet/scaleSet.ts";
import {
  dropHealthExtension,
  type Draft,
  extensions,
  hasProbe,
  image,
  profile,
  type Facts,
} from "./model.ts";

const subscriptionId = "1a6f0c2e-94b7-4d58-a3c1-7e20b9d5f001";
const gallery =
  "/subscriptions/4c83e7b1-0d2a-4f96-b8e5-90a1c6d7f002/resourceGroups/rg-build-shared/providers/Microsoft.Compute/galleries/galContoso/images/build-agent-linux";

const community = "/CommunityGalleries/contoso-4c83e7b1/Images/build-agent-linux";
const shared = "/SharedGalleries/4c83e7b1-0d2a-4f96-b8e5-90a1c6d7f002-GALCONTOSO/Images/build-agent-linux";

const images = [
  "ubuntu22",
  "windows2022",
  gallery,
  "azureLinux",
  community,
  "windows2019",
  "ubuntu20",
  "sql2022",
  shared,
];
const modes = ["Manual", "Automatic", "Rolling"] as const;
/** Where its health comes from; Service Fabric of Silver or Gold needs no other source. */
const sources = ["extension", "probe", "Silver", "Gold"] as const;

type Source = (typeof sources)[number];

/** What a scale set that nothing is wrong with may be like. */
export interface Kind {
  readonly image: string;
  readonly mode: (typeof modes)[number];
  readonly source: Source;
}

export const kinds: readonly Kind[] = images.flatMap((one) =>
  sources.flatMap((source) => modes.map((mode) => ({ image: one, source, mode }))),
);

function factsOf(draft: Omit<Draft, "facts" | "enable">): Facts {
  const facts: Facts = {};
  const whole: Draft = { ...draft, facts, enable: {} };
  if (image(whole).publisher !== undefined) {
    facts.imageVersion = {
      properties: { automaticOSUpgradeProperties: { automaticOSUpgradeSupported: true } },
    };
  }
  const balancer = hasProbe(whole) ? loadBalancerOf(draft.set) : undefined;
  if (balancer !== undefined) facts.loadBalancer = balancer as NonNullable<Facts["loadBalancer"]> & object;
  return facts;
}

/** A scale set of a kind that Azure enables automatic OS upgrades on, with no advice to give. */
export function soundScaleSet({ image: source, mode, source: health }: Kind, name: string): Draft {
  const seed: ScaleSetSeed = {
    name,
    group: "rg-web-prod-weu",
    location: "westeurope",
    image: source,
    mode,
    health: health === "probe" ? "probe" : "extension",
  };
  const set = structuredClone(scaleSetBody(seed, subscriptionId, Date.UTC(2026, 10, 23)));
  const { storageProfile } = profile({ set });
  if (source === community) storageProfile.imageReference = { communityGalleryImageId: source };
  if (source === shared) storageProfile.imageReference = { sharedGalleryImageId: source };
  const enable = {
    properties: { upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } } },
  };
  const draft: Draft = { set, facts: factsOf({ set }), enable };
  if (health === "Silver" || health === "Gold") {
    dropHealthExtension(draft);
    const system = /windows|sql/.test(source) ? "" : "Linux";
    extensions(draft).push({
      name: "ServiceFabricNode",
      properties: {
        autoUpgradeMinorVersion: true,
        publisher: "Microsoft.Azure.ServiceFabric",
        type: `ServiceFabric${system}Node`,
        typeHandlerVersion: "1.1",
        settings: {
          nodeTypeRef: "nt0",
          durabilityLevel: health,
          clusterEndpoint: "https://westeurope.servicefabric.azure.com",
        },
      },
    });
  }
  return draft;
}
