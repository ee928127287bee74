import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { artifact } from "../../scripts/lib/artifacts.ts";
import { startServer, type ServerOptions, type VSCodeServer } from "../../scripts/vscode/server.ts";
import { eventually } from "./eventually.ts";
import { openLentPage, openPage, type Look, type Theme } from "./page.ts";
import { QuickInput } from "./quickInput.ts";
import { stage } from "./stage.ts";
import { literal } from "./text.ts";
import { TreeView } from "./treeView.ts";

export interface WorkbenchOptions extends ServerOptions, Look {
  /** A free port on which the extension host of the window lets itself be inspected. */
  readonly inspector?: number;
}

export type { Theme } from "./page.ts";

/**
 * VS Code follows the browser's colour scheme, so that the theme can change while a wizard is open; settings open as
 * other editors do, not in a window above them.
 */
const windowSettings = {
  "workbench.editor.useModal": "off",
  "window.autoDetectColorScheme": true,
  "workbench.preferredLightColorTheme": "Light Modern",
  "workbench.preferredDarkColorTheme": "Dark Modern",
};

/** For one look-up, in milliseconds; what takes longer does not come. */
const patienceMs = 15_000;

const themeClass = { light: "vs", dark: "vs-dark" } as const;

/**
 * The real workbench of a VS Code server in a browser, for tests and pictures. Every method returns when what it asked
 * for can be seen.
 */
export class Workbench implements AsyncDisposable {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly server: VSCodeServer;
  readonly #owned: AsyncDisposableStack;

  private constructor(page: Page, server: VSCodeServer, owned: AsyncDisposableStack) {
    this.page = page;
    this.server = server;
    this.quickInput = new QuickInput(page);
    this.#owned = owned;
  }

  /** Starts a server with its own user data, and a window on it. */
  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    await using stack = new AsyncDisposableStack();
    const settings = { ...windowSettings, ...options.settings };
    const server = stack.use(
      await startServer({
        ...options,
        ...lent(options),
        settings,
        testDriver: options.inspector !== undefined,
      }),
    );
    const { page } = stack.use(
      stage === undefined ? await openPage(options) : await openLentPage(stage, server.url(), options),
    );
    return this.#openOn(server, page, stack.move(), options.inspector);
  }

  /** Opens another window on the same server, in a browser of its own. */
  async another(options: Look = {}): Promise<Workbench> {
    await using stack = new AsyncDisposableStack();
    const { page } = stack.use(await openPage(options));
    return Workbench.#openOn(this.server, page, stack.move());
  }

  static async #openOn(
    server: VSCodeServer,
    page: Page,
    owned: AsyncDisposableStack,
    inspector?: number,
  ): Promise<Workbench> {
    await using stack = owned;
    page.setDefaultTimeout(patienceMs);
    const payload = inspector !== undefined && {
      payload: JSON.stringify([["inspect-extensions", inspector]]),
    };
    await page.goto(server.url({ ew: "true", ...payload }));
    await page.locator(".monaco-workbench .part.activitybar").waitFor({ timeout: 60_000 });
    await page.evaluate("navigator.clipboard.writeText('')"); // windows of one browser share it
    return new Workbench(page, server, stack.move());
  }

  /** Shows a view container of the activity bar. */
  async openContainer(title: string): Promise<void> {
    const tab = this.page.locator(".part.activitybar").getByRole("tab", { name: title });
    await tab.waitFor({ timeout: 60_000 });
    const shown = this.page.locator(".part.sidebar .composite.title", { hasText: title });
    // A window that is just opening may show it by itself meanwhile, and a click then hides it.
    await eventually(async () => {
      if (!(await shown.isVisible())) await tab.click();
      await shown.waitFor({ timeout: 2000 });
    });
  }

  /** Drags the edge of the side bar until it has this width, in pixels. */
  async widenSideBar(width: number): Promise<void> {
    const bar = await this.page.locator(".part.sidebar").boundingBox();
    if (!bar) throw new Error("The side bar is closed.");
    await this.page.mouse.move(bar.x + bar.width, bar.y + bar.height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(bar.x + width, bar.y + bar.height / 2, { steps: 5 });
    await this.page.mouse.up();
  }

  /** The header of a view, with its name and description. */
  viewHeader(name: string): Locator {
    return this.page.locator(".part.sidebar .pane-header", { hasText: name });
  }

  /** Opens a view of the container, or folds it so that the others have its height. */
  async setOpen(view: string, isOpen: boolean): Promise<void> {
    const header = this.viewHeader(view);
    if ((await header.getAttribute("aria-expanded")) !== String(isOpen)) await header.click();
  }

  /** Whether a view in the side bar shows progress. */
  async isBusy(): Promise<boolean> {
    return (await this.page.locator(".part.sidebar .monaco-progress-container.active").count()) > 0;
  }

  /** Presses a button above a view, which shows them while the mouse is over it. */
  async viewAction(title: string, view = "Fleet"): Promise<void> {
    const header = this.page.locator(".pane-header", { hasText: view });
    const pane = this.page.locator(".part.sidebar .pane").filter({ has: header });
    await pane.locator(".pane-body").hover();
    await this.viewHeader(view).getByRole("button", { name: title }).click();
  }

  /** Chooses an entry of the … menu above a view. */
  async moreAction(title: string, view = "Fleet"): Promise<void> {
    await this.viewAction("More Actions", view);
    const entry = this.page
      .locator(".monaco-menu .action-label")
      .filter({ hasText: new RegExp(`^${literal(title)}$`) });
    await entry.click({ delay: 150 }); // VS Code ignores a release that follows the opening closely
    await this.page.locator(".monaco-menu").waitFor({ state: "detached" });
  }

  tree(name: string): TreeView {
    return new TreeView(this.page, name);
  }

  /** Runs a command from the palette by its full title, such as `Scale Set Maintenance: Refresh`. */
  async run(command: string): Promise<void> {
    // What comes to the front meanwhile, such as an editor that has just opened, closes the palette again.
    await eventually(async () => {
      await this.openPalette();
      await this.quickInput.input.fill(`>${command}`, { timeout: 2000 });
      await this.quickInput.pickFound(command);
    }, 30_000);
  }

  /** The commands that the palette offers for a filter. */
  async paletteEntries(filter: string): Promise<string[]> {
    await this.openPalette();
    await this.quickInput.type(`>${filter}`);
    await this.quickInput.widget.locator(".monaco-list-row").first().waitFor();
    const entries = await this.quickInput.labels();
    await this.quickInput.cancel();
    return entries;
  }

  async openPalette(): Promise<void> {
    await eventually(async () => {
      await this.page.keyboard.press("F1"); // the first key of a new window can be lost
      await this.quickInput.input.waitFor({ timeout: 1000 });
    });
  }

  /** Changes settings of the user in the editor of their file, on top of those that the window was opened with. */
  async changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const file = join(this.server.folder, "data", "User", "settings.json");
    const wanted = { ...(JSON.parse(readFileSync(file, "utf8")) as object), ...settings };
    await this.run("Preferences: Open User Settings (JSON)");
    const lines = this.page.locator(".editor-group-container.active .view-lines", { hasText: "{" });
    const text = JSON.stringify(wanted, undefined, 2);
    const save = async () => {
      await this.page.keyboard.press("Control+S"); // the text comes into the editor a moment after the keys
      assert.equal(readFileSync(file, "utf8"), text);
    };
    await eventually(async () => {
      await lines.click(); // a web page that has the focus would keep it from the clipboard
      await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`); // the editor completes what is typed
      await this.page.keyboard.press("Control+A"); // an editor that has just opened may lose the selection again
      await this.page.keyboard.press("Control+V");
      await eventually(save, 3000);
    });
    await this.run("View: Close Editor");
  }

  /** The text of the modal dialog. */
  async dialog(): Promise<string> {
    const dialog = this.page.locator(".monaco-dialog-box");
    await dialog.waitFor();
    return dialog.innerText();
  }

  /** Presses a button of the modal dialog. */
  async answerDialog(button: string): Promise<void> {
    const dialog = this.page.locator(".monaco-dialog-box");
    await dialog.getByRole("button", { name: button, exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  }

  /** Waits for a notification with the text, in the list while that is open, and answers all that it says. */
  async toast(text: string | RegExp): Promise<string> {
    const toast = this.#toast(text);
    await toast.waitFor();
    return toast.locator(".notification-list-item-message").innerText();
  }

  /** Presses a button of the notification with the text. */
  async answerToast(text: string | RegExp, button: string): Promise<void> {
    await this.#toast(text).getByRole("button", { name: button, exact: true }).click();
  }

  /** An item of the status bar, by what a screen reader says. */
  statusItem(spoken: string | RegExp): Locator {
    return this.page.locator(".part.statusbar").getByRole("button", { name: spoken });
  }

  /** Opens the list under the bell: of several notifications that come at once VS Code shows the last only there. */
  async showNotifications(): Promise<void> {
    await this.run("Notifications: Show Notifications");
    await this.page.locator(".notifications-center.visible").waitFor();
  }

  async clearToasts(): Promise<void> {
    await this.run("Notifications: Clear All Notifications");
  }

  /** The text of the editor in front. */
  async editorText(): Promise<string> {
    const lines = this.page.locator(".editor-group-container.active .view-lines");
    await lines.waitFor();
    return plain(await lines.innerText());
  }

  /** The content of the web page in the editor with the title, which is in front. */
  async webPage(title: string): Promise<FrameLocator> {
    await this.page.locator(".editor-group-container.active .tab.active", { hasText: title }).waitFor();
    const outer = this.page.locator("iframe.webview").filter({ visible: true });
    return outer.contentFrame().locator("iframe#active-frame").contentFrame();
  }

  /** The text in sight of an output channel, which is brought to the front. */
  async output(channel: string): Promise<string> {
    await this.run("Output: Show Output Channels...");
    await this.quickInput.pick(channel);
    const lines = this.page.locator(".part.panel .view-lines");
    await lines.waitFor();
    return plain(await lines.innerText());
  }

  /** All that VS Code keeps in the browser, states of extensions included, as JSON. */
  storage(): Promise<string> {
    return this.page.evaluate<string>(`(async () => {
      const done = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const kept = [];
      for (const { name } of await indexedDB.databases()) {
        const database = await done(indexedDB.open(name));
        for (const store of database.objectStoreNames)
          kept.push(name, store, await done(database.transaction(store).objectStore(store).getAll()));
        database.close();
      }
      return JSON.stringify(kept);
    })()`);
  }

  /** What the window shows, in lines of text: for the message of a test that failed. */
  async seen(): Promise<string> {
    const texts = async (what: string, selector: string) => {
      const found = await this.page.locator(selector).filter({ visible: true }).allInnerTexts();
      return found.map((text) => `  ${what}: ${plain(text).replaceAll(/\s*\n\s*/g, " | ")}`);
    };
    const lines = await Promise.all([
      texts("dialog", ".monaco-dialog-box"),
      texts("notification", ".notification-list-item"),
      texts("quick input", ".quick-input-widget"),
      texts("menu", ".monaco-menu"),
      texts("side bar", ".part.sidebar .pane-body"),
      texts("editor", ".editor-group-container .tab.active"),
    ]);
    return lines.flat().join("\n");
  }

  async setTheme(theme: Theme): Promise<void> {
    await this.page.emulateMedia({ colorScheme: theme });
    await this.page.locator(`.monaco-workbench.${themeClass[theme]}`).waitFor();
  }

  /** Takes a picture of the window; the path is relative to `artifacts/`. */
  async screenshot(path: string, theme?: Theme): Promise<string> {
    if (theme) await this.setTheme(theme);
    const file = artifact(path);
    await this.page.screenshot({ path: file, animations: "disabled" });
    return file;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned.disposeAsync();
  }

  #toast(text: string | RegExp): Locator {
    return this.page.locator(".notification-list-item", { hasText: text }).filter({ visible: true });
  }
}

/** What is lent for a server: the folder with the packed extension, where that is all that it needs. */
function lent({
  extensions = [],
}: ServerOptions): Pick<ServerOptions, "port" | "extensions" | "extensionsFolder"> {
  if (stage === undefined) return {};
  const { vsix, port } = stage;
  const isAll = extensions.length === 1 && extensions[0] === vsix;
  return isAll ? { port, extensions: [], extensionsFolder: stage.extensions } : { port };
}

/** The editor draws spaces as no-break spaces. */
function plain(text: string): string {
  return text.replaceAll("\u00a0", " ");
}
