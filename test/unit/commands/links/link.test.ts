import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { linkIn, linkTo } from "../../../../src/commands/links/link.ts";
import type { Address, Link } from "../../../../src/commands/links/link.ts";
import { isConfigurationId, isScaleSetId } from "../../../../src/core/resources/ids.ts";

const extensionId = "scale-set-maintenance.azure-scale-set-maintenance";
const set =
  "/subscriptions/aaaa/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/vmss-web";

/** An address as VS Code hands it over: each part is decoded once. */
function handedOver(link: string): Address {
  const { protocol, host, pathname, search, hash } = new URL(link);
  assert.deepEqual([protocol, host], ["vscode:", extensionId]);
  return {
    path: decodeURIComponent(pathname),
    query: decodeURIComponent(search.slice(1)),
    fragment: decodeURIComponent(hash.slice(1)),
  };
}

const name = fc.string({
  unit: fc.constantFrom(..."abcXYZ019-_", "é", "Ж", "日"),
  minLength: 1,
  maxLength: 64,
});
const kind = fc.constantFrom(
  "Microsoft.Compute/virtualMachineScaleSets",
  "microsoft.maintenance/MAINTENANCECONFIGURATIONS",
);
const link: fc.Arbitrary<Link> = fc.record({
  id: fc
    .tuple(fc.uuid(), name, kind, name)
    .map(
      ([subscription, group, type, resource]) =>
        `/subscriptions/${subscription}/resourceGroups/${group}(1).x/providers/${type}/${resource}`,
    ),
  cloud: fc.constantFrom("AzureCloud", "AzureUSGovernment", "AzureChinaCloud", "Sandbox"),
});

test("a link leads back to what it was made of", () => {
  fc.assert(
    fc.property(link, (one) => {
      const text = linkTo(one, "vscode", extensionId) ?? assert.fail("no link");
      assert.match(text, /^vscode:\/\/[\w.-]+\/reveal\?[\w%.()&=-]+$/);
      assert.deepEqual(linkIn(handedOver(text)), { ...one });
    }),
  );
});

test("whatever is opened, only the id of a set or configuration in plain letters comes out of it", () => {
  const odd = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(
      "%2F",
      "%00",
      "..",
      "/../",
      "\u0000",
      "\n",
      "\u202e",
      "\u200b",
      "&id=",
      "?",
      "#",
      "command:",
    ),
  );
  const address = fc.oneof(
    fc.record({ path: fc.string(), query: fc.string({ unit: "binary" }), fragment: fc.string() }),
    fc.tuple(link, odd, fc.nat(200)).map(([{ id, cloud }, what, at]) => {
      const query = `id=${id}&cloud=${cloud}`;
      return { path: "/reveal", query: query.slice(0, at) + what + query.slice(at), fragment: "" };
    }),
  );
  fc.assert(
    fc.property(address, (one) => {
      const found = linkIn(one);
      if (found === undefined) return;
      assert.ok(isScaleSetId(found.id) || isConfigurationId(found.id));
      assert.doesNotMatch(found.id, /[\p{C}\p{Z}%?#&=<>[\]"'`$]|\/\.{1,2}(\/|$)/u);
      assert.equal(one.query, `id=${found.id}&cloud=${found.cloud}`);
    }),
    { numRuns: 2000 },
  );
});

test("other paths, queries, kinds and lengths lead nowhere", () => {
  const good = { path: "/reveal", query: `id=${set}&cloud=AzureCloud`, fragment: "" };
  assert.deepEqual(linkIn(good), { id: set, cloud: "AzureCloud" });
  const bad: readonly Partial<Address>[] = [
    { path: "/" },
    { path: "/delete" },
    { path: "/reveal/" },
    { path: "/Reveal" },
    { path: "/reveal/../reveal" },
    { fragment: "x" },
    ...[
      "",
      `id=${set}`,
      `cloud=AzureCloud&id=${set}`,
      `id=${set}&cloud=`,
      `id=${set}&cloud=AzureCloud&cloud=Sandbox`,
      `id=${set}&cloud=AzureCloud&command=delete`,
      `id=${set}&cloud=Azure Cloud`,
      `id=${set}/&cloud=AzureCloud`,
      `id=${set}/virtualMachines/0&cloud=AzureCloud`,
      `id=${set.replace("virtualMachineScaleSets", "virtualMachines")}&cloud=AzureCloud`,
      `id=${set}/providers/Microsoft.Maintenance/configurationAssignments/x&cloud=AzureCloud`,
      `id=${set.replace("vmss-web", "..")}&cloud=AzureCloud`,
      `id=${set.replace("vmss-web", "%2e%2e")}&cloud=AzureCloud`,
      `id=${set}\u0000&cloud=AzureCloud`,
      `id=${set}${"x".repeat(100_000)}&cloud=AzureCloud`,
      encodeURIComponent(good.query),
    ].map((query) => ({ query })),
  ];
  for (const one of bad)
    assert.equal(linkIn({ ...good, ...one }), undefined, JSON.stringify(one).slice(0, 200));
  assert.equal(linkTo({ id: "/subscriptions/aaaa", cloud: "AzureCloud" }, "vscode", extensionId), undefined);
});
