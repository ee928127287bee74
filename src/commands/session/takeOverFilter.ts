import * as vscode from "vscode";

const done = "filterTakenOver";

/**
 * The first time that accounts are connected, begins with the subscriptions that the user chose in Microsoft's Azure Resources extension
 * (`"<tenant>/<subscription>"`), unless some are chosen here already.
 */
export async function takeOverFilter(storage: vscode.Memento): Promise<void> {
  if (storage.get(done, false)) return;
  await storage.update(done, true);
  const settings = vscode.workspace.getConfiguration("scaleSetMaintenance");
  const own = settings.inspect("subscriptions");
  if (own?.globalValue !== undefined || own?.workspaceValue !== undefined) return;
  const theirs = vscode.workspace
    .getConfiguration("azureResourceGroups")
    .inspect<readonly string[]>("selectedSubscriptions");
  const { Global, Workspace } = vscode.ConfigurationTarget;
  // VS Code hides this extension's settings of an untrusted workspace. Those of the other extension are ignored here.
  const { isTrusted } = vscode.workspace;
  for (const [entries, target] of [
    [theirs?.globalValue, Global],
    [isTrusted ? theirs?.workspaceValue : undefined, Workspace],
  ] as const) {
    const ids = entries?.flatMap((entry) => entry.split("/").at(-1) ?? []) ?? [];
    if (ids.length > 0) await settings.update("subscriptions", ids, target);
  }
}
