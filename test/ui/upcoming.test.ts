import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ICAL from "ical.js";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import { putConfiguration } from "../support/configurations.ts";
import { eventually } from "../support/eventually.ts";
import { idIn } from "../support/ids.ts";
import { takePicture } from "../support/pictures.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const view = "Upcoming Windows";
const agendaTree = () => shared().workbench.tree(view);

test("the windows of the fleet stand under their days, with when they open and what they leave out", async () => {
  await shared().begin();
  const { workbench, picture } = shared();
  const agenda = agendaTree();
  await workbench.setOpen(view, true);
  await workbench.setOpen("Fleet", false);
  await agenda.row(/^(Today|Open now), /);
  await agenda.row(/^Tomorrow, /);
  await agenda.row(
    /^Window of mc-prod-nightly, .* (opens in|open now, closes in) .*1 conflict, 9 scale sets, 6 won't upgrade/,
  );
  await workbench.viewHeader(view).getByText("Sandbox").waitFor();
  await picture("agenda");
});

test("a window that is open now has a place of its own at the top", async () => {
  const { workbench, sandbox, picture } = shared();
  const id = idIn(sandbox, "Contoso Shared Services", "rg-maintenance", "mc-always-open");
  // One window begins as the other ends.
  const startDateTime = `${new Date().toISOString().slice(0, 10)} 00:00`;
  await putConfiguration(sandbox, id, { startDateTime, duration: "24:00" });
  await workbench.viewAction("Refresh", view);
  const agenda = agendaTree();
  await agenda.row(/^Open now, /);
  await agenda.row(/^Window of mc-always-open, .*open now, closes in .*, 0 scale sets/);
  await picture("open-now");
});

test("a window explains its conflicts, then the sets that will not upgrade, then those that will", async () => {
  const agenda = agendaTree();
  await agenda.expand(/^Window of mc-prod-nightly/);
  await agenda.row(/^Conflict: vmss-gateway-prod has another configuration, Also mc-shared-fourth-monday/);
  await agenda.row(/^Scale set vmss-search-prod, won't upgrade, .*automatic OS upgrades are off/);
  await agenda.row(/^Scale set vmss-gateway-prod, unknown, /);
  await agenda.row(/^Scale set vmss-web-prod, will upgrade$/);
  await shared().picture("conflicts");
});

test("paired regions are noted as soon as a setting asks for it, and are no conflict", async () => {
  const { workbench, picture } = shared();
  const agenda = agendaTree();
  const note = /^Note: (West|North) Europe and (North|West) Europe upgrade at the same time, /;
  const setting = "scaleSetMaintenance.upcoming.pairedRegions";
  await agenda.expand(/^Window of mc-prod-nightly/);
  await workbench.changeSettings({ [setting]: true });
  await agenda.row(note);
  await agenda.row(/^Window of mc-prod-nightly, .*1 conflict, 9 scale sets/);
  await picture("paired-regions");
  await workbench.changeSettings({ [setting]: false });
  await eventually(async () => {
    const names = (await agenda.rows()).map(({ name }) => name);
    assert.ok(names.some((name) => name.startsWith("Scale set vmss-search-prod")));
    assert.ok(!names.some((name) => note.test(name)));
  });
});

test("a tooltip shows the next windows on the configuration's clock, the user's and UTC's", async () => {
  const { workbench } = shared();
  await (await agendaTree().row(/^Window of mc-prod-nightly/)).hover();
  const hover = workbench.page.locator(".workbench-hover", { hasText: "Central European Time" });
  await hover.waitFor();
  assert.equal(await hover.locator("tbody tr").count(), 5);
  await takePicture(workbench, "tooltip", [undefined]); // a change of the theme would take it away
  await workbench.page.mouse.move(900, 400);
});

test("a click on a window shows its configuration in the Fleet view", async () => {
  const { workbench, tree, picture } = shared();
  await (await agendaTree().row(/^Window of mc-staging-daily/)).locator(".label-name").click();
  await eventually(async () =>
    assert.match(
      (await tree.rows()).map(({ name }) => name).join("\n"),
      /^Maintenance configuration mc-staging-daily/m,
    ),
  );
  await picture("revealed");
  assert.equal(await workbench.viewHeader("Fleet").getAttribute("aria-expanded"), "true");
});

test("the commands of a configuration work on its windows", async () => {
  const { workbench } = shared();
  const agenda = agendaTree();
  const entries = await agenda.contextMenuEntries(/^Window of mc-prod-nightly/);
  for (const entry of ["View Properties", "Associate Scale Sets", "Export Upcoming Windows…"])
    assert.ok(entries.includes(entry), entries.join(", "));
  await agenda.contextMenu(/^Window of mc-prod-nightly/, "View Properties");
  await eventually(async () => assert.match(await workbench.editorText(), /"maintenanceScope": "OSImage"/));
  await workbench.run("View: Close Editor");
});

test("the windows of the picked configurations become a calendar that others read", async () => {
  const { workbench, picture } = shared();
  await using scratch = scratchFolder("upcoming");
  const file = join(scratch.path, "windows.ics");
  const { quickInput, page } = workbench;
  await workbench.viewAction("Export Upcoming Windows…", view);
  await quickInput.pick("The next 30 days");
  await page.locator(".quick-input-widget .monaco-list-row", { hasText: "mc-prod-nightly" }).waitFor();
  await picture("export");
  // What is selected in the views comes ticked.
  for (const name of ["mc-prod-nightly", "mc-staging-daily"]) await quickInput.tick(name, true);
  await quickInput.tick("mc-shared-fourth-monday", false);
  await quickInput.tick("mc-always-open", false);
  await quickInput.type("");
  await quickInput.accept();
  await quickInput.saveAs(file, /upcoming-windows\.ics$/);
  const said = await workbench.toast("windows to windows.ics");
  const [, windows] = /Exported (\d+) windows/.exec(said) ?? [];
  const calendar = ICAL.Component.fromString(readFileSync(file, "utf8"));
  const events = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
  assert.equal(events.length, Number(windows));
  assert.deepEqual([...new Set(events.map(({ summary }) => summary))].sort(), [
    "OS upgrades: mc-prod-nightly",
    "OS upgrades: mc-staging-daily",
  ]);
  const nightly = events.filter(({ summary }) => summary.endsWith("nightly"));
  assert.ok(nightly.length >= 30 && nightly.length <= 31, String(nightly.length));
  assert.match(nightly[0]?.description ?? "", /vmss-web-prod: will upgrade/);
  await workbench.answerToast("windows to windows.ics", "Open File");
  await eventually(async () => assert.match(await workbench.editorText(), /^BEGIN:VCALENDAR/));
});

test("where no window opens nothing is exported, and that is said", async () => {
  const { workbench } = shared();
  const agenda = agendaTree();
  await agenda.tree.press("End");
  await agenda.expand(/^No window in the next 14 days/);
  await agenda.contextMenu(/^Maintenance configuration mc-web-until-migration, /, "Export Upcoming Windows…");
  await workbench.quickInput.pick("The next 14 days");
  await workbench.toast("No windows in the next 14 days");
});
