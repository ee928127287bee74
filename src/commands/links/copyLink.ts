import * as vscode from "vscode";
import { isConfigurationId, isScaleSetId } from "../../core/resources/ids.ts";
import { mention } from "../../ui/statusBar.ts";
import { chosenResources } from "../chosenResources.ts";
import type { Handler } from "../handler.ts";
import { connectedAzure, type FleetAccess } from "../session/chosenAzure.ts";
import { linkTo } from "./link.ts";
import { cloudIn } from "./links.ts";

interface Options extends FleetAccess {
  /** Of this extension, with its publisher. */
  readonly extensionId: string;
}

/** Copies links that show the rows of the nodes to whoever opens them in VS Code, one a line. */
export const copyLink =
  ({ extensionId, ...fleet }: Options): Handler =>
  async (nodes, selected) => {
    const linkable = nodes.filter(
      ({ resourceId }) =>
        resourceId !== undefined && (isScaleSetId(resourceId) || isConfigurationId(resourceId)),
    );
    const ids = await chosenResources(fleet, linkable, { title: vscode.l10n.t("Copy Link"), selected });
    const cloud = cloudIn(await connectedAzure(fleet.session));
    const links = ids.flatMap((id) => linkTo({ id, cloud }, vscode.env.uriScheme, extensionId) ?? []);
    await vscode.env.clipboard.writeText(links.join("\n"));
    mention(vscode.l10n.t("Copied to the clipboard"));
  };
