import assert from "node:assert/strict";
import type { Keyboard } from "playwright-core";
import { eventually } from "./eventually.ts";
import type { Workbench } from "./workbench.ts";

/** A user without a mouse: nothing but key strokes, each after what it answers has come into sight. */
export class Keys {
  readonly #workbench: Workbench;
  readonly #keyboard: Keyboard;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    this.#keyboard = workbench.page.keyboard;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#keyboard.press(key);
  }

  /** Types a text, letter by letter. */
  async type(text: string): Promise<void> {
    await this.#keyboard.type(text);
  }

  /** Runs a command of the palette by its full title. */
  async run(command: string): Promise<void> {
    await this.#workbench.openPalette();
    await this.choose(command);
  }

  /** Filters the list for the row with this label and accepts it. */
  async choose(label: string): Promise<void> {
    await this.#keyboard.type(label);
    await this.#arriveAt(label);
    await this.press("Enter");
  }

  /** Accepts the row with this label after going down to it. */
  async goDownTo(label: string): Promise<void> {
    await this.#goDownTo(label);
    await this.press("Enter");
  }

  /** Ticks the rows with these labels, in their order from the top, and accepts. */
  async tick(labels: readonly string[]): Promise<void> {
    for (const label of labels) {
      await this.#goDownTo(label);
      await this.press("Space");
    }
    await this.press("Enter");
  }

  /** Types in place of what the field holds, and accepts. */
  async enter(text: string): Promise<void> {
    await this.press("Control+A");
    await this.#keyboard.type(text);
    await this.press("Enter");
  }

  /** VS Code's own key for the Back button. */
  async back(): Promise<void> {
    await this.press("Control+Alt+Minus");
  }

  async #goDownTo(label: string): Promise<void> {
    const seen: string[] = [];
    for (let steps = 0; steps < 60; steps += 1) {
      await this.press("ArrowDown");
      const active = await this.#workbench.quickInput.active();
      if (active === label) return;
      seen.push(active);
    }
    throw new Error(`No row “${label}” on the way down: ${seen.join(" | ")}`);
  }

  async #arriveAt(label: string): Promise<void> {
    await eventually(async () => assert.equal(await this.#workbench.quickInput.active(), label));
  }
}
