import type { Locator, Page } from "playwright-core";
import { eventually } from "./eventually.ts";
import { meeting } from "./meeting.ts";
import { literal } from "./text.ts";

/** One row of a tree, as a user sees it. */
export interface Row {
  /** What a screen reader says. */
  readonly name: string;
  /** 1 for a root. */
  readonly level: number;
  /** `undefined` for a leaf. */
  readonly expanded: boolean | undefined;
}

/** As much of the browser's elements as is read of them. */
interface Element {
  getBoundingClientRect(): { readonly y: number };
  getAttribute(name: string): string | null;
}

/** A tree view of the extension. Rows are found by the label that is seen, or a pattern of the name that is spoken. */
export class TreeView {
  readonly tree: Locator;
  readonly #page: Page;

  constructor(page: Page, name: string) {
    this.#page = page;
    this.tree = page.getByRole("tree", { name });
  }

  /** The first row with this label, or whose spoken name matches; waits for it, and looks for it further down too. */
  async row(name: string | RegExp): Promise<Locator> {
    const named =
      typeof name === "string" ? this.#rowsLabelled(name) : this.tree.getByRole("treeitem", { name });
    const row = named.first();
    await eventually(async () => {
      await row.waitFor({ timeout: 2000 }).catch(() => this.#scrollTo(row, name));
      await this.#uncover(row);
    }, 30_000);
    return row;
  }

  /** Waits until the tree has the keyboard's focus: a command that gives it ends before. */
  async takesFocus(): Promise<void> {
    await this.tree.and(this.#page.locator(":focus")).waitFor();
  }

  /** The spoken name of the row that keys act on; empty while the tree does not have the keyboard's focus. */
  async focused(): Promise<string> {
    const row = this.tree.and(this.#page.locator(":focus")).locator(".monaco-list-row.focused");
    // In one look: a row that is drawn anew before the next would be waited for.
    return row.evaluateAll((rows: readonly Element[]) => rows[0]?.getAttribute("aria-label") ?? "");
  }

  /** The spoken name of the row that is selected; of the first where there are several. */
  async selected(): Promise<string> {
    return (await this.tree.locator(".monaco-list-row.selected").first().getAttribute("aria-label")) ?? "";
  }

  /** Drags a row, and the others that are selected with it, onto another, which may be in another tree. */
  async drag(name: string | RegExp, onto: string | RegExp, tree: TreeView = this): Promise<void> {
    await eventually(async () => {
      const [row, target] = [await this.row(name), await tree.row(onto)];
      await meeting(row, ["mousedown"], () =>
        meeting(target, ["drop"], () =>
          row.locator(".label-name").first().dragTo(target.locator(".label-name").first()),
        ),
      );
    }, 30_000);
  }

  /** The rows in sight, from top to bottom. */
  async rows(): Promise<Row[]> {
    const read = await this.tree.getByRole("treeitem").evaluateAll((rows: readonly Element[]) =>
      rows.map((row) => ({
        top: row.getBoundingClientRect().y,
        name: row.getAttribute("aria-label") ?? "",
        level: Number(row.getAttribute("aria-level")),
        expanded: row.getAttribute("aria-expanded"),
      })),
    );
    return read
      .sort((a, b) => a.top - b.top)
      .map(({ name, level, expanded }) => ({
        name,
        level,
        expanded: expanded === null ? undefined : expanded === "true",
      }));
  }

  async expand(name: string | RegExp): Promise<void> {
    const row = await this.row(name);
    if ((await row.getAttribute("aria-expanded")) === "false")
      await row.locator(".monaco-tl-twistie").click();
    await eventually(async () => {
      if ((await row.getAttribute("aria-expanded")) !== "true") throw new Error(`${name} does not expand`);
    });
  }

  /** Expands a row after the other, each the first of its name below the one before: names repeat in a tree. */
  async expandPath(...names: readonly string[]): Promise<void> {
    await eventually(async () => {
      let above = -1;
      for (const name of names) {
        const found = (await this.#indices(name)).find((index) => index > above);
        if (found === undefined) throw new Error(`No row "${name}" below the others of ${names.join(" > ")}`);
        // Its place stays its own, while rows that come above it give its element to another. A parent that sticks to the top is there twice.
        const row = this.#rowsLabelled(name)
          .and(this.tree.locator(`[data-index="${found}"]`))
          .first();
        if ((await row.getAttribute("aria-expanded", { timeout: 2000 })) === "false") {
          await row.locator(".monaco-tl-twistie").click({ timeout: 2000 });
          await row.and(this.tree.locator('[aria-expanded="true"]')).waitFor({ timeout: 2000 });
        }
        above = found;
      }
    });
  }

  /** The places of the rows in sight with this label, from top to bottom. */
  async #indices(label: string): Promise<number[]> {
    const read = await this.#rowsLabelled(label).evaluateAll((rows: readonly Element[]) =>
      rows.map((row) => Number(row.getAttribute("data-index"))),
    );
    return read.toSorted((a, b) => a - b);
  }

  async select(name: string | RegExp): Promise<void> {
    await this.#click(name);
  }

  /** Selects these rows, and no other, with Ctrl-click. */
  async selectAll(names: readonly (string | RegExp)[]): Promise<void> {
    const [first, ...others] = names;
    if (first !== undefined) await this.select(first);
    for (const name of others) await this.toggle(name);
  }

  /** Selects a row beside those that are selected, or takes it out of them, with Ctrl-click; unlike a plain click this does not open it. */
  async toggle(name: string | RegExp): Promise<void> {
    await this.#click(name, { modifiers: ["Control"] });
  }

  /** Chooses an entry of a row's context menu. */
  async contextMenu(name: string | RegExp, entry: string): Promise<void> {
    // Where rows move under the mouse, the menu that opens is another one's.
    await eventually(async () => {
      await this.#click(name, { button: "right" });
      const chosen = this.#menuEntry(entry);
      await chosen.waitFor({ timeout: 5000 }).catch(async (error: unknown) => {
        await this.#page.keyboard.press("Escape");
        throw error;
      });
      await chosen.click({ delay: 150 }); // VS Code ignores a release that follows the opening closely
    }, 30_000);
    await this.#page.locator(".monaco-menu").waitFor({ state: "detached" });
  }

  /** The entries of a row's context menu, which is closed again. */
  async contextMenuEntries(name: string | RegExp): Promise<string[]> {
    await this.#click(name, { button: "right" });
    await this.#page.locator(".monaco-menu").waitFor();
    const entries = await this.#page.locator(".monaco-menu .action-menu-item .action-label").allInnerTexts();
    await this.#page.keyboard.press("Escape");
    return entries.filter((entry) => entry !== "");
  }

  /** Presses one of the buttons that a row shows under the mouse. */
  async inlineAction(name: string | RegExp, action: string): Promise<void> {
    const row = await this.row(name);
    await row.hover();
    await row.getByRole("button", { name: action }).click();
  }

  /** Clicks a row, and looks for it again where it goes out of sight meanwhile: rows above it may be opening. */
  async #click(name: string | RegExp, options: Parameters<Locator["click"]>[0] = {}): Promise<void> {
    await eventually(async () => {
      const row = await this.row(name);
      await meeting(row, ["mousedown", "click", "contextmenu"], () =>
        row.click({ ...options, timeout: 3000 }),
      );
    }, 30_000);
  }

  /** The parents of the first row in sight stay at the top: scrolls where they cover the row, or it ends below the tree, and then throws. */
  async #uncover(row: Locator): Promise<void> {
    const parents = this.tree.locator(".monaco-tree-sticky-container");
    const [box, cover, tree] = await Promise.all([
      row.boundingBox({ timeout: 1000 }),
      parents.boundingBox(),
      this.tree.boundingBox(),
    ]);
    if (box === null || cover === null || tree === null) return;
    const isCovered = box.y < cover.y + cover.height;
    const isCut = box.y + box.height > tree.y + tree.height + 1;
    if (!isCovered && !isCut) return;
    await this.tree.hover();
    await this.#page.mouse.wheel(0, isCovered ? -box.height : box.height);
    throw new Error("The row is not whole in sight.");
  }

  /** Only the rows in sight exist: goes through the tree from the top until the row does. */
  async #scrollTo(row: Locator, name: string | RegExp): Promise<void> {
    await this.tree.hover();
    // In a low view no row is leapt over, nor hidden by its parents.
    const step = Math.min(300, ((await this.tree.boundingBox())?.height ?? 0) / 2);
    let last: Row | undefined;
    let still = 0; // looks without a change: the tree is drawn a moment after it was scrolled
    await eventually(async () => {
      if (await row.isVisible()) return;
      const rows = await this.rows();
      still = rows.at(-1)?.name === last?.name ? still + 1 : 0;
      last = rows.at(-1);
      if (still === 0) await this.#page.mouse.wheel(0, step);
      if (still === 5) {
        await this.#page.mouse.wheel(0, -100_000);
        last = undefined;
      }
      throw new Error(`No row "${name}" in ${rows.map((other) => other.name).join(" | ")}`);
    }, 30_000);
  }

  #rowsLabelled(label: string): Locator {
    const exactly = new RegExp(`^${literal(label)}$`);
    return this.tree
      .getByRole("treeitem")
      .filter({ has: this.#page.locator(".label-name", { hasText: exactly }) });
  }

  /** By what is seen: the spoken name of an entry ends with its key. */
  #menuEntry(entry: string): Locator {
    const exactly = new RegExp(`^${literal(entry)}$`);
    return this.#page.locator(".monaco-menu .action-label", { hasText: exactly });
  }
}
