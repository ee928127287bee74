import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { FrameLocator } from "playwright-core";
import { startSandbox } from "../../scripts/lib/sandbox.ts";
import { packedExtension } from "../support/extension.ts";
import { median } from "../support/statistics.ts";
import { Workbench } from "../support/workbench.ts";

/** For reading a fleet of this size on a loaded machine, in milliseconds. */
const patience = 200_000;

const owned = new AsyncDisposableStack();
let workbench: Workbench;
before(async () => {
  const sandbox = owned.use(await startSandbox("large"));
  const { env, settings } = sandbox.access;
  const size = { width: 1500, height: 1000 };
  workbench = owned.use(
    await Workbench.open({ extensions: [await packedExtension()], env, settings, size, theme: "light" }),
  );
  await workbench.openContainer("Scale Set Maintenance");
  await workbench.page
    .locator(".part.sidebar", { hasText: /[\d,. ]+ controlled/ })
    .waitFor({ timeout: patience });
});
after(() => owned.disposeAsync());

const report = () => workbench.webPage("Fleet Report (Sandbox)");

/** What the page's script did meanwhile, in milliseconds: until the frame that shows it. */
function timed(page: FrameLocator, work: string): Promise<number> {
  return page.locator("#grid").evaluate(async (_, script) => {
    const {
      performance,
      requestAnimationFrame,
      eval: run,
    } = globalThis as unknown as {
      performance: { now(): number };
      requestAnimationFrame(next: () => void): void;
      eval(text: string): void;
    };
    const start = performance.now();
    run(script);
    await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
  }, work);
}

test("ten thousand scale sets are listed, sorted, filtered and scrolled, of which only those in sight are drawn", async (t) => {
  await workbench.run("Scale Set Maintenance: Fleet Report");
  await workbench.page
    .locator(".tab.active", { hasText: "Fleet Report (Sandbox)" })
    .waitFor({ timeout: patience });
  const page = await report();
  const count = (text: RegExp) => page.locator("#count", { hasText: text }).waitFor({ timeout: patience });
  await count(/^10000 scale sets/);
  await page.getByText("The fleet is being read anew").waitFor({ state: "detached", timeout: patience });
  const grid = page.getByRole("grid");
  assert.equal(await grid.getAttribute("aria-rowcount"), "10001");
  const drawn = () => page.getByRole("rowheader").count();
  assert.ok((await drawn()) < 80, String(await drawn()));
  await workbench.screenshot("ui/report/large-top.png");

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
  const frames = await grid.evaluate(async (table: { scrollTop: number }) => {
    const { requestAnimationFrame } = globalThis as unknown as {
      requestAnimationFrame(next: (time: number) => void): void;
    };
    const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
    const times: number[] = [];
    let last = await frame();
    for (let step = 0; step < 120; step += 1) {
      table.scrollTop += 100;
      const now = await frame();
      times.push(now - last);
      last = now;
    }
    return times;
  });
  assert.ok((await drawn()) < 80, String(await drawn()));
  t.diagnostic(
    `to sort: ${Math.round(sort)} ms, to filter: ${Math.round(filter)} ms, between frames: median ${median(frames)} ms, longest ${Math.round(Math.max(...frames))} ms`,
  );
  await page.getByRole("columnheader", { name: "Scale set" }).focus();
  await workbench.page.keyboard.press("Control+End");
  await page.locator(':focus[aria-label^="Reveal: "]').waitFor();
  assert.equal(await page.locator('[role="row"][aria-rowindex="10001"]').count(), 1);
  await workbench.screenshot("ui/report/large-end.png");
});
