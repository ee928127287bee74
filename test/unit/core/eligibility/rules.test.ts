import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { eligibility } from "../../../../src/core/eligibility/eligibility.ts";
import { verdictOf } from "../../../../src/core/eligibility/rule.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { healthExtension, scaleSet, serviceFabric, ubuntu } from "../scaleSets.ts";
import type { Wish } from "../scaleSets.ts";
import { checkFinding, findingOf } from "./findings.ts";
import type { Expected } from "./findings.ts";

const compute = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute";
const definition = `${compute}/galleries/corp/images/base`;
const probe =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/loadBalancers/lb-web/probes/http";
const fabric = (durability?: string, version?: string | number) =>
  scaleSet({ extensions: [healthExtension("Linux"), serviceFabric(durability, version)] });
const policy = (rollingPolicy: Wish["rollingPolicy"] & {}) => scaleSet({ rollingPolicy });
const several: Wish = { properties: { singlePlacementGroup: false }, extensions: [], probe };
const withSettings = (settings: Record<string, string>, more: Record<string, object> = {}) =>
  scaleSet({
    extensions: [
      healthExtension("Linux"),
      {
        name: "bootstrap",
        properties: {
          publisher: "Microsoft.Azure.Extensions",
          type: "CustomScript",
          typeHandlerVersion: "2.1",
          settings,
          ...more,
        },
      },
    ],
  });
const vault = { id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-web" };

const expectations: readonly Expected[] = [
  // The image
  {
    rule: "image-version-latest",
    of: "a gallery image of version latest",
    set: scaleSet({ image: { id: `${definition}/versions/latest` } }),
    is: "pass",
  },
  {
    rule: "image-version-latest",
    of: "a shared gallery image",
    set: scaleSet({ image: { sharedGalleryImageId: "/SharedGalleries/g/Images/base" } }),
    is: "pass",
  },
  {
    rule: "image-version-latest",
    of: "a pinned community image",
    set: scaleSet({ image: { communityGalleryImageId: "/CommunityGalleries/g/Images/base/Versions/1.2.3" } }),
    is: "fail",
    says: /pinned to 1\.2\.3/,
    repair: "imageLatest",
  },
  {
    rule: "image-version-latest",
    of: "latest with its exact version beside it",
    set: scaleSet({ image: { ...ubuntu, exactVersion: "24.04.202601010" } }),
    is: "pass",
  },
  {
    rule: "image-version-latest",
    of: "a Flexible set without a profile",
    set: scaleSet({ mode: "Flexible", properties: { virtualMachineProfile: null } }),
    is: "fail",
    says: /no image/,
  },
  {
    rule: "image-version-latest",
    of: "a Uniform set whose profile the document does not hold",
    set: { id: "/x", properties: { orchestrationMode: "Uniform" } },
    is: "unknown",
    lacks: "model",
  },
  {
    rule: "image-version-latest",
    of: "a document without properties",
    set: { id: "/x", properties: null },
    is: "unknown",
    lacks: "model",
  },
  {
    rule: "image-supported",
    of: "an image that Microsoft lists, in another casing",
    set: scaleSet({
      image: {
        publisher: "canonical",
        offer: "0001-COM-ubuntu-server-jammy",
        sku: "22_04-LTS-GEN2",
        version: "latest",
      },
    }),
    is: "pass",
    says: /lists/,
  },
  {
    rule: "image-supported",
    of: "one that it does not list",
    set: scaleSet(),
    is: "unknown",
    says: /doesn't list/,
    lacks: "facts",
  },
  {
    rule: "image-supported",
    of: "an unknown publisher",
    set: scaleSet({ image: { publisher: "contoso", offer: "router", sku: "9", version: "latest" } }),
    is: "unknown",
    lacks: "facts",
  },
  {
    rule: "image-supported",
    of: "a gallery image",
    set: scaleSet({ image: { id: definition } }),
    is: "pass",
  },
  {
    rule: "image-supported",
    of: "a community image",
    set: scaleSet({ image: { communityGalleryImageId: "/CommunityGalleries/g/Images/base" } }),
    is: "pass",
  },
  {
    rule: "image-supported",
    of: "a managed image",
    set: scaleSet({ image: { id: `${compute}/images/golden` } }),
    is: "fail",
    severity: "block",
  },
  { rule: "image-supported", of: "no image", set: scaleSet({ image: null }), is: "fail" },

  // Health
  {
    rule: "health-source",
    of: "an extension of another publisher",
    set: scaleSet({
      extensions: [{ name: "h", properties: { publisher: "Contoso", type: "ApplicationHealthLinux" } }],
    }),
    is: "fail",
    repair: "healthExtension",
  },
  {
    rule: "health-source",
    of: "extensions that are not nested in properties",
    set: scaleSet({
      extensions: [{ name: "h", publisher: "Microsoft.ManagedServices", type: "ApplicationHealthLinux" }],
    }),
    is: "pass",
  },
  {
    rule: "health-source",
    of: "the health extension with its port as text",
    set: scaleSet({ extensions: [healthExtension("Linux")] }),
    is: "pass",
  },
  {
    rule: "health-source",
    of: "a probe without an id",
    set: scaleSet({ extensions: [], profile: { networkProfile: { healthProbe: {} } } }),
    is: "fail",
  },
  {
    rule: "health-source",
    of: "no network and no extension profile",
    set: scaleSet({ profile: { networkProfile: null, extensionProfile: null } }),
    is: "fail",
  },
  {
    rule: "health-source",
    of: "a probe and an extension, on a Flexible set",
    set: scaleSet({ mode: "Flexible", probe }),
    is: "fail",
  },

  // Service Fabric
  {
    rule: "service-fabric-durability",
    of: "a set that is none",
    set: scaleSet(),
    is: "pass",
    says: /^Not a Service Fabric node type$/,
  },
  { rule: "service-fabric-durability", of: "Silver", set: fabric("Silver"), is: "pass" },
  {
    rule: "service-fabric-durability",
    of: "gold in lower case, version 1.1.0.0",
    set: fabric("gold", "1.1.0.0"),
    is: "pass",
  },
  { rule: "service-fabric-durability", of: "version 2.0", set: fabric("Gold", "2.0"), is: "pass" },
  { rule: "service-fabric-durability", of: "version 1.1 as a number", set: fabric("Gold", 1.1), is: "pass" },
  { rule: "service-fabric-durability", of: "version 1.10", set: fabric("Gold", "1.10"), is: "pass" },
  {
    rule: "service-fabric-durability",
    of: "version 1.0",
    set: fabric("Gold", "1.0"),
    is: "fail",
    says: /1\.1 or later/,
  },
  {
    rule: "service-fabric-durability",
    of: "Bronze",
    set: fabric("Bronze"),
    is: "fail",
    says: /Azure refuses: “Automatic OS Upgrade is not allowed on Virtual Machine Scale Sets having Service Fabric extension with durabilityLevel as 'Bronze'\.” .*stateless-only/,
    severity: "block",
  },
  { rule: "service-fabric-durability", of: "no durability", set: fabric(), is: "fail", says: /Bronze/ },
  {
    rule: "service-fabric-durability",
    of: "no version",
    set: fabric("Gold", ""),
    is: "unknown",
    lacks: "model",
  },

  // The load balancer
  {
    rule: "load-balancer-sku",
    of: "the extension",
    set: scaleSet({ properties: { singlePlacementGroup: false } }),
    is: "pass",
  },
  {
    rule: "load-balancer-sku",
    of: "a probe and one placement group",
    set: scaleSet({ extensions: [], probe }),
    is: "pass",
  },
  {
    rule: "load-balancer-sku",
    of: "a probe and nothing said of placement groups",
    set: scaleSet({ extensions: [], probe, properties: { singlePlacementGroup: null } }),
    is: "pass",
  },
  {
    rule: "load-balancer-sku",
    of: "several placement groups and a balancer not read",
    set: scaleSet(several),
    is: "unknown",
    says: /lb-web/,
    lacks: "facts",
  },
  {
    rule: "load-balancer-sku",
    of: "a Standard one",
    set: scaleSet(several),
    facts: { loadBalancer: { sku: { name: "standard" } } },
    is: "pass",
  },
  {
    rule: "load-balancer-sku",
    of: "a Basic one",
    set: scaleSet(several),
    facts: { loadBalancer: { sku: { name: "Basic" } } },
    is: "fail",
    says: /lb-web is Basic/,
    severity: "block",
  },
  {
    rule: "load-balancer-sku",
    of: "one without a SKU, which is Basic",
    set: scaleSet(several),
    facts: { loadBalancer: {} },
    is: "fail",
  },
  {
    rule: "load-balancer-sku",
    of: "several placement groups as text",
    set: scaleSet({ ...several, properties: { singlePlacementGroup: "False" } }),
    is: "unknown",
  },

  // The rolling policy
  {
    rule: "rolling-policy",
    of: "no upgrade policy",
    set: scaleSet({ upgrades: null }),
    is: "pass",
    says: /default/,
  },
  {
    rule: "rolling-policy",
    of: "an upgrade policy that is null",
    set: scaleSet({ properties: { upgradePolicy: null } }),
    is: "pass",
  },
  {
    rule: "rolling-policy",
    of: "values on the ends of their ranges",
    set: policy({
      maxBatchInstancePercent: 5,
      maxUnhealthyInstancePercent: 100,
      maxUnhealthyUpgradedInstancePercent: 0,
      pauseTimeBetweenBatches: "P1DT2H3M4.5S",
    }),
    is: "pass",
  },
  {
    rule: "rolling-policy",
    of: "numbers as text",
    set: policy({ maxBatchInstancePercent: "20" }),
    is: "pass",
  },
  {
    rule: "rolling-policy",
    of: "values that are null",
    set: policy({ maxBatchInstancePercent: null, pauseTimeBetweenBatches: null }),
    is: "pass",
  },
  {
    rule: "rolling-policy",
    of: "a batch of 4 %",
    set: policy({ maxBatchInstancePercent: 4 }),
    is: "fail",
    says: /maxBatchInstancePercent is 4.*from 5 to 100/,
    severity: "block",
    repair: "rollingPolicy",
  },
  {
    rule: "rolling-policy",
    of: "a batch of 101 %",
    set: policy({ maxBatchInstancePercent: 101 }),
    is: "fail",
  },
  {
    rule: "rolling-policy",
    of: "0 % unhealthy",
    set: policy({ maxUnhealthyInstancePercent: 0 }),
    is: "fail",
  },
  {
    rule: "rolling-policy",
    of: "less than nothing unhealthy of those upgraded",
    set: policy({ maxUnhealthyUpgradedInstancePercent: -1 }),
    is: "fail",
    says: /from 0 to 100/,
  },
  {
    rule: "rolling-policy",
    of: "a broken number",
    set: policy({ maxBatchInstancePercent: 12.5 }),
    is: "fail",
    says: /whole numbers/,
  },
  {
    rule: "rolling-policy",
    of: "several values, each of which is told",
    set: policy({ maxBatchInstancePercent: 4, pauseTimeBetweenBatches: "5 minutes" }),
    is: "fail",
    says: /maxBatchInstancePercent is 4.*pauseTimeBetweenBatches is “5 minutes”/,
  },
  {
    rule: "rolling-policy",
    of: "a word for a number",
    set: policy({ maxBatchInstancePercent: "half" }),
    is: "fail",
  },
  {
    rule: "rolling-policy",
    of: "a pause in another form",
    set: policy({ pauseTimeBetweenBatches: "00:00:30" }),
    is: "fail",
    says: /ISO 8601/,
  },
  {
    rule: "rolling-policy",
    of: "a pause that is a number",
    set: policy({ pauseTimeBetweenBatches: 30 }),
    is: "fail",
  },
  {
    rule: "rolling-policy",
    of: "an empty duration",
    set: policy({ pauseTimeBetweenBatches: "PT" }),
    is: "fail",
  },

  // The state of the set
  {
    rule: "provisioning-state",
    of: "Succeeded in lower case",
    set: scaleSet({ properties: { provisioningState: "succeeded" } }),
    is: "pass",
  },
  {
    rule: "provisioning-state",
    of: "Updating",
    set: scaleSet({ properties: { provisioningState: "Updating" } }),
    is: "fail",
    says: /still changing/,
    severity: "warn",
  },
  {
    rule: "provisioning-state",
    of: "Failed",
    set: scaleSet({ properties: { provisioningState: "Failed" } }),
    is: "fail",
    says: /didn't succeed/,
  },
  {
    rule: "provisioning-state",
    of: "no state",
    set: scaleSet({ properties: { provisioningState: null } }),
    is: "unknown",
    lacks: "model",
  },
  {
    rule: "orchestration-mode",
    of: "no mode",
    set: scaleSet({ properties: { orchestrationMode: null } }),
    is: "pass",
  },
  {
    rule: "orchestration-mode",
    of: "a document without properties",
    set: { id: "/x", properties: null },
    is: "unknown",
    lacks: "model",
  },
  {
    rule: "managed-by-other",
    of: "a cluster of Databricks",
    set: scaleSet({ tags: { Vendor: "Databricks", ClusterId: "1" } }),
    is: "fail",
    says: /Azure Databricks/,
    severity: "warn",
  },
  {
    rule: "managed-by-other",
    of: "a vendor's own tag",
    set: scaleSet({ tags: { Vendor: "Contoso" } }),
    is: "pass",
  },

  // What the model refers to
  { rule: "external-references", of: "none", set: scaleSet(), is: "pass" },
  {
    rule: "external-references",
    of: "a public payload",
    set: withSettings({ fileUris: "https://raw.githubusercontent.com/contoso/scripts/main/a.sh?x=1" }),
    is: "pass",
  },
  {
    rule: "external-references",
    of: "a signed URL",
    set: withSettings({
      script: "https://st.blob.core.windows.net/c/a.sh?sv=2024-11-04&se=2027-01-01T00%3A00%3A00Z&sig=abc%3D",
    }),
    is: "fail",
    says: /bootstrap → st\.blob\.core\.windows\.net \(2027-01-01T00:00:00Z\)/,
    severity: "warn",
  },
  {
    rule: "external-references",
    of: "protected settings from a key vault",
    set: withSettings(
      {},
      {
        protectedSettingsFromKeyVault: {
          sourceVault: vault,
          secretUrl: "https://kv-web.vault.azure.net/secrets/a",
        },
      },
    ),
    is: "pass",
    says: /bootstrap → kv-web/,
  },
  {
    rule: "external-references",
    of: "a secret URL in the settings",
    set: withSettings({ url: "https://kv-web.vault.azure.net/secrets/tls" }),
    is: "pass",
    says: /kv-web\.vault\.azure\.net/,
  },
  {
    rule: "external-references",
    of: "certificates from a key vault",
    set: scaleSet({ osProfile: { linuxConfiguration: {}, secrets: [{ sourceVault: vault }] } }),
    is: "pass",
    says: /osProfile\.secrets → kv-web/,
  },
  {
    rule: "external-references",
    of: "a command with a signed URL beside a key vault",
    set: withSettings({
      commandToExecute: "get https://kv-web.vault.azure.net/secrets/a https://st.invalid/c/a.sh?sig=x",
    }),
    is: "fail",
    says: /bootstrap → kv-web\.vault\.azure\.net, bootstrap → st\.invalid/,
    severity: "warn",
  },
  {
    rule: "external-references",
    of: "a signed URL after others, whose signature follows its host at once",
    set: withSettings({ commandToExecute: "get https:///x http://a.invalid/b https://st.invalid&sig=x" }),
    is: "fail",
    says: /bootstrap → st\.invalid\b(?!&)/,
  },
  {
    rule: "external-references",
    of: "a signed URL within a command",
    set: withSettings({
      commandToExecute: 'sh -c "curl https://st.blob.core.windows.net/c/a?sig=x&se=2027-01-01 | sh"',
    }),
    is: "fail",
    says: /st\.blob\.core\.windows\.net \(2027-01-01\)/,
  },
  {
    rule: "external-references",
    of: "a certificate of WinRM",
    set: scaleSet({
      os: "Windows",
      osProfile: {
        windowsConfiguration: {
          enableAutomaticUpdates: false,
          winRM: {
            listeners: [{ protocol: "Https", certificateUrl: "https://kv-web.vault.azure.net/secrets/w" }],
          },
        },
      },
    }),
    is: "pass",
    says: /winRM → kv-web/,
  },
  {
    rule: "external-references",
    of: "a signed URL beside a key vault",
    set: withSettings({
      tls: "https://kv-web.vault.azure.net/secrets/tls",
      script: "https://st.invalid/a?sig=x",
    }),
    is: "fail",
    says: /kv-web.*st\.invalid/,
    severity: "warn",
  },
  {
    rule: "external-references",
    of: "secrets that are null",
    set: scaleSet({ osProfile: { linuxConfiguration: {}, secrets: null } }),
    is: "pass",
  },
];

/** What a list with few columns holds. */
const outline: JsonObject = {
  type: "Microsoft.Compute/virtualMachineScaleSets",
  properties: { uniqueId: "0b6f1a8e-5a51-4d2b-9f6e-2d8c7a4e1f30" },
};
const withoutModel = [
  "image-version-latest",
  "image-supported",
  "health-source",
  "windows-automatic-updates",
  "patch-mode",
  "service-fabric-durability",
  "load-balancer-sku",
  "rolling-policy",
  "orchestration-mode",
  "managed-by-other",
  "provisioning-state",
  "external-references",
].map((rule): Expected => ({ rule, of: "an outline", set: outline, is: "unknown", lacks: "model" }));

describe("the rules, from the model", () => {
  for (const expected of [...expectations, ...withoutModel]) {
    it(`${expected.rule}: ${expected.is} for ${expected.of}`, () => checkFinding(expected));
  }

  it("quotes the refusal of Bronze only where the extension says Bronze", () => {
    for (const durability of [undefined, "Platinum"]) {
      const { message } = findingOf("service-fabric-durability", fabric(durability));
      assert.doesNotMatch(inEnglish(message), /Azure refuses/);
    }
  });

  it("mends the health of a Bronze node type by its durability, not by an extension", () => {
    for (const durability of ["Bronze", undefined]) {
      const node = scaleSet({ extensions: [serviceFabric(durability)] });
      const { status, message, fix, repair } = findingOf("health-source", node);
      assert.deepEqual([status, repair], ["fail", undefined]);
      assert.doesNotMatch(inEnglish(message), /Azure refuses/);
      assert.match(fix ? inEnglish(fix) : "", /^Raise the Service Fabric durability to Silver or Gold/);
      const raised = scaleSet({ extensions: [serviceFabric("Silver")] });
      for (const rule of ["health-source", "service-fabric-durability"]) {
        assert.equal(findingOf(rule, raised).status, "pass");
      }
    }
  });

  it("leaves a set eligible whose certificates come from a key vault", () => {
    const certificates = scaleSet({
      osProfile: { linuxConfiguration: {}, secrets: [{ sourceVault: vault }] },
    });
    assert.equal(verdictOf(eligibility(certificates)), "eligible");
  });

  it("never repeats a signature", () => {
    const set = withSettings({ script: "https://st.blob.core.windows.net/c/a.sh?sig=s3cr3t&se=2027-01-01" });
    assert.doesNotMatch(JSON.stringify(findingOf("external-references", set)), /s3cr3t/);
  });
});
