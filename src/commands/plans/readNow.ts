import * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import { loadArm } from "../../azure/door.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { saysNotFound } from "../../core/text/problem.ts";
import type { Now } from "../../core/plans/undo.ts";
import { forEachLimited } from "../../core/limit.ts";
import { problemLine } from "../../ui/problemReport.ts";
import { withProgress } from "../../ui/run.ts";

/** Reads what is there now under each id, the target of a change. Throws CancellationError when the user cancels it. */
export async function readNow(azure: Azure, ids: readonly string[]): Promise<ReadonlyMap<IdKey, Now>> {
  const targets = [...new Map(ids.map((id) => [idKey(id), id]))];
  const now = new Map<IdKey, Now>();
  const title = vscode.l10n.t("Loading current values");
  await withProgress(title, async (report, signal) => {
    await forEachLimited(targets, async ([key, id]) => {
      if (signal.aborted) return;
      now.set(key, await readOne(azure, id, signal));
      const message = vscode.l10n.t("{0} of {1}", now.size, targets.length);
      report({ increment: 100 / targets.length, message });
    });
    if (signal.aborted) throw new vscode.CancellationError();
  });
  return now;
}

async function readOne(azure: Azure, id: string, signal: AbortSignal): Promise<Now> {
  try {
    return { resource: await azure.read(id, signal) };
  } catch (error) {
    const problem = (await loadArm()).problemOf(error);
    return saysNotFound(problem) ? "gone" : { unread: problemLine(problem) };
  }
}
