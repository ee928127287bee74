import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { style } from "./style.ts";

/** What every page is given. */
export interface PageFrame {
  /** BCP 47, of the display language. */
  readonly language: string;
  /** Random; lets the page's own style and script apply, and nothing else. */
  readonly nonce: string;
}

/** What a page has that runs a script. */
interface Scripted {
  /** The script's address. */
  readonly script: string;
  /** Its look, on top of that of every page. */
  readonly style: string;
  /** Of its body. */
  readonly className: string;
}

/**
 * A page in the look of the editor around it. It fetches nothing but its script, if it has one: all that one without can do is to link to
 * documentation and to the commands that its panel allows.
 */
export function documentOf(
  { language, nonce }: PageFrame,
  title: string,
  body: Html,
  scripted?: Scripted,
): string {
  const own = `'nonce-${nonce}'`;
  const policy = `default-src 'none'; style-src ${own}${scripted ? `; script-src ${own}` : ""}`;
  const { markup } = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style nonce="${nonce}">
          ${{ markup: style + (scripted?.style ?? "") }}
        </style>
      </head>
      <body class="${scripted?.className}">
        ${body} ${scripted && html`<script nonce="${nonce}" src="${scripted.script}"></script>`}
      </body>
    </html>`;
  return markup;
}
