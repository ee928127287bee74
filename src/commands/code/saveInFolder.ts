import { homedir } from "node:os";
import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import type { CodeFile } from "../../export/code/codeFile.ts";
import { confirm } from "../../ui/confirm.ts";
import { notify } from "../../ui/notify.ts";

/** Saves files in a folder that the user chooses, and opens the first. Asks before it replaces any. Throws CancellationError on Cancel. */
export async function saveInFolder(files: readonly CodeFile[], title: string, log: Log): Promise<void> {
  const names = files.map(({ path }) => path);
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("{0}: Choose a folder for {1} files", title.replace("…", ""), files.length),
      openLabel: vscode.l10n.t("Save {0} Files Here", files.length),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir()),
    })) ?? [];
  if (folder === undefined) throw new vscode.CancellationError();
  const placed = files.map((file) => ({ file, uri: vscode.Uri.joinPath(folder, ...file.path.split("/")) }));
  const taken = await Promise.all(placed.map(async ({ uri }) => isThere(uri)));
  const replaced = names.filter((_, index) => taken[index]);
  const folderName = folder.path.split("/").at(-1) ?? "";
  if (replaced.length > 0)
    await confirm(
      replaced.length === 1
        ? vscode.l10n.t("Replace 1 file in {0}?", folderName)
        : vscode.l10n.t("Replace {0} files in {1}?", replaced.length, folderName),
      replaced.join(", "),
      vscode.l10n.t("Replace"),
    );
  for (const { file, uri } of placed) await vscode.workspace.fs.writeFile(uri, bytesOf(file));
  const [first] = placed;
  if (first !== undefined) await vscode.window.showTextDocument(first.uri, { preview: false });
  const text = vscode.l10n.t("Saved {0} files in {1}", files.length, folderName);
  notify(vscode.window.showInformationMessage, text, new Map(), log);
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return false;
    throw error;
  }
}

function bytesOf({ text, encoding }: CodeFile): Uint8Array {
  return new TextEncoder().encode(encoding === "utf8bom" ? `\uFEFF${text}` : text);
}
