/** While a fleet of ten thousand is being read, whatever the user does is answered at once: the extension's own work is never long in the way. */
import assert from "node:assert/strict";
import { after, before, test, type TestContext } from "node:test";
import { ask, get } from "../../scripts/lib/outside.ts";
import { unusedPort } from "../../scripts/vscode/ports.ts";
import { answering, whenPainted, whenReads, type Shown } from "../support/answers.ts";
import { eventually } from "../support/eventually.ts";
import { selectFifty } from "../support/fifty.ts";
import { scrolled, timed } from "../support/frames.ts";
import { HostProfile, type Work } from "../support/hostProfile.ts";
import { readingOver } from "../support/reading.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";
import { median } from "../support/statistics.ts";

const inspector = await unusedPort();

const shared = shareWorkbench({
  fleet: "large",
  size: { width: 1500, height: 1000 },
  inspector,
  settings: { "workbench.hover.delay": 60_000 }, // tooltips would be in the way of the mouse, and are not what this is about
});

/**
 * The most that the extension may work from the user's act until the answer shows, in milliseconds of the processor. All counts that it works
 * meanwhile, also for the reading that is under way: an answer may have to wait for it.
 */
const limitMs = 100;

/**
 * The most that the extension may work without giving the event loop back while the fleet is read as fast as can be, in milliseconds of the
 * processor: half of the limit, so that an act which comes at the beginning of such a stretch is answered in time too.
 */
const stretchMs = 50;

/** What was worked for an answer, and how long it took by the clock, in milliseconds: so long it also takes the window to show it. */
interface Answer extends Work {
  readonly took: number;
}

/** For what has to do with all of the fleet on a loaded machine, in milliseconds. */
const patienceMs = 60_000;

/**
 * When the pages of a slow reading arrive after they were asked for, in milliseconds: one comes after the other while the user acts, and the
 * last only when all is over, so that the next reading takes the place of this one.
 */
const arrivals = [...Array.from({ length: 11 }, (_, index) => (index + 1) * 1000), 45_000];

/** How many pages a reading asks for before any has come. */
const atOnce = 4;

const row = '[role="treeitem"]';

let host: HostProfile;
before(async () => {
  host = await HostProfile.connect(inspector, (url) => /scale-set-maintenance.*\/dist\//.test(url));
});
after(() => host[Symbol.dispose]());

/** How many pages of the fleet were asked for since the requests were last forgotten. */
async function pages(): Promise<number> {
  const { value } = await get<{ value: readonly { path: string }[] }>(shared().sandbox, "/sandbox/requests");
  return value.filter(({ path }) => path.includes("Microsoft.ResourceGraph/resources")).length;
}

/** Lets the fleet be read, and waits until so many of its pages are asked for. */
async function read(
  asked: number,
  begin = () => shared().workbench.run("Scale Set Maintenance: Refresh"),
): Promise<void> {
  await ask(shared().sandbox, "DELETE", "/sandbox/requests");
  await begin();
  await eventually(async () => assert.ok((await pages()) >= asked), patienceMs);
}

/** Begins to read the fleet anew so that one page arrives after the other, and waits until so many are asked for. */
async function readSlowly(asked = atOnce): Promise<void> {
  const faults = arrivals.map((delayMs) => ({
    match: { path: "Microsoft.ResourceGraph/resources" },
    do: { delayMs },
  }));
  await ask(shared().sandbox, "DELETE", "/sandbox/faults");
  await ask(shared().sandbox, "POST", "/sandbox/faults", faults);
  await read(asked);
}

/** What the host works while the fleet is read as fast as can be, until that is over. */
async function workOfReading(begin?: () => Promise<void>): Promise<Work> {
  await ask(shared().sandbox, "DELETE", "/sandbox/faults");
  const { record } = await host.record(async () => {
    await read(arrivals.length, begin);
    await readingOver(shared());
  });
  return record.between(0, Infinity);
}

/** Does what the user does while the fleet is being read, and tells what the host works until the answer shows. */
async function workOfAnswer(
  type: string,
  shown: Shown | (() => Promise<number>),
  act: () => Promise<void>,
): Promise<Answer> {
  const { workbench } = shared();
  const { result, record } = await host.record(() => answering(workbench.page, type, shown, act));
  assert.ok(await workbench.isBusy(), "the fleet is still being read when the answer shows");
  const { acted, answered } = result;
  return { ...record.between(acted, answered), took: answered - acted };
}

/** Holds answers to the limit. */
function hold(t: TestContext, answers: Readonly<Record<string, Answer>>): void {
  for (const [what, answer] of Object.entries(answers)) tell(t, `${what} in ${answer.took} ms`, answer);
  for (const [what, answer] of Object.entries(answers))
    assert.ok(answer.own <= limitMs, `${what}: ${inWords(answer)}`);
}

/** Holds the stretches of a reading in the state that the views are in now. */
async function holdReading(t: TestContext): Promise<void> {
  const reading = await bestReading();
  tell(t, "read anew", reading);
  holdStretch("read anew", reading);
}

/** Of three readings the first that is within the limit, else the last: a collection of garbage may fall into any stretch of one. */
async function bestReading(): Promise<Work> {
  let reading = await workOfReading();
  for (let count = 1; count < 3 && reading.longestOwn > stretchMs; count++) reading = await workOfReading();
  return reading;
}

function holdStretch(what: string, work: Work): void {
  assert.ok(work.longestOwn <= stretchMs, `${what}: ${inWords(work)}`);
}

function tell(t: TestContext, what: string, work: Work): void {
  const [line] = inWords(work).split("\n");
  t.diagnostic(`${what}: ${line}`);
}

function inWords({ own, longestOwn, all, longest, heaviest }: Work): string {
  const ms = (value: number) => `${Math.round(value)} ms`;
  return [
    `the extension worked ${ms(own)}, ${ms(longestOwn)} at a stretch; the host ${ms(all)}, ${ms(longest)} at a stretch`,
    ...heaviest.map(([name, value]) => `  ${ms(value)} ${name}`),
  ].join("\n");
}

async function groupBy(label: string): Promise<void> {
  const { workbench } = shared();
  // What takes the focus meanwhile, such as a view that has just opened, closes the pick again.
  await eventually(async () => {
    await workbench.run("Scale Set Maintenance: Group Scale Sets By…");
    await workbench.quickInput.pick(label);
  }, patienceMs);
}

test("the host is not held while the fleet is read for the first time, nor when it is read anew", async (t) => {
  const { workbench } = shared();
  await readingOver(shared());
  await workbench.run("Scale Set Maintenance: Leave Sandbox");
  const open = workbench.page.getByRole("button", { name: "Open Sandbox" });
  await open.waitFor();
  const works = { first: await workOfReading(() => open.click()), again: await workOfReading() };
  for (const [what, work] of Object.entries(works)) tell(t, what, work);
  for (const [what, work] of Object.entries(works)) holdStretch(what, work);
});

test("the view opens", async (t) => {
  const { workbench, picture } = shared();
  await readingOver(shared());
  await workbench.openContainer("Explorer");
  await readSlowly(arrivals.length);
  const opened = await workOfAnswer("click", { selector: row, words: /^Subscription / }, () =>
    workbench.openContainer("Scale Set Maintenance"),
  );
  const upcoming = { selector: '[aria-label="Upcoming Windows"] [role="treeitem"]', words: /./ };
  const unfolded = await workOfAnswer("click", upcoming, () => workbench.setOpen("Upcoming Windows", true));
  await picture("opened");
  hold(t, { opened, unfolded });
  await holdReading(t);
});

test("a group of thousands is expanded", async (t) => {
  const { workbench, tree, picture } = shared();
  await workbench.setOpen("Upcoming Windows", false);
  await readingOver(shared());
  await groupBy("Coverage state");
  const controlled = /^State: Scheduled, \d{4} scale sets/;
  await tree.row(controlled);
  await readSlowly();
  const expanded = await workOfAnswer("click", { selector: row, words: /^Scale set / }, () =>
    tree.expand(controlled),
  );
  await picture("expanded");
  hold(t, { expanded });
});

test("a filter is typed and applied", async (t) => {
  const { workbench, picture } = shared();
  const { quickInput } = workbench;
  await readSlowly();
  await workbench.run("Scale Set Maintenance: Filter Scale Sets…");
  await quickInput.widget.locator(".quick-input-title", { hasText: /^Filter Scale Sets$/ }).waitFor();
  const some = /^\d{1,4} of 10000 scale sets/;
  const typed = await workOfAnswer("input", { selector: ".quick-input-message", words: some }, () =>
    quickInput.type("checkout prod"),
  );
  await picture("typed");
  const filtered = {
    selector: ".part.sidebar .message",
    words: /Filter: checkout prod · \d{1,4} (of|scale)/,
  };
  const applied = await workOfAnswer("keydown", filtered, () => quickInput.accept());
  await picture("filtered");
  await workbench.viewAction("Clear Filter");
  hold(t, { typed, applied });
});

test("the fleet is grouped by a tag", async (t) => {
  const { workbench, picture } = shared();
  const { quickInput } = workbench;
  await readSlowly();
  await workbench.run("Scale Set Maintenance: Group Scale Sets By…");
  const tag = { selector: ".quick-input-list .monaco-list-row", words: /^environment/ };
  const offered = await workOfAnswer("mousedown", tag, () => quickInput.pick("Tag…"));
  const group = { selector: row, words: /^Tag environment: prod/ };
  const grouped = await workOfAnswer("mousedown", group, () => quickInput.pick("environment"));
  await picture("grouped");
  hold(t, { offered, grouped });
  await holdReading(t);
});

test("the report opens, and its table is scrolled and filtered", async (t) => {
  const { workbench, picture } = shared();
  await readSlowly();
  const report = () => workbench.webPage("Fleet Report (Sandbox)");
  const stands = async () => whenPainted((await report()).locator("h1", { hasText: "Fleet Report" }));
  const opened = await workOfAnswer("mousedown", stands, () =>
    workbench.run("Scale Set Maintenance: Show Fleet Report"),
  );
  // Its table comes in parts, each of which lets others have their turn.
  const { record } = await host.record(async () =>
    whenReads((await report()).locator("#count"), /^10000 scale sets/),
  );
  const filled = record.between(0, Infinity);
  tell(t, "filled", filled);
  holdStretch("filled", filled);
  await picture("report");
  const page = await report();
  const grid = page.getByRole("grid");
  await readSlowly();
  const filter = await timed(
    page,
    `const field = document.getElementById("filter-text"); field.value = "prod";
     field.dispatchEvent(new Event("input", { bubbles: true }))`,
  );
  await page.locator("#count", { hasText: /^\d{1,4} of 10000 scale sets/ }).waitFor();
  const frames = await scrolled(grid, 240);
  assert.ok(await workbench.isBusy(), "the fleet is still being read");
  await picture("report-scrolled");
  const times = frames.map(({ ms }) => ms);
  t.diagnostic(
    `to filter: ${Math.round(filter)} ms, between frames: median ${median(times)} ms, longest ${Math.round(Math.max(...times))} ms`,
  );
  assert.deepEqual(
    frames.filter(({ rows, top, wanted }) => rows === 0 || Math.abs(top - wanted) > 1),
    [],
    "in each frame the table has rows, and stands where it was scrolled to",
  );
  hold(t, { opened });
  await holdReading(t);
});

test("fifty scale sets are dragged onto a configuration", async (t) => {
  const { workbench, tree, picture } = shared();
  await workbench.run("View: Close All Editors");
  await workbench.page.locator(".editor-group-container .tab").waitFor({ state: "detached" });
  await readingOver(shared());
  await groupBy("Maintenance configuration");
  await tree.expand("No configuration");
  const { last, configuration } = await selectFifty(shared(), "vmss-telemetry");
  await readSlowly();
  const review = { selector: ".quick-input-title", words: /: Review/ };
  const dragged = await workOfAnswer("drop", review, () => tree.drag(last, configuration));
  await picture("review");
  await workbench.quickInput.cancel();
  hold(t, { dragged });
});

test("F2 edits a configuration", async (t) => {
  const { workbench, tree, picture } = shared();
  await readSlowly(arrivals.length);
  await tree.tree.focus();
  await workbench.page.keyboard.press("Escape"); // nothing but the configuration is selected
  await tree.toggle(/^Maintenance configuration /);
  const edit = { selector: ".quick-input-title", words: /^Edit Configuration/ };
  const edited = await workOfAnswer("keydown", edit, () => workbench.page.keyboard.press("F2"));
  await picture("edited");
  await workbench.quickInput.cancel();
  hold(t, { edited });
});
