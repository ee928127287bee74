/**
 * How many inputs the most frequent tasks take a user who knows the commands, from the palette and by keyboard alone, in a fleet of ten
 * thousand: one key or chord, one text and one click are an input each. The bounds only ever go down.
 */
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { ask, get } from "../../scripts/lib/outside.ts";
import { eventually } from "../support/eventually.ts";
import { filterLarge, largeFleet, showLarge } from "../support/fifty.ts";
import { Inputs } from "../support/inputs.ts";
import { readingOver } from "../support/reading.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench(largeFleet);

/** The most inputs that each task may take. */
const atMost = { setUp: 8, explain: 5, fix: 25, cancel: 3, undo: 6 } as const;

/** For what has to do with all of the fleet on a loaded machine, in milliseconds. */
const patienceMs = 60_000;

let inputs: Inputs | undefined;

/** Does a task and holds the number of its inputs. */
async function hold(t: TestContext, task: keyof typeof atMost, act: () => Promise<void>): Promise<void> {
  inputs ??= new Inputs(shared().workbench.page);
  const count = await inputs.of(act);
  t.diagnostic(`${task}: ${count} inputs`);
  assert.ok(count <= atMost[task], `${task} took ${count} inputs, at most ${atMost[task]} are right`);
}

/** Runs a command of the palette by as much of its title as tells it from others: F1, the text and Enter. */
async function run(text: string, title: string): Promise<void> {
  const { quickInput, page } = shared().workbench;
  await page.keyboard.press("F1");
  await quickInput.input.waitFor();
  await page.keyboard.type(text);
  await quickInput.points(title);
  await page.keyboard.press("Enter");
}

/** Types what only this row has, and takes it. */
async function choose(text: string, label: string): Promise<void> {
  const { quickInput, page } = shared().workbench;
  await page.keyboard.type(text);
  await quickInput.points(label);
  await page.keyboard.press("Enter");
}

/** The resources that Azure was asked to write since the requests were last forgotten, by method and the end of their path. */
async function writes(): Promise<readonly string[]> {
  const { value } = await get<{ value: readonly { method: string; path: string }[] }>(
    shared().sandbox,
    "/sandbox/requests",
  );
  return value
    .filter(({ method }) => method !== "GET" && method !== "POST")
    .map(({ method, path }) => `${method} ${/[^/]+$/.exec(path.replace(/\?.*/, ""))?.[0]}`);
}

async function forgetRequests(): Promise<void> {
  await ask(shared().sandbox, "DELETE", "/sandbox/requests");
}

test("three scale sets that are selected get a new configuration", async (t) => {
  const { workbench, tree } = shared();
  const { quickInput, page } = workbench;
  const names = ["vmss-search-staging-01235", "vmss-search-staging-01237", "vmss-search-staging-01238"];
  await readingOver(shared());
  await workbench.run("Scale Set Maintenance: Group Scale Sets By…");
  await quickInput.pick("Coverage state");
  await filterLarge(shared(), "search-staging-0123");
  await tree.selectAll(names);
  await forgetRequests();
  await hold(t, "setUp", async () => {
    await run("set up maint", "Scale Set Maintenance: Set Up Maintenance Control for VMSS");
    await quickInput.step("Choose scale sets");
    await eventually(async () => assert.deepEqual((await quickInput.ticked()).toSorted(), names));
    await page.keyboard.press("Enter"); // what is selected in the tree
    await quickInput.step("Choose a configuration");
    await choose("create", "Create a new configuration…");
    await quickInput.reviewed();
    await quickInput.points(/^Create mc-nightly[^ ]*( and|,) .*3 scale sets/);
    await page.keyboard.press("Enter");
    await workbench.toast("4 changes done");
  });
  assert.deepEqual(
    await writes(),
    Array.from({ length: 4 }, () => "PUT mc-nightly"),
  );
  await workbench.clearToasts();
  await showLarge(shared());
});

test("why a named scale set was not upgraded", async (t) => {
  const { workbench } = shared();
  const { quickInput, page } = workbench;
  const name = "vmss-checkout-dev-01777";
  // What is selected would come ticked.
  await workbench.run("Scale Set Maintenance: Focus on Fleet View");
  await page.keyboard.press("Escape");
  await hold(t, "explain", async () => {
    await run("explain why", "Scale Set Maintenance: Explain Why It Didn't Upgrade…");
    await quickInput.widget
      .locator(".quick-input-title", { hasText: "Explain Why It Didn't Upgrade" })
      .waitFor();
    await page.keyboard.type(name);
    await quickInput.shows(/^vmss-checkout-dev-01777,[^\n]*$/);
    await page.keyboard.press("Enter"); // the only row
    const report = await workbench.webPage(`Eligibility of ${name}`);
    await report.getByText("health probe and a health extension").first().waitFor();
  });
  await workbench.run("View: Close All Editors");
});

test("the sets of one tag without a window are found, and their upgrades turned off, cancelled half-way and undone", async (t) => {
  const { workbench, tree } = shared();
  const { quickInput, page } = workbench;
  await forgetRequests();
  await hold(t, "fix", async () => {
    await run("filter scale", "Scale Set Maintenance: Filter Scale Sets…");
    await quickInput.message(/^10000 of 10000/);
    await page.keyboard.insertText("team media");
    await quickInput.message(/^1286 of 10000/);
    await page.keyboard.press("Enter");
    await run("group scale", "Scale Set Maintenance: Group Scale Sets By…");
    await quickInput.widget.locator(".quick-input-title", { hasText: "Group Scale Sets By" }).waitFor();
    await choose("coverage", "Coverage state");
    await tree.row(/^State: No window, 153 scale sets/);
    await run("focus on fleet", "Scale Set Maintenance: Focus on Fleet View");
    await tree.takesFocus();
    await page.keyboard.type("no");
    await eventually(async () => assert.match(await tree.focused(), /^State: No window/));
    await page.keyboard.press("Shift+F10");
    await page.locator(".monaco-menu").waitFor();
    for (let steps = 0; steps < 8; steps += 1) await page.keyboard.press("ArrowUp"); // from the end
    await page
      .locator(".monaco-menu .action-item.focused", { hasText: "Disable Automatic OS Upgrades" })
      .waitFor();
    await page.keyboard.press("Enter");
    await quickInput.reviewed(/153 scale sets/);
    await page.keyboard.press("Enter");
    await workbench.toast(/of 153 done/);
  });
  await eventually(() => workbench.toast(/: [1-9]\d* of 153 done/), patienceMs);

  await hold(t, "cancel", async () => {
    await run("accept notification", "Notifications: Accept Notification Primary Action");
    await workbench.toast("not sent");
  });
  const ended = await workbench.toast("not sent");
  const count = (words: string) => Number(new RegExp(`(\\d+) (of 153 )?${words}`).exec(ended)?.[1] ?? 0);
  const done = count("changes done");
  const sent = await writes();
  assert.equal(done + count("under way"), sent.length, ended);
  assert.equal(count("not sent"), 153 - sent.length, ended);
  assert.ok(done > 0 && sent.length < 153, ended);
  await workbench.clearToasts();

  await forgetRequests();
  await hold(t, "undo", async () => {
    await run("undo changes", "Scale Set Maintenance: Undo Changes…");
    await quickInput.shows(/^Disable Automatic OS Upgrades, .* not sent/);
    await page.keyboard.press("Enter"); // the last plan stands first
    await quickInput.reviewed(/in the sandbox/);
    await page.keyboard.press("Enter");
    // Without a window, upgrades that are on again could start at any time: that is asked once more.
    await page.locator(".monaco-dialog-box .monaco-button:focus", { hasText: /^Turn On$/ }).waitFor();
    await page.keyboard.press("Enter");
    await workbench.toast(/\d+ changes? done/);
  });
  const undone = await writes(); // what Azure still worked on is not taken back
  assert.ok(undone.length > 0 && undone.every((write) => sent.includes(write)), undone.join("\n"));
});
