import * as vscode from "vscode";
import { inSlices } from "../../core/slices.ts";
import { mention } from "../../ui/statusBar.ts";
import { chosenScope } from "../chosenScope.ts";
import { loadExplainer, type ExplainerOptions } from "./explained.ts";
import type { Handler } from "../handler.ts";
import type { FleetAccess } from "../session/chosenAzure.ts";

type Options = FleetAccess & ExplainerOptions;

/** Puts what the page says into the clipboard, as Markdown for a ticket. */
export const copyExplanation =
  (options: Options): Handler =>
  async (nodes, selected) => {
    const scope = await chosenScope(options, nodes, {
      title: vscode.l10n.t("Copy Explanation as Markdown"),
      selected,
    });
    const { markdown } = await loadExplainer(options);
    await vscode.env.clipboard.writeText(await inSlices(markdown(scope)));
    mention(vscode.l10n.t("Copied to the clipboard"), "check");
  };
