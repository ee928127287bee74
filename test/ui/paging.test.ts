import assert from "node:assert/strict";
import { test } from "node:test";
import { putConfiguration } from "../support/configurations.ts";
import { eventually } from "../support/eventually.ts";
import { idIn } from "../support/ids.ts";
import { Keys } from "../support/keys.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();

/** Beside those that the sandbox has; below the number of which the rules warn. */
const made = 230;

test("a list of more than 200 shows a page, and Enter on its last row the next, from where the keyboard goes on", async () => {
  await shared().begin();
  const { workbench, sandbox, tree, refresh, picture } = shared();
  const keys = new Keys(workbench);
  for (let index = 0; index < made; index += 1) {
    const name = `mc-many-${index}`;
    await putConfiguration(sandbox, idIn(sandbox, "Contoso Shared Services", "rg-maintenance", name));
  }
  await refresh();
  await groupByRegion();
  await tree.expand("Maintenance configurations");
  await tree.row("mc-many-0");
  await keys.run("Scale Set Maintenance: Focus on Fleet View");
  await tree.takesFocus();
  await keys.press("End");
  await focusOn(/^Not loaded/);
  await keys.press("ArrowUp");
  await focusOn(/^Show 35 more, 200 of 235 shown/);
  await picture("page");
  await keys.press("Enter");
  await focusOn(/^Maintenance configuration mc-many-199/);
  await keys.press("ArrowDown");
  await focusOn(/^Maintenance configuration mc-many-200/);
  await picture("next-page");
});

test("a click opens the next page too", async () => {
  const { workbench, tree } = shared();
  const keys = new Keys(workbench);
  await groupByRegion();
  await keys.press("End");
  await focusOn(/^Not loaded/);
  await (await tree.row(/^Show 35 more/)).click();
  await focusOn(/^Maintenance configuration mc-many-199/);
});

test("what an association leads to is shown, also beyond the page", async () => {
  const { tree } = shared();
  await groupByRegion();
  await tree.expand("North Europe");
  await tree.expand("vmss-api-prod");
  await tree.select(/^Association with maintenance configuration mc-prod-nightly/);
  await focusOn(/^Maintenance configuration mc-prod-nightly/);
});

/** Anew, with a page of each list. */
async function groupByRegion(): Promise<void> {
  const { workbench, tree } = shared();
  const keys = new Keys(workbench);
  for (const [label, group] of [
    ["Coverage state", /^State: /],
    ["Region", /^Region: /],
  ] as const) {
    await workbench.run("Scale Set Maintenance: Group Scale Sets By…");
    await workbench.quickInput.pick(label);
    await workbench.quickInput.closed();
    await keys.run("Scale Set Maintenance: Focus on Fleet View");
    await tree.takesFocus();
    // The focus goes with the groups that there were.
    await eventually(async () => {
      await keys.press("Home");
      assert.match(await tree.focused(), group);
    });
  }
}

async function focusOn(name: RegExp): Promise<void> {
  await eventually(async () => assert.match(await shared().tree.focused(), name));
}
