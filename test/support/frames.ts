import type { FrameLocator, Locator } from "playwright-core";

/** As much of the browser as is used of it. */
interface Browser {
  readonly performance: { now(): number };
  requestAnimationFrame(next: (time: number) => void): void;
  eval(text: string): void;
}

/** What the page's script did meanwhile, in milliseconds: until the frame that shows it. */
export function timed(page: FrameLocator, work: string): Promise<number> {
  return page.locator("#grid").evaluate(async (_, script) => {
    const { performance, requestAnimationFrame, eval: run } = globalThis as unknown as Browser;
    const start = performance.now();
    run(script);
    await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
  }, work);
}

/** A frame while a table was scrolled. */
export interface Frame {
  /** Since the frame before, in milliseconds. */
  readonly ms: number;
  /** How many rows stood in the part of the table that is in sight. */
  readonly rows: number;
  /** Where the table then stood, in pixels, and where it was last put. */
  readonly top: number;
  readonly wanted: number;
}

interface Element {
  scrollTop: number;
  querySelectorAll(selector: string): Iterable<Element>;
  getBoundingClientRect(): { readonly top: number; readonly bottom: number };
}

/** Scrolls a table by 100 pixels with each frame. */
export function scrolled(grid: Locator, steps: number): Promise<readonly Frame[]> {
  return grid.evaluate(async (table: Element, count) => {
    const { requestAnimationFrame } = globalThis as unknown as Browser;
    const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
    const frames: Frame[] = [];
    let last = await frame();
    let wanted = table.scrollTop;
    for (let step = 0; step < count; step += 1) {
      wanted += 100;
      table.scrollTop = wanted;
      const now = await frame();
      const { top, bottom } = table.getBoundingClientRect();
      const rows = [...table.querySelectorAll('[role="rowheader"]')].filter((row) => {
        const box = row.getBoundingClientRect();
        return box.bottom > top && box.top < bottom;
      });
      frames.push({ ms: now - last, rows: rows.length, top: table.scrollTop, wanted });
      last = now;
    }
    return frames;
  }, steps);
}
