import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { style } from "./style.ts";

/** What every page is given. */
export interface PageFrame {
  /** BCP 47, of the display language. */
  readonly language: string;
  /** Random; lets the page's own style apply, and nothing else. */
  readonly nonce: string;
}

/**
 * A page in the look of the editor around it. It runs no script and fetches nothing: all that it can do is to link to documentation
 * and to the commands that its panel allows.
 */
export function documentOf({ language, nonce }: PageFrame, title: string, body: Html): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'`;
  const { markup } = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style nonce="${nonce}">
          ${{ markup: style }}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html>`;
  return markup;
}
