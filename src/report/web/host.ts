import type { FromPage, View } from "../fleet/contract.ts";

/** What the page keeps while it is hidden, and over a reload of the window: how it is looked at, nothing of the fleet itself. */
export interface Kept {
  readonly view?: View;
  /** In pixels, of the page and of the table. */
  readonly top?: number;
  readonly tableTop?: number;
  readonly tableLeft?: number;
  /** The day of the calendar that is opened. */
  readonly day?: string;
}

interface Host {
  postMessage(message: FromPage): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
}

declare function acquireVsCodeApi(): Host;

/** VS Code around the page (https://code.visualstudio.com/api/extension-guides/webview). */
export const host: Host = acquireVsCodeApi();
