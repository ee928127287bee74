import { verbatim } from "../core/text/message.ts";
import type { Message } from "../core/text/message.ts";
import { bounded, inLines, oneLine } from "../core/text/visible.ts";
import { escapeMarkdown } from "../ui/markdown.ts";
import type { Tooltip, TooltipLine } from "./view.ts";

/** How much of a malformed item is shown. */
const maxJsonCharacters = 1_000;

/** The same of a text; of what Azure says to a failure the log has the rest. */
const maxTextCharacters = 2_000;

/** The tooltip as Markdown in which every text, whoever wrote it, shows as it is. */
export function tooltipMarkdown(
  { title, lines, table, json }: Tooltip,
  localize: (text: Message) => string,
): string {
  const show = (text: Message) => escapeMarkdown(bounded(oneLine(localize(text)), maxTextCharacters));
  const line = (shown: TooltipLine) => {
    if ("link" in shown) return `[${show(verbatim(shown.link))}](${encodeURI(shown.link)})`;
    return shown.name === undefined ? show(shown.text) : `${show(shown.name)}: ${show(shown.text)}`;
  };
  const row = (cells: readonly Message[]) =>
    `| ${cells.map((cell) => show(cell).replaceAll(/\s+/g, " ")).join(" | ")} |`;
  const grid =
    table === undefined
      ? []
      : [[row(table.head), `|${" --- |".repeat(table.head.length)}`, ...table.rows.map(row)].join("\n")];
  const source =
    json === undefined
      ? []
      : [codeBlock(inLines(JSON.stringify(json, undefined, 2).slice(0, maxJsonCharacters)))];
  return [`**${show(title)}**`, lines.map(line).join("  \n"), ...grid, ...source].join("\n\n");
}

/** A fence longer than any run of backticks within, so that the text can't end it. */
function codeBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}json\n${text}\n${fence}`;
}
