import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import {
  automaticUpgradesOf,
  healthSourcesOf,
  imageInWords,
  imageOf,
  orchestrationModeOf,
  osTypeOf,
  serviceFabricClusterOf,
  serviceFabricDurabilityOf,
  serviceFabricReportsHealth,
  upgradeModeOf,
} from "../../../../src/core/resources/scaleSet.ts";
import { managedByOf } from "../../../../src/core/resources/managedBy.ts";
import { provisioningStateOf } from "../../../../src/core/resources/provisioning.ts";
import { healthExtension, scaleSet, serviceFabric, ubuntu } from "../scaleSets.ts";

const gallery = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/corp/images/base";

describe("imageOf", () => {
  const cases: readonly (readonly [
    what: string,
    reference: JsonObject | null,
    words: string,
    version?: string,
  ])[] = [
    ["a platform image", ubuntu, "Canonical ubuntu-24_04-lts server latest", "latest"],
    ["a gallery image", { id: gallery }, "gallery image base latest"],
    ["a pinned gallery image", { id: `${gallery}/versions/1.2.3` }, "gallery image base 1.2.3", "1.2.3"],
    [
      "a shared gallery image",
      { sharedGalleryImageId: "/SharedGalleries/x/Images/base/Versions/latest" },
      "gallery image base latest",
      "latest",
    ],
    [
      "a community image",
      { communityGalleryImageId: "/CommunityGalleries/x/Images/base/Versions/1.0.0" },
      "gallery image base 1.0.0",
      "1.0.0",
    ],
    [
      "a managed image",
      { id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/images/golden" },
      "managed image golden",
    ],
    ["none", null, "no image"],
    ["an empty reference", {}, "no image"],
  ];
  for (const [what, image, words, version] of cases) {
    it(`reads ${what}`, () => {
      const set = scaleSet({ image });
      assert.equal(inEnglish(imageInWords(set)), words);
      const read = imageOf(set);
      assert.equal(read !== undefined && "version" in read ? read.version : undefined, version);
    });
  }
});

describe("the readers of a scale set", () => {
  it("take what is absent or null for none", () => {
    for (const set of [
      {},
      { properties: null },
      { properties: { virtualMachineProfile: null, upgradePolicy: null } },
      { properties: [] },
    ]) {
      assert.equal(imageOf(set), undefined);
      assert.equal(osTypeOf(set), undefined);
      assert.deepEqual(healthSourcesOf(set), []);
      assert.equal(automaticUpgradesOf(set), false);
      assert.equal(upgradeModeOf(set), undefined);
      assert.equal(provisioningStateOf(set), undefined);
      assert.equal(serviceFabricDurabilityOf(set), undefined);
      assert.equal(managedByOf(set), undefined);
      assert.equal(orchestrationModeOf(set), "Uniform");
    }
  });

  it("read the state of upgrades", () => {
    assert.equal(automaticUpgradesOf(scaleSet({ upgrades: true })), true);
    assert.equal(automaticUpgradesOf(scaleSet({ upgrades: false })), false);
    assert.equal(automaticUpgradesOf(scaleSet({ upgrades: null })), false);
    assert.equal(upgradeModeOf(scaleSet()), "Manual");
    assert.equal(provisioningStateOf(scaleSet()), "Succeeded");
  });

  it("read the operating system from the disk, else from the profile", () => {
    assert.equal(osTypeOf(scaleSet({ os: "Windows" })), "Windows");
    assert.equal(osTypeOf(scaleSet({ os: undefined, osProfile: { linuxConfiguration: {} } })), "Linux");
    assert.equal(osTypeOf(scaleSet({ os: undefined, osProfile: { windowsConfiguration: {} } })), "Windows");
  });

  it("tell a Service Fabric node type's cluster, and health from durability Silver on", () => {
    const node = (settings: JsonObject) => {
      const properties = { publisher: "Microsoft.Azure.ServiceFabric", type: "ServiceFabricNode", settings };
      return scaleSet({ extensions: [{ name: "fabric", properties }] });
    };
    const clusterEndpoint = "https://SF.invalid/runtime/clusters/c1/ ";
    assert.equal(serviceFabricClusterOf(node({ clusterEndpoint })), "https://sf.invalid/runtime/clusters/c1");
    for (const set of [node({}), node({ clusterEndpoint: "" }), node({ clusterEndpoint: 1 }), scaleSet()]) {
      assert.equal(serviceFabricClusterOf(set), undefined);
    }
    const reporting = ["Bronze", "Silver", "gold", ""].filter((durabilityLevel) =>
      serviceFabricReportsHealth(node({ durabilityLevel })),
    );
    assert.deepEqual(reporting, ["Silver", "gold"]);
  });

  it("find every health source, in any casing, and nothing else", () => {
    const odd = {
      name: "h",
      properties: { publisher: "microsoft.managedservices", type: "applicationhealthLINUX" },
    };
    const other = {
      name: "m",
      properties: { publisher: "Microsoft.Azure.Monitor", type: "AzureMonitorLinuxAgent" },
    };
    const stranger = { name: "s", properties: { publisher: "Contoso", type: "ApplicationHealthLinux" } };
    const set = scaleSet({
      probe: "/probe",
      extensions: [odd, other, stranger, healthExtension("Windows", "w"), { name: "bare" }],
    });
    assert.deepEqual(healthSourcesOf(set), [
      { kind: "probe", id: "/probe" },
      { kind: "extension", name: "h", os: "Linux" },
      { kind: "extension", name: "w", os: "Windows" },
    ]);
  });

  it("read the durability of Service Fabric", () => {
    assert.equal(serviceFabricDurabilityOf(scaleSet({ extensions: [serviceFabric("Gold")] })), "Gold");
  });
});

describe("managedByOf", () => {
  const inGroup = (group: string) =>
    scaleSet({
      id: `/subscriptions/s/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets/x`,
    });
  const owner = (provider: string) =>
    scaleSet({ managedBy: `/subscriptions/s/resourceGroups/rg/providers/${provider}/x/y` });
  const cases: readonly (readonly [what: string, set: JsonObject, manager: string | undefined])[] = [
    ["a user's own set", scaleSet({ tags: { team: "web" } }), undefined],
    ["a node group of AKS", inGroup("MC_rg_cluster_westeurope"), "Azure Kubernetes Service"],
    ["its name in lower case", inGroup("mc_rg_cluster_westeurope"), "Azure Kubernetes Service"],
    ["a group that only resembles it", inGroup("rg-MC_x"), undefined],
    ["the tags of AKS", scaleSet({ tags: { "aks-managed-poolName": "np1" } }), "Azure Kubernetes Service"],
    ["an owner in AKS", owner("Microsoft.ContainerService"), "Azure Kubernetes Service"],
    ["a Service Fabric managed cluster", inGroup("SFC_0d6b3a"), "Service Fabric managed clusters"],
    [
      "a classic Service Fabric node type, which is the user's own",
      scaleSet({ extensions: [serviceFabric("Silver")] }),
      undefined,
    ],
    ["Databricks", owner("Microsoft.Databricks"), "Azure Databricks"],
    ["Batch", owner("Microsoft.Batch"), "Azure Batch"],
    ["Managed DevOps Pools", owner("Microsoft.DevOpsInfrastructure"), "Managed DevOps Pools"],
    [
      "an Azure DevOps agent pool",
      scaleSet({ tags: { __AzureDevOpsElasticPool: "pool" } }),
      "Azure DevOps agent pools",
    ],
    [
      "an owner that we do not know",
      owner("Contoso.Things"),
      "/subscriptions/s/resourceGroups/rg/providers/Contoso.Things/x/y",
    ],
  ];
  for (const [what, set, manager] of cases)
    it(`tells ${what}`, () => assert.equal(managedByOf(set), manager));
});
