import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { ask } from "../../scripts/lib/outside.ts";
import { differences } from "../../scripts/tour/holdings.ts";
import { eventually } from "../support/eventually.ts";
import { idIn } from "../support/ids.ts";
import { Keys } from "../support/keys.ts";
import { readingOver } from "../support/reading.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();
const apiVersion = "api-version=2023-04-01";
const year = new Date().getFullYear() + 1;
const title = (command: string) => `Scale Set Maintenance: ${command}`;
const tagName = "scaleSetMaintenance-originalStart";

interface Configuration {
  readonly tags?: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>> & {
    readonly maintenanceWindow: Readonly<Record<string, string>>;
  };
}

test("a new configuration: a zone by its city, a recurrence that is only warned of, and the windows that it will have", async () => {
  await shared().begin({ width: 1280, height: 1200 });
  const { workbench, sandbox, picture } = shared();
  const { quickInput } = workbench;
  await workbench.run(title("Create Configuration"));
  await quickInput.change("Subscription");
  await quickInput.pick("Contoso Shared Services");
  await quickInput.change("Name");
  await quickInput.enter("mc-weekends");
  await quickInput.change("Region");
  await quickInput.pick("North Europe");

  await quickInput.change("Time zone");
  await picture("zones");
  for (const [text, label] of [
    ["PST", "(UTC-08:00) Pacific Time"],
    ["+05:30", "(UTC+05:30) India Standard Time"],
    ["W. Europe", /Central European Time$/],
    ["Europe/Kyiv", /Eastern European Time$/],
  ] as const) {
    await quickInput.type(text);
    await eventually(async () => {
      const active = await quickInput.active();
      if (typeof label === "string") assert.equal(active, label);
      else assert.match(active, label);
    });
  }
  await quickInput.type("Melbourne");
  await quickInput.shows(/AUS Eastern Standard Time.*Melbourne/s);
  await picture("zone-by-city");
  await quickInput.pick(/Australian Eastern Time$/);

  await quickInput.change("Start");
  await quickInput.enter(`${year}-01-16 22:00`);

  await quickInput.change("Duration");
  await quickInput.pick("Another duration…");
  await quickInput.step("Another duration");
  await quickInput.enter("05:30");

  await quickInput.change("Recurrence");
  await quickInput.pick("Another recurrence…");
  await quickInput.step("Another recurrence");
  await quickInput.type("1week saturday, Sunday");
  assert.match(await quickInput.message("may be refused"), /CLI say Day.*Day or Week/s);
  await quickInput.accept();

  await quickInput.step("Review");
  await picture("review-of-new");
  const window = {
    startDateTime: `${year}-01-16 22:00`,
    duration: "05:30",
    timeZone: "AUS Eastern Standard Time",
    recurEvery: "Week Sunday,Saturday",
  };
  const expected = await explained(window);
  assert.equal(expected.length, 5);
  // The windows stand below all answers: what is typed leaves the row of the start and brings them into sight.
  await quickInput.type(window.startDateTime);
  for (const { localStart, localEnd } of expected) {
    await quickInput.shows(new RegExp(`${localStart}–${localEnd.slice(11)}`));
  }
  await quickInput.type("");
  await quickInput.apply(/\b1 change\b/);
  await workbench.toast("1 change done");
  const { properties } = await held(
    idIn(sandbox, "Contoso Shared Services", "rg-maintenance", "mc-weekends"),
  );
  assert.deepEqual(properties.maintenanceWindow, window);
});

test("F2 edits one part: old and new windows stand side by side, and all else comes through as it was", async () => {
  const { workbench, sandbox, tree, startOver, picture } = shared();
  const { quickInput } = workbench;
  const keys = new Keys(workbench);
  const id = nightly();
  const before = await held(id);
  const more = {
    extensionProperties: { InGuestPatchMode: "User" },
    installPatches: { rebootSetting: "Never" },
  };
  const odd = { ...before, properties: { ...before.properties, ...more, fromTheFuture: { deep: [1] } } };
  await startOver();
  assert.equal((await ask(sandbox, "PUT", `${id}?${apiVersion}`, odd)).status, 200);
  await tree.expandPath("Contoso Shared Services", "Maintenance configurations");
  // What is still being read may take the selection away.
  await readingOver(shared());
  await tree.select("mc-prod-nightly");
  await eventually(async () => assert.match(await tree.selected(), /mc-prod-nightly/));
  await keys.press("F2");
  await quickInput.step("Choose what to change");
  await picture("what-to-change");
  await quickInput.pick("Duration");
  await quickInput.step("Duration");
  await quickInput.points("Keep 05:00");
  await picture("duration-kept");
  await quickInput.pick("8 hours");
  await quickInput.step("Review");
  await quickInput.shows(/Duration: 05:00 → 08:00/);
  await quickInput.shows(/22:00–03:00 → \d{4}-\d\d-\d\d 22:00–06:00/);
  await picture("review-of-edit");
  await keys.press("ArrowUp"); // from the first row to the last: within an hour of a window there are more of them than fit
  await quickInput.shows(/Contoso Production: \d+/);
  await keys.press("ArrowDown"); // to the first again
  await quickInput.apply(/\b1 change\b/);
  await workbench.toast("1 change done");
  await workbench.clearToasts();
  const after = await held(id);
  const maintenanceWindow = { ...before.properties.maintenanceWindow, duration: "08:00" };
  assert.deepEqual(after.properties, { ...odd.properties, configurationType: "Regular", maintenanceWindow });
  assert.deepEqual(after.tags, before.tags);
  await tree.row(/mc-prod-nightly.*22:00.*06:00/);
});

test("a review says that the longest upgrade doesn't fit, and a row of it lengthens the window", async () => {
  const { workbench, sandbox, tree, startOver, refresh, picture } = shared();
  const { quickInput } = workbench;
  const keys = new Keys(workbench);
  await startOver();
  const web = idIn(sandbox, "Contoso Production", "rg-web-prod-weu", "vmss-web-prod");
  const paused = {
    properties: { upgradePolicy: { rollingUpgradePolicy: { pauseTimeBetweenBatches: "PT2H" } } },
  };
  await ask(sandbox, "PATCH", `${web}?api-version=2024-07-01`, paused);
  await refresh();
  await tree.expandPath("Contoso Shared Services", "Maintenance configurations");
  await tree.select("mc-prod-nightly");
  await keys.press("F2");
  await quickInput.step("Choose what to change");
  await quickInput.enter("Duration");
  await quickInput.step("Duration");
  await keys.press("ArrowDown");
  await quickInput.points("6 hours");
  await quickInput.accept();
  await quickInput.step("Review");
  await quickInput.shows(/vmss-web-prod: an upgrade takes up to 11 h; the window is 6 h/);
  await picture("review-too-long");
  await keys.goDownTo("Lengthen the window to 11 h");
  await quickInput.shows(/The longest upgrade takes up to 11 h; the window is 11 h/);
  await quickInput.shows(/Restore the window of 6 h/);
  await picture("review-fits");
  await quickInput.accept();
  await workbench.toast("1 change done");
  await workbench.clearToasts();
  assert.equal((await held(nightly())).properties.maintenanceWindow["duration"], "11:00");
});

test("every step can be kept with Enter, and an edit that someone else's change crosses stops", async () => {
  const { workbench, sandbox, tree, startOver, holdings, picture } = shared();
  const { quickInput } = workbench;
  const id = nightly();
  const before = await startOver();
  await tree.expandPath("Contoso Shared Services", "Maintenance configurations");
  await tree.contextMenu("mc-prod-nightly", "Edit Configuration");
  await quickInput.step("Choose what to change");
  await quickInput.accept();
  for (const step of ["Time zone", "Start", "Duration", "Recurrence", "Expiry", "Tags"]) {
    await quickInput.step(step);
    await picture(`edit-${step.toLowerCase().replace(" ", "-")}`);
    await quickInput.accept();
  }
  await quickInput.step("Review");
  await quickInput.shows(/Nothing to change/);
  await quickInput.back();
  await quickInput.step("Tags");
  await quickInput.enter("environment=production, team=web");
  await quickInput.step("Review");
  await quickInput.shows(/Tag team: none → web/);
  const now = await held(id);
  const theirs = {
    ...now,
    properties: {
      ...now.properties,
      maintenanceWindow: { ...now.properties.maintenanceWindow, duration: "06:00" },
    },
  };
  assert.equal((await ask(sandbox, "PUT", `${id}?${apiVersion}`, theirs)).status, 200);
  await quickInput.apply(/\b1 change\b/);
  const changed = /Someone else changed mc-prod-nightly after your review/;
  await workbench.toast(changed);
  await picture("crossed");
  await workbench.answerToast(changed, "Show Both");
  await workbench.page
    .locator(".editor-group-container.active .tab.active", { hasText: "mc-prod-nightly" })
    .waitFor();
  await picture("both");
  assert.deepEqual((await held(id)).tags, now.tags);
  assert.deepEqual(
    differences(
      new Map([...before, [id, { ...theirs.properties, configurationType: "Regular" }]]),
      await holdings(),
    ),
    [],
  );
});

test("Pause Until… moves the start and keeps the original in a tag; Resume goes on in step", async () => {
  const { workbench, tree, startOver, picture } = shared();
  const { quickInput } = workbench;
  await startOver();
  const id = nightly();
  const before = await held(id);
  const { startDateTime = "" } = before.properties.maintenanceWindow;
  await tree.expandPath("Contoso Shared Services", "Maintenance configurations");
  await tree.contextMenu("mc-prod-nightly", "Pause Configuration Until…");
  await quickInput.step("Pause until");
  await picture("pause-until");
  await quickInput.pick("Another date…");
  await quickInput.step("Another date");
  await quickInput.enter("soon");
  assert.match(await quickInput.message("“soon”"), /isn't a date\. Use YYYY-MM-DD/);
  await picture("pause-date");
  await quickInput.enter(`${year}-02-01`);
  await quickInput.step("Review");
  await picture("review-of-pause");
  await quickInput.shows(new RegExp(`Tag ${tagName}: none → ${startDateTime}`));
  await quickInput.shows(/Not documented/);
  await quickInput.pick("Turn off automatic OS upgrades");
  await quickInput.shows(/^Move the start date/m);
  await picture("review-of-disabling-instead");
  await quickInput.pick("Move the start date");
  await quickInput.shows(/^Turn off automatic OS upgrades, documented/m);
  await quickInput.apply(/\b1 change\b/);
  await workbench.toast("1 change done");
  await workbench.clearToasts();
  const paused = await held(id);
  assert.deepEqual(paused.tags, { ...before.tags, [tagName.toLowerCase()]: startDateTime });
  assert.deepEqual(paused.properties.maintenanceWindow, {
    ...before.properties.maintenanceWindow,
    startDateTime: `${year}-02-01 22:00`,
  });
  await tree.row(/mc-prod-nightly.*paused until/);
  await picture("paused");

  await tree.inlineAction("mc-prod-nightly", "Resume Configuration");
  await quickInput.step("Review");
  await picture("review-of-resuming");
  await quickInput.shows(new RegExp(`Tag ${tagName}: ${startDateTime} → none`, "i"));
  await quickInput.apply(/\b1 change\b/);
  await workbench.toast("1 change done");
  await workbench.clearToasts();
  const resumed = await held(id);
  assert.deepEqual(resumed.tags, before.tags);
  const { startDateTime: again = "" } = resumed.properties.maintenanceWindow;
  assert.equal(again.slice(11), "22:00");
  assert.ok(Math.abs(Date.parse(`${again.slice(0, 10)}T00:00Z`) - Date.now()) < 2 * 86_400_000, again);
});

test("Delete names the scale sets that lose control, and takes their upgrades off or moves them first", async () => {
  const { workbench, sandbox, tree, startOver, holdings, picture } = shared();
  const { quickInput } = workbench;
  const keys = new Keys(workbench);
  const before = await startOver();
  const daily = idIn(sandbox, "Contoso Staging", "rg-maintenance-staging", "mc-staging-daily");
  const staging = [...before].filter(([, value]) => value === daily).map(([key]) => key);
  assert.ok(staging.length > 0);
  await tree.expandPath("Contoso Staging", "Maintenance configurations");
  await tree.select("mc-staging-daily");
  await keys.press("Delete");
  await quickInput.step("Affected scale sets");
  await picture("dependants-of-one");
  await quickInput.pick("Move scale sets to another configuration first…");
  await quickInput.step("Choose a configuration");
  assert.ok(!(await quickInput.labels()).includes("mc-staging-daily"));
  await quickInput.pick("mc-prod-nightly");
  await quickInput.step("Review");
  await quickInput.shows(/refuses the name of a deleted configuration for about 20 minutes/);
  await picture("review-of-moving");
  await quickInput.apply(/./, "Apply");
  await workbench.toast("changes done");
  await workbench.clearToasts();
  const moved = new Map(before);
  moved.delete(daily);
  for (const key of staging) {
    moved.delete(key);
    moved.set(key.replace("mc-staging-daily", "mc-prod-nightly"), nightly());
  }
  assert.deepEqual(differences(moved, await holdings()), []);

  await workbench.run(title("Delete Configuration"));
  await quickInput.step("Choose a configuration");
  await quickInput.pick("mc-prod-nightly");
  await quickInput.step("Affected scale sets");
  await picture("dependants-of-many");
  await quickInput.pick("Turn off automatic OS upgrades first");
  await quickInput.step("Review");
  await picture("review-of-deletion");
  await quickInput.apply(/./, "Apply");
  await workbench.toast("changes done");
  const deleted = new Map(moved);
  deleted.delete(nightly());
  for (const [key, value] of moved) {
    if (value !== nightly()) continue;
    deleted.delete(key);
    const [set = ""] = key.split("/providers/microsoft.maintenance/");
    // One that has another configuration keeps its upgrades, and that one's windows.
    const hasOther = [...moved.keys()].some(
      (other) => other.startsWith(`${set}/providers/`) && other !== key,
    );
    if (!hasOther) deleted.set(set, { automaticUpgrades: false });
  }
  assert.deepEqual(differences(deleted, await holdings()), []);
});

test("several are deleted at once after a review of what each is attached to, and an undo brings them back with it", async () => {
  const { workbench, sandbox, tree, startOver, holdings, picture } = shared();
  const { quickInput } = workbench;
  const before = await startOver();
  const both = ["mc-prod-nightly", "mc-shared-fourth-monday"];
  const ids = both.map((name) => idIn(sandbox, "Contoso Shared Services", "rg-maintenance", name));
  await tree.expandPath("Contoso Shared Services", "Maintenance configurations");
  await tree.expandPath("Contoso Production", "Maintenance configurations");
  await tree.selectAll(both);
  await tree.contextMenu("mc-shared-fourth-monday", "Delete Configuration");
  await quickInput.step("Affected scale sets");
  await quickInput.shows(/^mc-prod-nightly: 9.*^mc-shared-fourth-monday: 2, /ms);
  await quickInput.cancel();

  // One that controls something else is left out, and said so.
  await tree.selectAll([...both, "mc-guest-patching-sunday"]);
  await new Keys(workbench).press("Delete");
  await quickInput.step("Affected scale sets");
  await picture("dependants-of-several");
  await quickInput.pick("Delete anyway");
  await quickInput.step("Review");
  await quickInput.shows(/^Delete 2 configurations in the sandbox, 2 changes, 1 not changed$/m);
  await quickInput.shows(/mc-guest-patching-sunday, Not for OS image upgrades/);
  await quickInput.shows(/^mc-shared-fourth-monday: 2, vmss-build-agents, vmss-gateway-prod/m);
  await picture("review-of-several");
  await quickInput.apply(/\b2 changes\b/, "Delete");
  await workbench.toast("2 changes done");
  await workbench.clearToasts();
  const removed = [...before].filter(([id, value]) => ids.includes(id) || ids.includes(String(value)));
  assert.equal(removed.length, 2 + 11);
  const without = new Map([...before].filter(([id]) => !removed.some(([other]) => other === id)));
  assert.deepEqual(differences(without, await holdings()), []);

  await ask(sandbox, "POST", "/sandbox/clock", { advance: "PT30M" }); // Azure refuses the names before
  await workbench.setOpen("Activity", true);
  const plan = /^Plan: Delete 2 maintenance configurations/;
  await workbench.tree("Activity").contextMenu(plan, "Undo Changes…");
  await quickInput.step("Review");
  await quickInput.shows(/mc-prod-nightly again, starting \d{4}-\d\d-\d\d\s22:00/);
  await picture("review-of-undo");
  await quickInput.apply(/\b13 changes\b/);
  await workbench.toast("13 changes done");
  await workbench.clearToasts();
  const again = await holdings();
  // A start that has passed is one that Azure creates no configuration with: each goes on with its next window.
  assert.deepEqual(
    differences(before, again).filter((line) => !ids.some((id) => line.startsWith(`${id}:`))),
    [],
  );
  for (const id of ids) {
    const [was, is] = [before, again].map((those) => those.get(id) as Configuration["properties"]);
    const { startDateTime: old = "", ...window } = was?.maintenanceWindow ?? {};
    const { startDateTime: start = "", ...same } = is?.maintenanceWindow ?? {};
    assert.deepEqual(same, window);
    assert.equal(start.slice(10), old.slice(10));
    assert.ok(start > old, start);
  }
});

const nightly = () => idIn(shared().sandbox, "Contoso Shared Services", "rg-maintenance", "mc-prod-nightly");

async function held(id: string): Promise<Configuration> {
  const { status, body } = await ask(shared().sandbox, "GET", `${id}?${apiVersion}`);
  assert.equal(status, 200);
  return body as Configuration;
}

/** The next five windows as the terminal tells them. */
async function explained(window: unknown) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    "scripts/run.mjs",
    "explain",
    "window",
    JSON.stringify(window),
    "--count",
    "5",
  ]);
  const { occurrences } = JSON.parse(stdout) as {
    readonly occurrences: readonly { readonly localStart: string; readonly localEnd: string }[];
  };
  return occurrences;
}
