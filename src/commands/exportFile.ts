import { homedir } from "node:os";
import * as vscode from "vscode";
import type { Log } from "../core/log.ts";
import { notify } from "../ui/notify.ts";

/** A file that a command exports. */
export interface Export {
  /** Of the command, as the dialog's title. */
  readonly title: string;
  /** Proposed; the user may choose another. */
  readonly name: string;
  readonly filters: Readonly<Record<string, string[]>>;
  /** Asked for once the user has said where the file goes. */
  readonly text: () => string | Promise<string>;
  /** What is said of it at the end, given the name of the file. */
  readonly said: (file: string) => string;
}

/** Asks where the file goes, writes it and offers to open it. Throws CancellationError when the user does not say where. */
export async function exportFile(log: Log, { title, name, filters, text, said }: Export): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    title,
    saveLabel: vscode.l10n.t("Export"),
    defaultUri: vscode.Uri.joinPath(folder, name),
    filters,
  });
  if (target === undefined) throw new vscode.CancellationError();
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(await text()));
  const open = () => vscode.commands.executeCommand("vscode.open", target);
  notify(
    vscode.window.showInformationMessage,
    said(target.path.split("/").at(-1) ?? ""),
    new Map([[vscode.l10n.t("Open File"), open]]),
    log,
  );
}
