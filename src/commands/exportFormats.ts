import * as vscode from "vscode";
import { message, type Message } from "../core/text/message.ts";
import { localize } from "../ui/messages.ts";
import { pickOne } from "../ui/quickPicks.ts";

export type ExportFormat = "csv" | "json" | "markdown";

/** What each format is called, how its files end, and what it is for. */
const formats: Readonly<
  Record<ExportFormat, { readonly name: string; readonly ending: string; readonly purpose: Message }>
> = {
  csv: { name: "CSV", ending: "csv", purpose: message("Table for spreadsheets") },
  json: { name: "JSON", ending: "json", purpose: message("Data for scripts") },
  markdown: { name: "Markdown", ending: "md", purpose: message("Text for tickets and wikis") },
};

/** The name of a file in a format, and the filter that the dialog for saving it shows. */
export function fileIn(
  format: ExportFormat,
  name: string,
): { readonly name: string; readonly filters: Readonly<Record<string, string[]>> } {
  const { name: formatName, ending } = formats[format];
  return { name: `${name}.${ending}`, filters: { [formatName]: [ending] } };
}

/** Asks in which format something is exported, such as "4 changes". Throws CancellationError where none is chosen. */
export async function chosenFormat<F extends ExportFormat>(
  title: string,
  exported: Message,
  offered: readonly F[],
): Promise<F> {
  const rows = offered.map((format) => ({
    format,
    label: formats[format].name,
    description: localize(formats[format].purpose),
  }));
  const placeHolder = vscode.l10n.t("Export {0} as", localize(exported));
  return (await pickOne(rows, { title, placeHolder })).format;
}
