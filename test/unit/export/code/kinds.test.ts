// Each kind in each script language, read by parsers that are not ours, and its commands by what Azure CLI knows.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { kinds } from "../../../../src/core/plans/kinds/kinds.ts";
import type { ChangeKind } from "../../../../src/core/plans/kinds/kinds.ts";
import type { Change, Plan } from "../../../../src/core/plans/plan.ts";
import { verbatim } from "../../../../src/core/text/message.ts";
import { preview } from "../../../../src/azure/changes/preview.ts";
import { requestOf } from "../../../../src/export/code/requests.ts";
import { scriptOf } from "../../../support/exported/compare.ts";
import { literalValue } from "../../../support/exported/powershellTree.ts";
import { samples } from "../../../support/exported/samples.ts";
import { nodesIn, nodesOfType, parserOf, treeOf } from "../../../support/treeSitter.ts";

const planWith = (...changes: readonly Change[]): Plan => ({
  title: verbatim("Plan"),
  changes,
  leftOut: [],
  warnings: [],
});

/** All samples of a kind in one plan, and for each another one that makes it good, so that both forms of a step are there. */
function planOfKind(kind: ChangeKind): Plan {
  const plan = samples[kind].flatMap((change, index) => {
    const id = `${kind} ${index}`;
    return [
      { ...change, id },
      { ...change, id: `${id} again`, onFailureOf: id },
    ];
  });
  return planWith(...plan);
}

for (const kind of Object.keys(kinds) as ChangeKind[]) {
  test(`${kind} is bash, for bash itself and for another parser`, async () => {
    const script = await scriptOf("azure-cli", planOfKind(kind));
    treeOf(await parserOf("bash"), script);
    execFileSync("bash", ["-n"], { input: script });
  });

  test(`${kind} is PowerShell`, async () => {
    treeOf(await parserOf("powershell"), await scriptOf("powershell", planOfKind(kind)));
  });
}

/** The requests that a sample is sent by. */
const wanted: Readonly<Record<ChangeKind, RegExp>> = {
  createResourceGroup: /"location":"West Europe"/,
  registerProvider: /Microsoft\.Maintenance/,
  createConfiguration: /"A":"1"/,
  updateConfiguration: /extensionProperties/,
  deleteConfiguration: /nightly/,
  associate: /nightly/,
  dissociate: /nightly/,
  setUpgradePolicy: /maxSurge/,
  setImageReference: /communityGalleryImageId/,
  setAutomaticUpdates: /nableAutomaticUpdate/,
  setPatchSettings: /ImageDefault/,
  addHealthExtension: /ApplicationHealthLinux\?api-version=2024-11-01/,
  updateInstances: /vmss-web_1a2b/,
  startUpgrade: /osRollingUpgrade\?api-version=2024-11-01/,
  cancelUpgrade: /ollingUpgrade/,
  approveUpgrade: /approveRollingUpgrade\?api-version=2024-11-01/,
};

test("each kind is the request that our client sends, but for the version of the contract", async () => {
  const changes = Object.values(samples)
    .flat()
    .map((change, index) => ({ ...change, id: String(index) }));
  const cloud = { name: "AzureCloud", endpoint: "https://management.azure.com", scopes: [] };
  const sent = await preview(cloud, planWith(...changes));
  const pathOf = (path: string) => decodeURIComponent(path.split("?")[0] ?? "").toLowerCase();
  for (const change of changes) {
    const { method, path, body } = requestOf(change);
    const ours = sent.get(change.id);
    assert.deepEqual(
      { method, path: pathOf(path), body },
      { method: ours?.method, path: pathOf(new URL(ours?.url ?? "").pathname), body: ours?.body },
    );
  }
});

test("what no cmdlet and no command can say is sent as the request that it is", async () => {
  for (const kind of Object.keys(kinds) as ChangeKind[]) {
    const plan = planWith(
      ...samples[kind].map((change, index) => ({ ...change, id: `${change.id} ${index}` })),
    );
    assert.match(await scriptOf("azure-cli", plan), wanted[kind]);
    assert.match(await scriptOf("powershell", plan), wanted[kind]);
  }
});

test("a script of Azure CLI calls no other commands than it says", async () => {
  const parser = await parserOf("bash");
  const all = Object.values(samples).flat();
  const plan = planWith(...all.map((change, index) => ({ ...change, id: `${change.id} ${index}` })));
  const tree = treeOf(parser, await scriptOf("azure-cli", plan));
  const called = nodesOfType(tree, "command").map(
    ({ text }) => /^az [a-z-]+(?: [a-z][a-z-]*)*/.exec(text)?.[0],
  );
  assert.deepEqual([...new Set(called.filter((name) => name !== undefined))].sort(), [
    "az account show",
    "az extension add",
    "az group create",
    "az maintenance assignment create",
    "az maintenance assignment delete",
    "az maintenance configuration delete",
    "az provider register",
    "az rest",
    "az vmss update-instances",
    "az vmss wait",
  ]);
});

test("scripts hold no text but in quotes that nothing is read in", async () => {
  const parser = await parserOf("powershell");
  const all = Object.values(samples).flat();
  const plan = planWith(...all.map((change, index) => ({ ...change, id: `${change.id} ${index}` })));
  const tree = treeOf(parser, await scriptOf("powershell", plan));
  const outside = nodesIn(tree).filter(
    ({ type, text }) => type === "generic_token" && !/^(GET|PUT|PATCH|POST|DELETE|Process)$/.test(text),
  );
  assert.deepEqual(
    outside.map(({ text }) => text),
    [],
  );
  for (const { text } of nodesOfType(tree, "verbatim_string_characters"))
    assert.doesNotThrow(() => literalValue(text));
});
