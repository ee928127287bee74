import assert from "node:assert/strict";
import type { JSHandle, Locator, Page } from "playwright-core";
import { eventually } from "./eventually.ts";

/** What a page shows for an answer: something in sight, of this selector, that is spoken or else read in words that match. */
export interface Shown {
  readonly selector: string;
  readonly words: RegExp;
}

/** Milliseconds since the epoch; undefined as long as it has not come. */
interface Moment {
  readonly at: number | undefined;
}

/** For an answer to show, in milliseconds. */
const patienceMs = 60_000;

/**
 * Does what a user does, and answers when the window met it, which is the last event of the type before the answer, and when the answer showed,
 * in milliseconds since the epoch. Both are seen from inside the page, since what drives it learns of them later.
 * @param shown what the window shows then and has not shown before, or what tells when it showed
 */
export async function answering(
  page: Page,
  type: string,
  shown: Shown | (() => Promise<number>),
  act: () => Promise<void>,
): Promise<{ readonly acted: number; readonly answered: number }> {
  const acts = await page.evaluateHandle<readonly number[]>(`(() => {
    const acts = [];
    window.addEventListener(${JSON.stringify(type)}, () => acts.push(Date.now()), { capture: true });
    return acts;
  })()`);
  const tell = typeof shown === "function" ? shown : await shownIn(page, shown);
  await act();
  const answered = await tell();
  const acted = (await acts.jsonValue()).filter((at) => at <= answered).at(-1);
  assert.ok(acted !== undefined, `no ${type} came before the answer`);
  return { acted, answered };
}

async function shownIn(page: Page, shown: Shown): Promise<() => Promise<number>> {
  const handle = await page.evaluateHandle<Moment>(watcherOf(shown));
  assert.equal((await handle.jsonValue()).at, undefined, `${shown.words} shows already`);
  return () => momentOf(handle);
}

function momentOf(handle: JSHandle<Moment>): Promise<number> {
  return eventually(async () => {
    const { at } = await handle.jsonValue();
    assert.ok(at !== undefined, "it has not come");
    return at;
  }, patienceMs);
}

/** When a text matches, in milliseconds since the epoch, as its page sees it: a frame later at most. */
export function whenReads(text: Locator, words: RegExp): Promise<number> {
  return text.evaluate(async (element: { readonly textContent: string }, source) => {
    const { requestAnimationFrame } = globalThis as unknown as {
      requestAnimationFrame(next: () => void): void;
    };
    const pattern = new RegExp(source);
    while (!pattern.test(element.textContent)) await new Promise<void>((done) => requestAnimationFrame(done));
    return Date.now();
  }, words.source);
}

/** When the page of this element was first painted, in milliseconds since the epoch. */
export function whenPainted(element: Locator): Promise<number> {
  return element.evaluate(async () => {
    const { performance, requestAnimationFrame } = globalThis as unknown as {
      performance: { timeOrigin: number; getEntriesByName(name: string): readonly { startTime: number }[] };
      requestAnimationFrame(next: () => void): void;
    };
    for (;;) {
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      if (paint !== undefined) return performance.timeOrigin + paint.startTime;
      await new Promise<void>((done) => requestAnimationFrame(done));
    }
  });
}

/** A script that answers an object, which has the time `at` as soon as the page shows it. */
function watcherOf({ selector, words }: Shown): string {
  return `(() => {
    const moment = { at: undefined };
    const look = () => {
      const found = [...document.querySelectorAll(${JSON.stringify(selector)})];
      const shows = (element) => ${String(words)}.test(element.getAttribute("aria-label") ?? element.textContent);
      if (found.some((element) => element.checkVisibility() && shows(element))) moment.at = Date.now();
      else requestAnimationFrame(look);
    };
    look();
    return moment;
  })()`;
}
