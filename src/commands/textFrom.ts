import * as vscode from "vscode";
import { message } from "../core/text/message.ts";
import { Failure } from "../ui/failure.ts";

/** How much of a file is read at most: some 60,000 ids. */
const maxBytes = 10_000_000;

/** The text on the clipboard, or of a file that the user picks. Throws Failure where there is none. */
export async function textFrom(source: "clipboard" | "file"): Promise<string> {
  if (source === "clipboard") return vscode.env.clipboard.readText();
  const [file] =
    (await vscode.window.showOpenDialog({
      canSelectMany: false,
      title: vscode.l10n.t("Choose a file with resource IDs"),
      openLabel: vscode.l10n.t("Open"),
    })) ?? [];
  if (file === undefined) {
    throw new Failure({ kind: "cancelled", summary: message("No file selected.") });
  }
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > maxBytes) {
    throw new Failure({
      kind: "validation",
      summary: message("The file is larger than 10 MB."),
    });
  }
  const bytes = await vscode.workspace.fs.readFile(file);
  // Windows PowerShell writes its output so.
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isWide ? "utf-16le" : "utf-8").decode(bytes);
}
