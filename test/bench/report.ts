import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CDPSession, Page } from "playwright-core";
import { build } from "../../scripts/build/build.ts";
import { Failure } from "../../scripts/bootstrap/failure.mjs";
import { root } from "../../scripts/bootstrap/paths.mjs";
import { runNode } from "../../scripts/lib/processes.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import type { Measured } from "../../scripts/tasks/bench.ts";
import { openBrowser } from "../../scripts/vscode/browser.ts";
import { median } from "../support/statistics.ts";

const cold = fileURLToPath(new URL("cold/report.ts", import.meta.url));
const address = "https://report.example";

/** What the page is asked to do with 10,000 rows, in the browser that the workbench tests use. */
const actions: readonly (readonly [name: string, what: string, script: string])[] = [
  ["wholeMs", "all rows arrive → drawn", `tell(whole)`],
  ["sortMs", "a column is sorted by → drawn", `heading("Image").click()`],
  ["filterMs", "a word is typed → drawn", `type("prod-1")`],
  ["clearMs", "the filter is cleared → drawn", `document.getElementById("clear").click()`],
  ["changeMs", "one set changes → drawn", `tell(changes)`],
  [
    "growMs",
    "200 more sets arrive → drawn",
    `tell([{ kind: "changes", data: {}, put: more, removed: [], more: false }])`,
  ],
];

/** How long the fleet report takes: its data in Node.js, and its page with the table of 10,000 rows. */
export async function run(): Promise<Measured> {
  await using scratch = scratchFolder("bench-report");
  const { code, output } = await runNode([cold, scratch.path]);
  if (code !== 0) throw new Failure(output.trim());
  const data = JSON.parse(output) as Readonly<Record<string, number>>;
  await build("release");
  await using opened = await openBrowser();
  const page = await opened.browser.newPage({ viewport: { width: 1400, height: 900 } });
  await show(page, scratch.path);
  const figures: Record<string, number> = { ...data };
  const busy = await busyClock(page);
  for (const [name, , script] of actions) figures[name] = await timed(page, script, busy);
  const notch = await scrolled(page, "100", busy);
  const jump = await scrolled(page, "grid.clientHeight * 1.5", busy);
  Object.assign(figures, {
    frameBusyMs: notch.busyMs,
    frameMs: notch.frameMs,
    jumpBusyMs: jump.busyMs,
    jumpMs: jump.frameMs,
  });
  figures["drawnRows"] = await page.locator('.rows [role="row"]').count();
  const words: Readonly<Record<string, string>> = {
    makeMs: "the report's data of 10,000 sets, first time",
    remakeMs: "the same after one set has changed",
    wholeKB: "what the page is sent at first",
    changesKB: "what it is sent for one set",
    ...Object.fromEntries(actions.map(([name, what]) => [name, what])),
    frameBusyMs: "each frame while the table is scrolled by a notch of the wheel",
    frameMs: "between two of these frames by the clock on the wall, median",
    jumpBusyMs: "each frame while it is scrolled by a screen and a half, which draws every row anew",
    jumpMs: "between two of these frames by the clock on the wall, median",
    drawnRows: "rows in the document",
  };
  const unit = (name: string) => (name.endsWith("KB") ? "KB" : name.endsWith("Ms") ? "ms" : "");
  return {
    figures,
    table: Object.entries(figures).map(([name, figure]) => ({
      what: words[name] ?? name,
      figure,
      unit: unit(name),
    })),
  };
}

/** The page as VS Code shows it, without VS Code around it. */
async function show(page: Page, folder: string): Promise<void> {
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const script = readFileSync(join(root, "dist", "fleetReport.js"), "utf8");
  await page.route(`${address}/**`, (route) =>
    route.request().url().endsWith(".js")
      ? route.fulfill({ contentType: "text/javascript", body: script })
      : route.fulfill({ contentType: "text/html", body: read("page.html") }),
  );
  await page.addInitScript(`
    globalThis.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} });
    globalThis.whole = ${JSON.stringify(JSON.parse(read("whole.json")))};
    globalThis.changes = ${JSON.stringify(JSON.parse(read("changes.json")))};
    globalThis.more = whole[1].put.slice(0, 200).map((row) => ({ ...row, id: row.id + "-more", name: row.name + "-more" }));
    globalThis.tell = (messages) => {
      for (const data of messages) window.dispatchEvent(new MessageEvent("message", { data }));
    };
    globalThis.heading = (text) =>
      [...document.querySelectorAll('[role="columnheader"]')].find((one) => one.textContent === text);
    globalThis.type = (text) => {
      const field = document.getElementById("filter-text");
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    // Until the frame after the work was painted.
    globalThis.painted = async (work) => {
      work();
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    };
  `);
  await page.goto(`${address}/page.html`);
}

/** Answers how long, in milliseconds, the page's main thread has worked until now: script, style, layout and painting. */
async function busyClock(page: Page): Promise<() => Promise<number>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  // Time in which the thread had a processor, so that other work on the machine does not count.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN) * 1000;
  };
}

async function timed(page: Page, script: string, busy: () => Promise<number>): Promise<number> {
  const before = await busy();
  await page.evaluate(`painted(() => { ${script} })`);
  return Math.round(((await busy()) - before) * 10) / 10;
}

/** Scrolls the table by `step` pixels a frame. */
async function scrolled(
  page: Page,
  step: string,
  busy: () => Promise<number>,
): Promise<{ readonly busyMs: number; readonly frameMs: number }> {
  const before = await busy();
  const times = await page.evaluate<number[]>(`(async () => {
    const grid = document.getElementById("grid");
    grid.scrollIntoView({ behavior: "instant" });
    grid.scrollTop = 0;
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const times = [];
    let last = await frame();
    for (let count = 0; count < 120; count += 1) {
      grid.scrollTop += ${step};
      const now = await frame();
      times.push(now - last);
      last = now;
    }
    return times;
  })()`);
  const perFrame = ((await busy()) - before) / times.length;
  return { busyMs: Math.round(perFrame * 10) / 10, frameMs: median(times) };
}
