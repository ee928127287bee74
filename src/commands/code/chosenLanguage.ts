import * as vscode from "vscode";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import type { CodeLanguage } from "../../export/code/languages.ts";
import { localize } from "../../ui/messages.ts";
import { pickOne } from "../../ui/quickPicks.ts";
import { workspaceMajor } from "./workspaceMajor.ts";

/** Where the code goes: an editor or a folder, or the clipboard. */
export type Destination = "editor" | "clipboard";

export interface ChosenCode {
  readonly language: CodeLanguage;
  readonly destination: Destination;
}

/** What the user chooses from. Of azurerm the major is another question. */
type Offered = Exclude<CodeLanguage, "azurerm4" | "azurerm5"> | "azurerm";

/** The name of each, and what it yields. */
const offered: Readonly<Record<Offered, readonly [name: Message, yields: Message]>> = {
  powershell: [verbatim("PowerShell"), message("One script with Az.Maintenance and Az.Compute")],
  "azure-cli": [verbatim("Azure CLI"), message("One bash script")],
  bicep: [verbatim("Bicep"), message("main.bicep with modules, and a script for the rest")],
  arm: [message("ARM template"), message("azuredeploy.json, and a script for the rest")],
  azurerm: [
    verbatim("Terraform (azurerm)"),
    message("main.tf for azurerm 4.x or 5.x, and a script for the rest"),
  ],
  azapi: [verbatim("Terraform (azapi)"), message("main.tf for azapi alone, and a script for the rest")],
};

/** Asks for a language, or for a script that is copied. Throws CancellationError where none is chosen. */
export async function chosenCode(title: string): Promise<ChosenCode> {
  const languages = Object.entries(offered) as [Offered, (typeof offered)[Offered]][];
  const chosen = await pickOne(
    [
      ...languages.map(([language, [label, yields]]) => ({
        label: localize(label),
        iconPath: new vscode.ThemeIcon("file-code"),
        description: localize(yields),
        language,
        destination: "editor" as const,
      })),
      { label: vscode.l10n.t("Clipboard"), kind: vscode.QuickPickItemKind.Separator },
      ...(["powershell", "azure-cli"] as const).map((language) => ({
        label: vscode.l10n.t("Copy as {0}", localize(offered[language][0])),
        iconPath: new vscode.ThemeIcon("copy"),
        language,
        destination: "clipboard" as const,
      })),
    ],
    { title, placeHolder: vscode.l10n.t("Choose a language; nothing is sent to Azure") },
  );
  if (!("language" in chosen)) throw new vscode.CancellationError();
  const { language, destination } = chosen;
  return { language: language === "azurerm" ? await chosenMajor(title) : language, destination };
}

/** The workspace's major of azurerm; where it leaves a choice, the user's. */
async function chosenMajor(title: string): Promise<CodeLanguage> {
  const major = await workspaceMajor();
  if (major !== undefined) return `azurerm${major}`;
  const rows = ([5, 4] as const).map((one) => ({ label: `azurerm ${one}.x`, major: one }));
  const placeHolder = vscode.l10n.t("Choose the version of the azurerm provider");
  return `azurerm${(await pickOne(rows, { title, placeHolder })).major}`;
}
