import { inLines } from "../core/text/visible.ts";

/** Markup that may stand in a page as it is. */
export interface Html {
  readonly markup: string;
}

/** What a template takes: text, which is escaped, and markup, which is not. */
export type Content = Html | string | number | undefined | readonly Content[];

/**
 * Markup from a template. Whatever is filled in is text, wherever it stands, unless it is markup of this function's: names and
 * words from Azure can't become tags, attributes or addresses, and hide nothing. Attributes are quoted in the template.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return { markup: String.raw({ raw: parts }, ...contents.map(markupOf)) };
}

/** `contents` with `between` them. */
export function separated(contents: readonly Content[], between: Content): Content {
  return contents.flatMap((content, index) => (index === 0 ? [content] : [between, content]));
}

function markupOf(content: Content): string {
  if (content === undefined) return "";
  if (typeof content === "string" || typeof content === "number") return escaped(String(content));
  return "markup" in content ? content.markup : content.map(markupOf).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return inLines(text).replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? "");
}
