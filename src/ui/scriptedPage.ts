import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Runner } from "./run.ts";

/** What an editor with a page that has a script of its own shows, and how it answers that script. */
export interface ScriptedContent {
  readonly title: string;
  /** `nonce`: random, for the page's own style and script; `script`: the address of the latter. */
  html(nonce: string, script: string): string;
  /** Takes what the page's script says, which may be anything. */
  receive(message: unknown, tell: (message: unknown) => void): Promise<void>;
  /** Tells the page what changes, for as long as it is open. */
  follow(page: FollowedPage): vscode.Disposable;
}

export interface FollowedPage {
  /** Does work for the page; what it throws is shown. */
  inBackground(work: () => Promise<void>): void;
  setTitle(title: string): void;
  /** A hidden page has ended; it starts again when it is shown. */
  isVisible(): boolean;
}

export interface ScriptedPageOptions {
  readonly viewType: string;
  /** The folder that holds the script, and its name there. */
  readonly folder: vscode.Uri;
  readonly script: string;
  readonly runner: Runner;
  /** Makes what a page shows that VS Code brings back after a reload of its window. */
  readonly restored: () => Promise<ScriptedContent>;
}

/** The one editor with a page that has a script; it comes back after a reload of the window. */
export class ScriptedPage implements vscode.Disposable {
  readonly #options: ScriptedPageOptions;
  readonly #serializer: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;

  constructor(options: ScriptedPageOptions) {
    this.#options = options;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(options.viewType, {
      deserializeWebviewPanel: async (panel: vscode.WebviewPanel) => {
        // One that was opened meanwhile is the one.
        if (this.#panel === undefined) this.#fill(panel, await options.restored());
        else panel.dispose();
      },
    });
  }

  /** Brings the page to the front, and makes it where there is none. */
  show(content: () => ScriptedContent): void {
    if (this.#panel !== undefined) return this.#panel.reveal();
    const { viewType } = this.#options;
    const panel = vscode.window.createWebviewPanel(viewType, "", vscode.ViewColumn.Active, {
      enableFindWidget: true,
    });
    this.#fill(panel, content());
  }

  /** Whatever it was opened on, it shows the Azure that is connected. */
  closeSandbox(): void {
    this.#panel?.dispose();
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#panel?.dispose();
  }

  #fill(panel: vscode.WebviewPanel, content: ScriptedContent): void {
    const { folder, script, runner } = this.#options;
    this.#panel = panel;
    const { webview } = panel;
    webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [folder] };
    const background = (work: () => Promise<void>) => runner.inBackground("Showing a page", work);
    const tell = (message: unknown) =>
      background(async () => {
        await webview.postMessage(message);
      });
    const following = vscode.Disposable.from(
      webview.onDidReceiveMessage((message: unknown) => background(() => content.receive(message, tell))),
      content.follow({
        inBackground: background,
        setTitle: (title) => (panel.title = title),
        isVisible: () => panel.visible,
      }),
    );
    panel.onDidDispose(() => {
      following.dispose();
      this.#panel = undefined;
    });
    panel.title = content.title;
    const address = webview.asWebviewUri(vscode.Uri.joinPath(folder, script)).toString();
    webview.html = content.html(randomBytes(16).toString("base64"), address);
  }
}
