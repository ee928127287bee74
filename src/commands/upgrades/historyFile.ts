import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as vscode from "vscode";
import type { FollowedAzure } from "../../fleet/upgrades/followedUpgrades.ts";
import type { HistoryFile } from "../../fleet/upgrades/history.ts";
import { inMemory } from "../../fleet/upgrades/historyKeeper.ts";

/** The file of an Azure's history in the extension's storage, which all windows of the user's share. VS Code's own file API can't append. */
export function historyFileOf(storage: vscode.Uri, { endpoint, isLasting }: FollowedAzure): HistoryFile {
  if (!isLasting) return inMemory();
  const { host } = new URL(endpoint);
  const path = vscode.Uri.joinPath(storage, `upgrades-${host.replaceAll(/[^\w.-]/g, "-")}.jsonl`).fsPath;
  return {
    read: async () => {
      try {
        return await readFile(path, "utf8");
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
        throw error;
      }
    },
    append: async (text) => {
      await mkdir(dirname(path), { recursive: true });
      await appendFile(path, text);
    },
  };
}
