import { oneLine } from "../core/text/visible.ts";

/**
 * Text as Markdown that shows exactly that text. Names and words from Azure are data: without this a name could draw a link,
 * an image, a table or a `$(codicon)`. Line breaks stay line breaks.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]()#+\-.!~|<>$&:@^=]/g, String.raw`\$&`)
    .replaceAll(/^[ \t]+/gm, "")
    .replaceAll(/\r?\n/g, "  \n");
}

/**
 * The same for text within a line that is not its beginning, with as few backslashes as that takes: for Markdown that is read raw too,
 * such as in a ticket. Line breaks become spaces, and nothing is hidden.
 */
export function escapeInline(text: string): string {
  return oneLine(text)
    .replaceAll(/[\\`*_[\]~|<>$&@]/g, String.raw`\$&`)
    .replaceAll(/\s+/g, " ");
}

/** A table of cells that are Markdown already. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => "---"), ...rows].map(tableRow).join("\n");
}

/** One row of such a table. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Text as code within a line, sign by sign; it may stand in a table. */
export function codeSpan(text: string): string {
  const line = oneLine(text)
    .replaceAll(/\s+/g, " ")
    .replaceAll("|", String.raw`\|`);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}
