import { chromium, type Browser } from "playwright-core";
import { atEnd } from "../bootstrap/cleanup.mjs";
import { findChromium } from "./chromium.ts";

/** Starts Chromium so that it talks to nobody but the pages it shows. */
export async function openBrowser(): Promise<{ browser: Browser } & AsyncDisposable> {
  const browser = await chromium.launch({
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
    ],
  });
  const owned = atEnd(() => browser.close());
  return { browser, [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose]() };
}
