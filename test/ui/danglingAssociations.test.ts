import assert from "node:assert/strict";
import { test } from "node:test";
import { ask } from "../../scripts/lib/outside.ts";
import { differences } from "../../scripts/tour/holdings.ts";
import { eventually } from "../support/eventually.ts";
import { associationId, idIn } from "../support/ids.ts";
import { Keys } from "../support/keys.ts";
import { takePicture } from "../support/pictures.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const maintenance = "api-version=2023-04-01";
const orphans = "Associations without a scale set";
const orphaned = /^Association without a scale set: vmss-web-prod/;
const title = "Scale Set Maintenance: ";

const production = (group: string, name: string) => idIn(shared().sandbox, "Contoso Production", group, name);
const nightly = () => idIn(shared().sandbox, "Contoso Shared Services", "rg-maintenance", "mc-prod-nightly");

/** Deletes a scale set as someone else would. */
async function deleteSet(id: string): Promise<void> {
  const path = `${id}?api-version=2024-07-01`;
  assert.equal((await ask(shared().sandbox, "DELETE", path)).status, 202);
  await eventually(async () => assert.equal((await ask(shared().sandbox, "GET", path)).status, 404));
}

/** Whether Azure has the association. */
async function isThere(association: string): Promise<boolean> {
  return (await ask(shared().sandbox, "GET", `${association}?${maintenance}`)).status === 200;
}

test("associations whose scale set is gone have a node of their own, which says who told so", async () => {
  await shared().startOver();
  const { workbench, tree, refresh, picture } = shared();
  for (const name of ["vmss-web-prod", "vmss-gateway-prod"]) {
    await deleteSet(production("rg-web-prod-weu", name));
  }
  await refresh();
  await tree.row(/^Associations without a scale set, 3, 3 to clean up$/);
  await tree.expandPath("Contoso Production", orphans);
  for (const [set, configuration] of [
    ["vmss-gateway-prod", "mc-prod-nightly"],
    ["vmss-gateway-prod", "mc-shared-fourth-monday"],
    ["vmss-web-prod", "mc-prod-nightly"],
  ]) {
    const spoken = `${set}, scale set no longer exists, Maintenance configuration: ${configuration}$`;
    await tree.row(new RegExp(`^Association without a scale set: ${spoken}`));
  }
  await picture("orphans");
  await (await tree.row(orphaned)).hover();
  const hover = workbench.page.locator(".workbench-hover", { hasText: "Association of vmss-web-prod" });
  await hover.waitFor();
  assert.match(await hover.innerText(), /Azure says its scale set doesn.t exist/);
  await takePicture(workbench, "tooltip", [undefined]); // a change of the theme would take it away
  await workbench.page.mouse.move(1000, 700);
  await tree.contextMenu(orphaned, "Copy Resource ID");
  const id = associationId(production("rg-web-prod-weu", "vmss-web-prod"), "mc-prod-nightly");
  await eventually(async () => {
    const copied = await workbench.page.evaluate<string>("navigator.clipboard.readText()");
    assert.equal(copied.toLowerCase(), id);
  });
});

test("Delete cleans one of them up, Clean Up Associations the others, and the node goes with the last", async () => {
  const { workbench, tree, picture } = shared();
  const { quickInput } = workbench;
  const ofGateway = ["mc-prod-nightly", "mc-shared-fourth-monday"].map((name) =>
    associationId(production("rg-web-prod-weu", "vmss-gateway-prod"), name),
  );
  const ofWeb = associationId(production("rg-web-prod-weu", "vmss-web-prod"), "mc-prod-nightly");
  await tree.select(orphaned);
  await new Keys(workbench).press("Delete");
  await quickInput.step("Choose associations");
  assert.deepEqual(await quickInput.labels(), ["vmss-web-prod: mc-prod-nightly"]);
  await picture("by-key");
  await quickInput.accept();
  await quickInput.step("Review");
  await quickInput.shows(/Its configuration or scale set no longer exists, so it can't be created again/);
  await quickInput.apply(/\b1 change\b/, "Remove");
  await workbench.toast("1 change done");
  assert.deepEqual(await Promise.all([ofWeb, ...ofGateway].map(isThere)), [false, true, true]);
  await tree.row(/^Associations without a scale set, 2, 2 to clean up$/);
  await workbench.clearToasts();

  await tree.contextMenu(orphans, "Clean Up Associations");
  await quickInput.step("Choose associations");
  assert.deepEqual(await quickInput.ticked(), [
    "vmss-gateway-prod: mc-prod-nightly",
    "vmss-gateway-prod: mc-shared-fourth-monday",
  ]);
  await quickInput.accept();
  await quickInput.step("Review");
  await picture("review-of-orphans");
  await quickInput.apply(/\b2 changes\b/, "Remove");
  await workbench.toast("2 changes done");
  assert.deepEqual(await Promise.all(ofGateway.map(isThere)), [false, false]);
  await eventually(async () => {
    const names = (await tree.rows()).map(({ name }) => name);
    assert.ok(names.some((name) => name.startsWith("Scale sets, 13")));
    assert.ok(!names.some((name) => name.startsWith(orphans)), names.join(" | "));
  });
  await picture("cleaned-up");
  await workbench.clearToasts();
});

test("what leads to a configuration that is gone, or is there twice, is told apart and cleaned up", async () => {
  const { workbench, sandbox, tree, refresh, startOver, holdings, picture } = shared();
  const { quickInput } = workbench;
  const before = await startOver();
  const api = production("rg-web-prod-weu", "vmss-api-prod");
  const body = { location: "northeurope", properties: { maintenanceConfigurationId: nightly() } };
  const copy = associationId(api, "copy");
  assert.equal((await ask(sandbox, "PUT", `${copy}?${maintenance}`, body)).status, 200);
  await refresh();
  await tree.expandPath("Contoso Production", "Scale sets");
  await tree.row(/^Scale set vmss-api-prod, Scheduled, mc-prod-nightly/);
  await tree.expand("vmss-api-prod");
  await tree.row(
    /^Association with maintenance configuration mc-prod-nightly, association “copy”, Every day/,
  );
  await tree.row(/^Association with maintenance configuration mc-prod-nightly, Every day/);
  await picture("twice");
  await tree.expand("vmss-ledger-prod");
  await tree.row(/^Association with maintenance configuration mc-ledger-retired, no longer exists/);

  await workbench.run(`${title}Clean Up Associations`);
  await quickInput.step("Choose associations");
  await quickInput.shows(/vmss-ledger-prod: mc-ledger-retired/);
  await quickInput.shows(/, The configuration was deleted$/m);
  await quickInput.shows(/vmss-api-prod: mc-prod-nightly, .*Remove “copy”, keep “mc-prod-nightly”/s);
  await picture("gone-and-twice");
  await quickInput.tick("vmss-gateway-prod: mc-shared-fourth-monday", false); // another matter
  await quickInput.accept();
  await quickInput.step("Review");
  await quickInput.shows(/Remove the association “copy” of scale set vmss-api-prod/);
  await quickInput.shows(/Automatic OS upgrades of .* stay on/);
  await quickInput.shows(/vmss-archive-prod: mc-web-until-migration.*has no valid window/s);
  await picture("review-of-gone-and-twice");

  // The sets that end without a window move on, by keyboard and within the same plan.
  const keys = new Keys(workbench);
  await keys.goDownTo("Move to a working configuration…");
  await quickInput.step("Choose a configuration");
  await picture("move-to");
  await keys.choose("mc-prod-nightly");
  await quickInput.step("Review");
  await picture("review-of-move");
  await quickInput.apply(/\b5 changes\b/, "Apply");
  await workbench.toast("5 changes done");
  const expected = new Map(before);
  for (const [group, name, configuration] of [
    ["rg-data-prod-weu", "vmss-ledger-prod", "mc-ledger-retired"],
    ["rg-media-prod-neu", "vmss-archive-prod", "mc-web-until-migration"],
  ] as const) {
    expected.delete(associationId(production(group, name), configuration));
    expected.set(associationId(production(group, name), "mc-prod-nightly"), nightly());
  }
  assert.deepEqual(differences(expected, await holdings()), []);
  await tree.row(/^Scale set vmss-ledger-prod, Scheduled/);
});
