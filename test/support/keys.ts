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

  /**
   * Types a text, all its letters in one stroke, as dictation does: after each stroke VS Code filters and draws its list once
   * more, which for a title letter by letter takes a second of the processor's time.
   */
  async type(text: string): Promise<void> {
    await this.#keyboard.insertText(text);
  }

  /** Runs a command of the palette by its full title. */
  async run(command: string): Promise<void> {
    // What comes to the front meanwhile, such as an editor that has just opened, closes the palette again.
    await eventually(async () => {
      await this.#workbench.openPalette();
      await this.press("Control+A");
      await this.type(`>${command}`);
      await this.#arriveAt(command, 3000);
    }, 30_000);
    await this.press("Enter");
  }

  /** Filters the list for the row with this label and accepts it. */
  async choose(label: string): Promise<void> {
    await this.type(label);
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
    await this.type(text);
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
      const active = await eventually(async () => {
        const label = await this.#workbench.quickInput.active();
        assert.notEqual(label, "", "no row is focused");
        return label;
      });
      if (active === label) return;
      seen.push(active);
    }
    throw new Error(`No row “${label}” on the way down: ${seen.join(" | ")}`);
  }

  async #arriveAt(label: string, patienceMs?: number): Promise<void> {
    await eventually(async () => assert.equal(await this.#workbench.quickInput.active(), label), patienceMs);
  }
}
