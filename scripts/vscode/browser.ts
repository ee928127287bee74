import { chromium, type Browser, type LaunchOptions } from "playwright-core";
import { atEnd } from "../bootstrap/cleanup.mjs";
import { findChromium } from "./chromium.ts";
import { unusedPort } from "./ports.ts";

/** Starts Chromium so that it talks to nobody but the pages it shows. */
export async function openBrowser(): Promise<{ browser: Browser } & AsyncDisposable> {
  const browser = await chromium.launch(await quiet());
  const owned = atEnd(() => browser.close());
  return { browser, [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose]() };
}

/** Starts Chromium for others to use, one after the other: what it has loaded and compiled once it keeps for all of them. */
export async function lendBrowser(): Promise<{ address: string } & AsyncDisposable> {
  const port = await unusedPort();
  const browser = await chromium.launch(await quiet(`--remote-debugging-port=${port}`));
  const owned = atEnd(() => browser.close());
  return {
    address: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

async function quiet(...more: readonly string[]): Promise<LaunchOptions> {
  return {
    executablePath: await findChromium(),
    handleSIGINT: false, // atEnd does
    handleSIGTERM: false,
    handleSIGHUP: false,
    chromiumSandbox: false, // it refuses to run as root and in most containers, and only our own pages are shown
    args: [
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      ...more,
    ],
  };
}
