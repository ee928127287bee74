import { chromium, type Page } from "playwright-core";
import { openBrowser } from "../../scripts/vscode/browser.ts";
import type { Stage } from "./stage.ts";

export type Theme = "light" | "dark";

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How a window looks at its start. */
export interface Look {
  readonly size?: Size;
  readonly theme?: Theme;
}

type OpenPage = { readonly page: Page } & AsyncDisposable;

export const usualSize: Size = { width: 1280, height: 900 };
const permissions = ["clipboard-read", "clipboard-write"];

/**
 * Progress that has no end is drawn anew with every frame for as long as it shows, which without a graphics card takes a fifth of all
 * the processor's time while a large fleet is read. That it shows is told by its class.
 */
const stillProgress = `
  const still = new CSSStyleSheet();
  still.replaceSync(".progress-bit, .codicon-modifier-spin { animation: none !important }");
  document.adoptedStyleSheets.push(still);
`;

/** An empty page in a browser of its own. */
export async function openPage({ size = usualSize, theme = "dark" }: Look): Promise<OpenPage> {
  await using stack = new AsyncDisposableStack();
  const { browser } = stack.use(await openBrowser());
  const context = await browser.newContext({ viewport: size, colorScheme: theme, permissions });
  const page = await context.newPage();
  await page.addInitScript(stillProgress);
  const owned = stack.move();
  return { page, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** An empty page in the browser that is lent, which keeps of the pages before at this address only what it fetched for them. */
export async function openLentPage(
  { browser: address }: Stage,
  url: string,
  { size = usualSize, theme = "dark" }: Look,
): Promise<OpenPage> {
  await using stack = new AsyncDisposableStack();
  const browser = await chromium.connectOverCDP(address);
  stack.defer(() => browser.close()); // ends the connection alone
  const [context] = browser.contexts();
  if (context === undefined) throw new Error("The browser that is lent has no window.");
  await context.grantPermissions(permissions);
  const page = await context.newPage();
  stack.defer(() => page.close());
  const debug = await context.newCDPSession(page);
  await debug.send("Storage.clearDataForOrigin", { origin: new URL(url).origin, storageTypes: "all" });
  await debug.detach();
  await page.addInitScript(stillProgress);
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: theme });
  const owned = stack.move();
  return { page, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
