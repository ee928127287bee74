import * as vscode from "vscode";
import { mention } from "../../ui/statusBar.ts";
import { chosenResources } from "../chosenResources.ts";
import type { Handler } from "../handler.ts";
import type { FleetAccess } from "../session/chosenAzure.ts";

/** Copies the ids of the nodes, one a line. */
export const copyResourceId =
  (fleet: FleetAccess): Handler =>
  async (nodes, selected) => {
    const ids = await chosenResources(fleet, nodes, {
      title: vscode.l10n.t("Copy Resource ID"),
      selected,
    });
    await vscode.env.clipboard.writeText(ids.join("\n"));
    mention(vscode.l10n.t("Copied to the clipboard"));
  };
