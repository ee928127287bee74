import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** A page to show in an editor of its own. */
export interface Page {
  /** Showing a page of the same key again brings the one that is open to the front. */
  readonly key: string;
  /** Commands that links of the page may run; all others are dead. */
  readonly commands: readonly string[];
  /** `nonce`: random, for the page's own style. */
  render(nonce: string): { readonly title: string; readonly html: string };
  /** Calls `changed` whenever the page may show something else; ends when the page is closed. */
  follow(changed: () => void): vscode.Disposable;
}

/** Changes that come within this time, in milliseconds, are shown together. */
const burst = 250;

const viewType = "scaleSetMaintenance.page";

/**
 * The pages that are open: web views without any script. VS Code closes them when its window is reloaded, since nothing is kept
 * that could bring them back as they were.
 */
export class Pages implements vscode.Disposable {
  readonly #open = new Map<string, vscode.WebviewPanel>();

  show(page: Page): void {
    const open = this.#open.get(page.key);
    if (open !== undefined) return open.reveal();
    const panel = vscode.window.createWebviewPanel(viewType, "", vscode.ViewColumn.Active, {
      enableScripts: false,
      enableForms: false,
      enableCommandUris: page.commands,
      enableFindWidget: true,
      localResourceRoots: [],
    });
    this.#open.set(page.key, panel);
    const nonce = randomBytes(16).toString("base64");
    let shown = "";
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      if (!panel.visible) return;
      const { title, html } = page.render(nonce);
      panel.title = title;
      // Only where it differs: VS Code loads the page anew, and what was unfolded folds.
      if (html !== shown) panel.webview.html = html;
      shown = html;
    };
    const following = vscode.Disposable.from(
      page.follow(() => (timer ??= setTimeout(show, burst))),
      panel.onDidChangeViewState(show),
    );
    panel.onDidDispose(() => {
      clearTimeout(timer);
      following.dispose();
      this.#open.delete(page.key);
    });
    show();
  }

  dispose(): void {
    for (const panel of this.#open.values()) panel.dispose();
  }
}
