/** A fleet of ten thousand scale sets: the views stay quick, and a change of fifty sets is safe whatever happens meanwhile. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, get } from "../../scripts/lib/outside.ts";
import { eventually } from "../support/eventually.ts";
import { filterLarge, largeFleet, selectFifty, showLarge } from "../support/fifty.ts";
import { scrolled, timed } from "../support/frames.ts";
import { takePicture } from "../support/pictures.ts";
import { readingOver } from "../support/reading.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";
import { median } from "../support/statistics.ts";

const shared = shareWorkbench(largeFleet);

/** For what has to do with all of the fleet on a loaded machine, in milliseconds. */
const patienceMs = 60_000;

/** A request as the sandbox recorded it. */
interface Recorded {
  readonly method: string;
  readonly path: string;
}

/** The writes that Azure was asked for since the requests were last forgotten. */
async function writes(): Promise<readonly string[]> {
  const { value } = await get<{ value: readonly Recorded[] }>(shared().sandbox, "/sandbox/requests");
  return value
    .filter(({ method }) => method === "PUT" || method === "DELETE")
    .map(({ method, path }) => `${method} ${path}`);
}

/** Makes each call take so long, in seconds. */
async function latency(seconds: number): Promise<void> {
  const { status } = await ask(shared().sandbox, "PUT", "/sandbox/conditions", { latency: `PT${seconds}S` });
  assert.ok(status < 300, String(status));
}

/** Drags fifty sets without a configuration, of those with the text, onto one, up to the review; answers how many changes that makes. */
async function dragFifty(text: string): Promise<number> {
  const { workbench, sandbox, tree } = shared();
  const { quickInput } = workbench;
  const { last, configuration } = await selectFifty(shared(), text);
  await ask(sandbox, "DELETE", "/sandbox/requests");
  await tree.drag(last, configuration);
  await eventually(() => quickInput.step("Review"), patienceMs);
  const [apply = ""] = await quickInput.rows();
  const changes = Number(/\b(\d+) changes\b/.exec(apply)?.[1]);
  assert.ok(changes > 40, apply);
  return changes;
}

test("the tree opens, is scrolled, filtered and grouped", async () => {
  const { workbench, tree, picture } = shared();
  const { quickInput } = workbench;
  await readingOver(shared());
  await showLarge(shared());
  await picture("subscriptions");
  await tree.tree.hover();
  await workbench.page.mouse.wheel(0, 100_000);
  await tree.row(/^Subscription /);
  await filterLarge(shared(), "checkout prod");
  await picture("filtered");
  await workbench.viewAction("Clear Filter");
  await workbench.run("Scale Set Maintenance: Group Scale Sets By…");
  await quickInput.pick("Coverage state");
  await tree.row(/^State: Scheduled, \d+ scale sets/);
  await picture("by-state");
  await workbench.run("Scale Set Maintenance: Group Scale Sets By…");
  await quickInput.pick("Maintenance configuration");
  await tree.expand("No configuration");
  await tree.row(/^Show 200 more, 200 of \d+ shown/);
  await picture("by-configuration");
});

test("fifty scale sets are dragged onto a configuration: reviewed and confirmed once, and each sent once", async () => {
  const { workbench, picture } = shared();
  const changes = await dragFifty("vmss-telemetry");
  await picture("review-of-fifty");
  await workbench.quickInput.apply(new RegExp(`\\b${changes} changes\\b`));
  await eventually(() => workbench.toast(`${changes} changes done`), patienceMs);
  await picture("fifty-done");
  const sent = await writes();
  assert.equal(sent.length, changes);
  assert.equal(new Set(sent).size, changes);
  await workbench.clearToasts();
});

test("cancelled half-way, what is in flight ends and the rest is not sent; undo takes back what was done", async () => {
  const { workbench, sandbox, picture } = shared();
  const { quickInput } = workbench;
  await workbench.setOpen("Activity", true);
  const changes = await dragFifty("vmss-catalog");
  await latency(1);
  await quickInput.apply(new RegExp(`\\b${changes} changes\\b`));
  await eventually(async () => assert.ok((await writes()).length >= 16), patienceMs);
  await picture("half-way");
  await workbench.answerToast(/^Sandbox|of \d+/, "Cancel");
  const ended = await eventually(() => workbench.toast("not sent"), patienceMs);
  const [, done] = /(\d+) of \d+ changes done, \d+ not sent/.exec(ended) ?? assert.fail(ended);
  await latency(0);
  const sent = await writes();
  assert.equal(sent.length, Number(done), "no more was sent than came to its end");
  assert.ok(sent.length < changes);
  await picture("cancelled");
  await workbench.clearToasts();
  await ask(sandbox, "DELETE", "/sandbox/requests");
  await workbench.tree("Activity").contextMenu(/^Plan: .*not sent/, "Undo Changes…");
  await eventually(() => quickInput.step("Review"), patienceMs);
  await picture("undo");
  await quickInput.input.fill("in the Sandbox"); // below what it counts up
  await quickInput.apply(); // upgrades that are on are turned off first
  await eventually(() => workbench.toast(/\d+ changes done/), patienceMs);
  const takenBack = (await writes()).map((write) => write.replace("DELETE", "PUT"));
  assert.deepEqual(takenBack.toSorted(), sent.toSorted());
  await workbench.clearToasts();
});

test("a window that is closed half-way leaves a plan that the next one goes on with: each change is sent once", async () => {
  const { workbench, picture } = shared();
  const { page, quickInput } = workbench;
  const changes = await dragFifty("vmss-transcode");
  await latency(1);
  await quickInput.apply(new RegExp(`\\b${changes} changes\\b`));
  await eventually(async () => assert.ok((await writes()).length >= 16), patienceMs);
  await page.reload();
  await workbench.openContainer("Scale Set Maintenance");
  await eventually(() => workbench.toast("Interrupted: "), patienceMs);
  const before = (await writes()).length;
  assert.ok(before < changes);
  await picture("interrupted");
  await latency(0);
  await workbench.answerToast("Interrupted: ", "Resume");
  await eventually(() => workbench.toast(`${changes} changes done`), patienceMs);
  const sent = await writes();
  assert.equal(sent.length, changes);
  assert.equal(new Set(sent).size, changes);
  await workbench.clearToasts();
});

test("ten thousand scale sets are listed, sorted, filtered and scrolled, of which only those in sight are drawn", async (t) => {
  const { workbench } = shared();
  await workbench.setOpen("Activity", false);
  await workbench.run("Scale Set Maintenance: Show Fleet Report");
  await workbench.page
    .locator(".tab.active", { hasText: "Fleet Report (Sandbox)" })
    .waitFor({ timeout: patienceMs });
  const page = await workbench.webPage("Fleet Report (Sandbox)");
  const count = (text: RegExp) => page.locator("#count", { hasText: text }).waitFor({ timeout: patienceMs });
  await count(/^10000 scale sets/);
  await readingOver(shared());
  const grid = page.getByRole("grid");
  assert.equal(await grid.getAttribute("aria-rowcount"), "10001");
  const drawn = () => page.getByRole("rowheader").count();
  assert.ok((await drawn()) < 80, String(await drawn()));
  await takePicture(workbench, "report-top", [undefined]);

  const sort = await timed(page, `document.querySelector('[role="columnheader"]').click()`);
  await count(/Sorted by Scale set, ascending/);
  const names = await page.getByRole("rowheader").allInnerTexts();
  const { compare } = new Intl.Collator("en", { numeric: true });
  assert.deepEqual(names, names.toSorted(compare));
  const filter = await timed(
    page,
    `const field = document.getElementById("filter-text"); field.value = "prod";
     field.dispatchEvent(new Event("input", { bubbles: true }))`,
  );
  await count(/^\d+ of 10000 scale sets/);
  await page.getByRole("button", { name: "Clear Filters" }).click();
  await count(/^10000 scale sets/);

  await grid.scrollIntoViewIfNeeded();
  const frames = (await scrolled(grid, 120)).map((frame) => frame.ms);
  assert.ok((await drawn()) < 80, String(await drawn()));
  t.diagnostic(
    `to sort: ${Math.round(sort)} ms, to filter: ${Math.round(filter)} ms, between frames: median ${median(frames)} ms, longest ${Math.round(Math.max(...frames))} ms`,
  );
  await page.getByRole("columnheader", { name: "Scale set" }).focus();
  await workbench.page.keyboard.press("Control+End");
  await page.locator(':focus[aria-label^="Reveal: "]').waitFor();
  assert.equal(await page.locator('[role="row"][aria-rowindex="10001"]').count(), 1);
  await takePicture(workbench, "report-end", [undefined]);
});
