import type { Page } from "playwright-core";

/** What one call of each is for a user: one key or chord, one text typed as a whole, or one use of the mouse. */
const acts = {
  keyboard: ["press", "type", "insertText"],
  mouse: ["click", "dblclick", "wheel"],
  locator: ["press", "fill", "pressSequentially", "click", "dblclick", "check", "selectOption", "dragTo"],
} as const;

type Act = (...args: unknown[]) => unknown;

/** Counts what a user does in a window, by whichever helper of the tests: all of them end at the page's own methods. */
export class Inputs {
  #count = 0;

  constructor(page: Page) {
    this.#watch(page.keyboard, acts.keyboard);
    this.#watch(page.mouse, acts.mouse);
    this.#watch(Object.getPrototypeOf(page.locator("*")) as object, acts.locator); // each look-up is a new locator
  }

  /** How many inputs it takes to do this. */
  async of(task: () => Promise<void>): Promise<number> {
    const before = this.#count;
    await task();
    return this.#count - before;
  }

  #watch(target: object, names: readonly string[]): void {
    const count = () => (this.#count += 1);
    for (const name of names) {
      const act = Reflect.get(target, name) as Act;
      Reflect.set(target, name, function (this: unknown, ...args: unknown[]) {
        count();
        return act.apply(this, args);
      });
    }
  }
}
