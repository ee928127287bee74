import * as vscode from "vscode";
import { inSlices } from "../../core/slices.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { localize } from "../../ui/messages.ts";
import type { Report } from "./reportInput.ts";

type Request = Exclude<NonNullable<ReturnType<Report["requestOf"]>>, { readonly kind: "ready" | "day" }>;

/** Does what the page of the fleet report asks for, as if the user had chosen it from a menu. */
export async function answer(request: Request, snapshot: Snapshot, report: Report): Promise<void> {
  switch (request.kind) {
    case "run":
      return run(request.command, request.ids);
    case "runOn":
      return runOnAll(
        request.command,
        report.setsOf(request.need, snapshot).map(({ id }) => id),
      );
    case "runOnShown": {
      const wording = { say: localize, locale: vscode.env.language };
      const rows = await inSlices(report.shownRows(snapshot, request.view, wording));
      return runOnAll(
        request.command,
        rows.map(({ id }) => id),
      );
    }
    case "reveal":
      await vscode.commands.executeCommand("scaleSetMaintenance.fleet.focus");
      await vscode.commands.executeCommand("scaleSetMaintenance.reveal", request.id);
      return;
    case "export": {
      const { format, view } = request;
      await vscode.commands.executeCommand("scaleSetMaintenance.exportFleetReport", {
        kind: "fleetReport",
        format,
        view,
      });
    }
  }
}

/** Chosen scale sets that no longer exist must not turn into "any scale set", which a command would ask for. */
async function runOnAll(command: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await run(command, ids);
}

async function run(command: string, ids: readonly string[]): Promise<void> {
  const targets = ids.map((resourceId) => ({ kind: "scaleSet", resourceId }));
  const args = targets.length === 0 ? [] : [undefined, targets];
  await vscode.commands.executeCommand(`scaleSetMaintenance.${command}`, ...args);
}
