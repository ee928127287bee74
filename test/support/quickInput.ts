import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { eventually } from "./eventually.ts";
import { meeting } from "./meeting.ts";
import { literal } from "./text.ts";

/** The quick picks and input boxes of the workbench: one widget, which shows one step at a time. */
export class QuickInput {
  readonly widget: Locator;
  readonly input: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.widget = page.locator(".quick-input-widget");
    this.input = this.widget.locator(".quick-input-box input");
  }

  /**
   * Waits for the step with this title, whatever the flow it belongs to, and until what it shows is loaded.
   * @param number counted from 1; for a step that follows one of the same title
   */
  async step(title: string, number?: number): Promise<void> {
    const place = number === undefined ? String.raw`( \(\d+/\d+\))?` : String.raw` \(${number}/\d+\)`;
    // The title of a review goes on with the account.
    const exactly = new RegExp(`: ${literal(title)}( · .+?)?${place}$`);
    await this.widget.locator(".quick-input-title", { hasText: exactly }).waitFor();
    await eventually(async () => assert.ok(!(await this.#hasList()) || (await this.#rows().count()) > 0));
  }

  /** Whether the step shows rows, or will once they are loaded; a box has none. */
  async #hasList(): Promise<boolean> {
    const style = await this.widget.locator(".quick-input-list").getAttribute("style");
    return !/display: *none/.test(style ?? "");
  }

  /** Waits for a step of the flow with this title, whichever. */
  async flow(title: string): Promise<void> {
    await this.widget
      .locator(".quick-input-title", { hasText: new RegExp(`^${literal(title)}: `) })
      .waitFor();
  }

  /** What stands above the step, such as `Create Configuration (2/8)`. */
  async title(): Promise<string> {
    return this.widget.locator(".quick-input-title").innerText();
  }

  async placeholder(): Promise<string> {
    return (await this.input.getAttribute("placeholder")) ?? "";
  }

  /** The labels of the rows in sight. */
  async labels(): Promise<string[]> {
    return Promise.all((await this.#rows().all()).map((row) => labelOf(row).innerText()));
  }

  /** The label of the row that Enter accepts or Space ticks; empty while there is none. */
  active(): Promise<string> {
    const row = this.#rows().and(this.#page.locator(".focused"));
    // In one look: a row that goes away before the next would be waited for.
    return row
      .locator(".label-name")
      .evaluateAll((labels: readonly { readonly innerText: string }[]) => labels[0]?.innerText ?? "");
  }

  /** The labels of the ticked rows in sight. */
  async ticked(): Promise<string[]> {
    const rows = this.#rows().filter({
      has: this.#page.locator('.monaco-checkbox[aria-checked="true"]'),
    });
    return Promise.all((await rows.all()).map((row) => labelOf(row).innerText()));
  }

  /** Label, description and detail of the rows in sight, as a screen reader says them. */
  rows(): Promise<string[]> {
    // In one look: a row read by itself may be gone before its turn, and would be waited for.
    return this.#rows().evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? ""));
  }

  /** Chooses the row with this label; one out of sight is filtered for. */
  async pick(label: string | RegExp): Promise<void> {
    const row = this.#row(label);
    if (typeof label === "string" && !(await this.#appears(row))) await this.input.fill(label);
    await this.#click(row);
  }

  /** Chooses the row with this label, once what was typed brings it into sight; throws where that is not soon. */
  async pickFound(label: string): Promise<void> {
    await this.#clickOnce(this.#row(label));
  }

  /**
   * Chooses the first row of the review, which applies its plan, whatever it says; answers what that is, with its detail.
   * @param expected what the row must say
   * @param yes the button that confirms it in the dialog, where it is asked once more
   */
  async apply(expected = /./, yes?: string): Promise<string> {
    const [first, spoken] = await this.#firstOfReview(expected);
    await this.#click(first);
    if (yes === undefined) return spoken;
    const dialog = this.#page.locator(".monaco-dialog-box");
    await dialog.getByRole("button", { name: yes, exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    return spoken;
  }

  /** Waits until the review is whole, and Enter takes its first row, which must say what is expected. */
  async reviewed(expected = /./): Promise<void> {
    await this.#firstOfReview(expected);
  }

  async #firstOfReview(expected: RegExp): Promise<readonly [first: Locator, spoken: string]> {
    await this.step("Review");
    const loading = this.widget.locator(".quick-input-progress.active");
    const first = this.#rows().and(this.#page.locator('[data-index="0"]'));
    const spoken = await eventually(async () => {
      assert.equal(await loading.count(), 0, "the review is still being made");
      return (await first.getAttribute("aria-label", { timeout: 2000 })) ?? "";
    });
    assert.match(spoken, expected);
    return [first, spoken];
  }

  /** Opens the question of an answer from the review, by the row that has its title. */
  async change(answer: string): Promise<void> {
    await this.step("Review");
    await this.pick(answer);
    await this.step(answer);
  }

  /** Checks the rows with these labels and accepts. */
  async pickMany(labels: readonly string[]): Promise<void> {
    for (const label of labels) await this.tick(label, true);
    await this.accept();
  }

  /** Checks a row, or takes its check away. */
  async tick(label: string, checked: boolean): Promise<void> {
    await this.input.fill(label);
    const checkbox = this.#row(label).locator(".monaco-checkbox");
    await eventually(async () => {
      // Filtering draws the rows anew a moment later, and a click on the old one is lost.
      if ((await checkbox.getAttribute("aria-checked")) !== String(checked)) await checkbox.click();
      assert.equal(await checkbox.getAttribute("aria-checked"), String(checked));
    });
    await this.input.fill("");
  }

  /** Types in place of what the box holds. */
  async type(text: string): Promise<void> {
    await this.input.fill(text);
  }

  async accept(): Promise<void> {
    await this.input.press("Enter");
  }

  /** Types and accepts; for a box, or for the filter of a pick. */
  async enter(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }

  /** What the step says about the value in its box. */
  async message(expected: string | RegExp): Promise<string> {
    const message = this.widget.locator(".quick-input-message", { hasText: expected });
    await message.waitFor();
    return message.innerText();
  }

  /** Waits until the box holds exactly this. */
  async holds(text: string): Promise<void> {
    await eventually(async () => assert.equal(await this.input.inputValue(), text));
  }

  /** Waits until the active row is the one with this label. */
  async points(label: string | RegExp): Promise<void> {
    await eventually(async () => {
      const active = await this.active();
      if (typeof label === "string") assert.equal(active, label);
      else assert.match(active, label);
    });
  }

  /** Waits until the spoken rows match, those further down included. */
  async shows(expected: RegExp): Promise<void> {
    await eventually(async () => assert.match((await this.rows()).join("\n"), expected));
  }

  /** Presses a button of the title bar. */
  async button(title: string): Promise<void> {
    await this.widget.getByRole("button", { name: title }).click();
  }

  /** Says in the dialog for files where one goes, once the dialog has proposed a name that matches. */
  async saveAs(file: string, proposed: RegExp): Promise<void> {
    await eventually(async () => assert.match(await this.input.inputValue(), proposed));
    await this.type(file);
    // The dialog looks at folders while one types, and an Enter meanwhile means the folder.
    await eventually(async () => {
      if (await this.widget.isVisible()) await this.enter(file);
      await this.widget.waitFor({ state: "hidden", timeout: 2000 });
    });
  }

  async back(): Promise<void> {
    await this.button("Back");
  }

  async cancel(): Promise<void> {
    await this.#page.keyboard.press("Escape");
    await this.closed();
  }

  async closed(): Promise<void> {
    await this.widget.waitFor({ state: "hidden" });
  }

  /** Clicks a row, again where the list is drawn anew under the mouse: it may be following what was typed. */
  async #click(row: Locator): Promise<void> {
    await eventually(() => this.#clickOnce(row));
  }

  async #clickOnce(row: Locator): Promise<void> {
    await meeting(row, ["mousedown", "click"], () => row.click({ timeout: 3000 }));
  }

  #rows(): Locator {
    // Those of other lists that the widget has shown stay behind, out of sight.
    return this.widget.locator(".monaco-list-row").filter({ visible: true });
  }

  #row(label: string | RegExp): Locator {
    const exact = typeof label === "string" ? new RegExp(`^\\s*${literal(label)}\\s*$`) : label;
    return this.#rows().filter({ has: this.#page.locator(".label-name", { hasText: exact }) });
  }

  /** Whether the row comes into sight with the step, once the step shows any and loads no more of them. */
  async #appears(row: Locator): Promise<boolean> {
    const loading = this.widget.locator(".quick-input-progress.active");
    return eventually(async () => {
      const isLoading = (await loading.count()) > 0;
      if ((await row.count()) > 0) return true;
      assert.ok(!isLoading && (await this.#rows().count()) > 0, "no rows are in sight");
      return false;
    });
  }
}

/** A row's detail is drawn as a label too, below. */
function labelOf(row: Locator): Locator {
  return row.locator(".label-name").first();
}
