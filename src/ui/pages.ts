import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { RepeatedRun } from "../core/repeatedRun.ts";
import type { Sliced } from "../core/slices.ts";
import type { Runner } from "./run.ts";

/** A page to show in an editor of its own. */
export interface Page {
  /** Showing a page of the same key again brings the one that is open to the front. */
  readonly key: string;
  /** Commands that links of the page may run; all others are dead. */
  readonly commands: readonly string[];
  /** `nonce`: random, for the page's own style. A page may be about thousands of scale sets. */
  render(nonce: string): Sliced<{ readonly title: string; readonly html: string }>;
  /** Calls `changed` whenever the page may show something else; ends when the page is closed. */
  follow(changed: () => void): vscode.Disposable;
  /** Whether much is about to change, so that it is shown in larger steps. */
  isUnsettled(): boolean;
}

/**
 * Changes that come within this time are shown together. VS Code loads a page anew for each, which folds what was
 * unfolded, so that while much changes there is more time to read.
 */
const gatherMs = { settled: 250, unsettled: 5000 };

const viewType = "scaleSetMaintenance.page";

/**
 * The pages that are open: web views without any script. VS Code closes them when its window is reloaded, since nothing is kept
 * that could bring them back as they were.
 */
export class Pages implements vscode.Disposable {
  readonly #runner: Runner;
  readonly #isSandbox: () => boolean;
  readonly #open = new Map<string, OpenPage>();
  /** Those of the sandbox. */
  readonly #ofSandbox = new WeakSet<OpenPage>();

  /** @param isSandbox whether the sandbox is open */
  constructor(runner: Runner, isSandbox: () => boolean) {
    this.#runner = runner;
    this.#isSandbox = isSandbox;
  }

  show(page: Page): void {
    const open = this.#open.get(page.key);
    if (open !== undefined) return open.panel.reveal();
    const opened = new OpenPage(page, this.#runner);
    this.#open.set(page.key, opened);
    if (this.#isSandbox()) this.#ofSandbox.add(opened);
    opened.panel.onDidDispose(() => this.#open.delete(page.key));
  }

  closeSandbox(): void {
    for (const page of this.#open.values()) if (this.#ofSandbox.has(page)) page.panel.dispose();
  }

  dispose(): void {
    for (const { panel } of this.#open.values()) panel.dispose();
  }
}

/** A page in its panel, brought up to date for as long as it is open; what is hidden is so when it is seen again. */
class OpenPage {
  readonly panel: vscode.WebviewPanel;
  readonly #page: Page;
  readonly #nonce = randomBytes(16).toString("base64");
  #shown = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the next update is, as `performance.now()` counts. */
  #due = Infinity;

  constructor(page: Page, runner: Runner) {
    this.#page = page;
    this.panel = vscode.window.createWebviewPanel(viewType, "", vscode.ViewColumn.Active, {
      enableScripts: false,
      enableForms: false,
      enableCommandUris: page.commands,
      enableFindWidget: true,
      localResourceRoots: [],
    });
    const run = new RepeatedRun(() => this.#update());
    const update = () => runner.inBackground("Showing a page", () => run.run());
    const following = vscode.Disposable.from(
      page.follow(() =>
        this.#updateWithin(page.isUnsettled() ? gatherMs.unsettled : gatherMs.settled, update),
      ),
      this.panel.onDidChangeViewState(update),
    );
    this.panel.onDidDispose(() => {
      clearTimeout(this.#timer);
      run.end();
      following.dispose();
    });
    update();
  }

  #updateWithin(milliseconds: number, update: () => void): void {
    const due = performance.now() + milliseconds;
    if (due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(update, milliseconds);
  }

  *#update(): Sliced<void> {
    clearTimeout(this.#timer);
    this.#due = Infinity;
    if (!this.panel.visible) return;
    const { title, html } = yield* this.#page.render(this.#nonce);
    this.panel.title = title;
    if (html !== this.#shown) this.panel.webview.html = html;
    this.#shown = html;
  }
}
