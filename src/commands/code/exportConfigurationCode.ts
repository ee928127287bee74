import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import { isScaleSetId, parseId } from "../../core/resources/ids.ts";
import { inSlices } from "../../core/slices.ts";
import { message } from "../../core/text/message.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { FleetView } from "../../tree/fleet/fleetView.ts";
import type { TreeNode } from "../../tree/treeNode.ts";
import { Failure } from "../../ui/failure.ts";
import { pickMany } from "../../ui/quickPicks.ts";
import type { Target } from "../../report/links.ts";
import { setsBelow } from "../flowStart.ts";
import type { Handler } from "../handler.ts";
import { chosenAzure, type FleetAccess } from "../session/chosenAzure.ts";
import { resourceIdsOf } from "../targets.ts";
import { currentResources } from "./currentResources.ts";
import { exportAsCode } from "./writtenCode.ts";

interface Options extends FleetAccess {
  readonly fleetView: FleetView;
  readonly log: Log;
}

/** Exports what rows stand for, as Azure has it, as code: configurations, associations and the upgrade policies of scale sets. */
export const exportConfigurationCode =
  ({ session, store, fleetView, log }: Options): Handler =>
  async (nodes, selected) => {
    const azure = await chosenAzure(session);
    const title = vscode.l10n.t("Export Configuration as Code");
    const { snapshot } = store;
    const { chosen, scaleSetIds } =
      nodes.length > 0
        ? { chosen: nodes, scaleSetIds: setsBelow(nodes, { store, fleetView }) }
        : await picked(snapshot, title, selected);
    const current = await inSlices(currentResources(chosen, scaleSetIds, snapshot));
    if (current.configurations.length + current.scaleSets.length === 0)
      throw new Failure({
        kind: "validation",
        summary: message("Nothing to export"),
        wayOut: message("Select configurations or scale sets."),
      });
    await exportAsCode(
      {
        title,
        azure,
        write: (code, language, context, signal) => code.exportCurrent(language, current, context, signal),
      },
      log,
    );
  };

/** From the palette the user picks; what is selected in the Fleet view comes ticked. */
async function picked(snapshot: Snapshot, title: string, selected: readonly TreeNode[]) {
  const ticked = new Set(resourceIdsOf(selected));
  const itemOf = (id: string, name: string, icon: string) => ({
    label: name,
    iconPath: new vscode.ThemeIcon(icon),
    description: parseId(id)?.resourceGroup ?? "",
    picked: ticked.has(id),
    id,
  });
  const heading = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const configurations = [...snapshot.configurations.values()].filter(({ resource }) => isOsImage(resource));
  const chosen = await pickMany(
    [
      heading(vscode.l10n.t("Maintenance configurations")),
      ...configurations.map(({ id, name }) => itemOf(id, name, "calendar")),
      heading(vscode.l10n.t("Scale sets")),
      ...[...snapshot.scaleSets.values()].map(({ id, name }) => itemOf(id, name, "server")),
    ],
    {
      title,
      placeHolder: vscode.l10n.t("Search by name or resource group"),
      none: vscode.l10n.t("Select at least one configuration or scale set (Space)"),
    },
  );
  const ids = chosen.flatMap((item) => ("id" in item ? [item.id] : []));
  const nodes = ids.map((resourceId): Target => ({ kind: "resource", resourceId }));
  return { chosen: nodes, scaleSetIds: ids.filter(isScaleSetId) };
}
