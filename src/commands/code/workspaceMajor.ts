import * as vscode from "vscode";
import { loadCodeExport } from "../../export/door.ts";
import { withLateProgress } from "../../ui/run.ts";

/** How many files are read at most, and how large one may be, in bytes: what requires a provider is a small file of one's own. */
const maxFiles = 200;
const maxBytes = 256_000;

/** The major of the azurerm provider that the workspace's Terraform files say; undefined where they leave a choice, or may not be read. */
export async function workspaceMajor(): Promise<4 | 5 | undefined> {
  if (!vscode.workspace.isTrusted || vscode.workspace.workspaceFolders === undefined) return undefined;
  const { providerMajor } = await loadCodeExport();
  const files = await withLateProgress(
    vscode.l10n.t("Looking for the version of azurerm…"),
    async (signal) => {
      const cancelled = new vscode.CancellationTokenSource();
      signal.addEventListener("abort", () => cancelled.cancel());
      const found = await vscode.workspace.findFiles(
        "**/{.terraform.lock.hcl,*.tf}",
        "**/{.terraform,node_modules}/**",
        maxFiles,
        cancelled.token,
      );
      signal.throwIfAborted();
      return Promise.all(found.map(readFile));
    },
  );
  return providerMajor(files);
}

async function readFile(uri: vscode.Uri): Promise<{ readonly name: string; readonly text: string }> {
  const { size } = await vscode.workspace.fs.stat(uri);
  const bytes = size > maxBytes ? new Uint8Array() : await vscode.workspace.fs.readFile(uri);
  return { name: uri.path, text: new TextDecoder().decode(bytes) };
}
