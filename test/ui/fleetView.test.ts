import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { openSandboxWorkbench } from "../support/sandboxWorkbench.ts";

test("the Fleet view shows the subscriptions of the sandbox", async () => {
  await using opened = await openSandboxWorkbench();
  const { workbench, sandbox } = opened;
  await workbench.openContainer("Scale Set Maintenance");
  const tree = workbench.tree("Fleet");
  for (const { displayName } of sandbox.subscriptions) await tree.row(displayName);
  await eventually(async () => {
    const roots = (await tree.rows()).filter(({ level }) => level === 1);
    assert.equal(roots.length, sandbox.subscriptions.length);
  });
});
