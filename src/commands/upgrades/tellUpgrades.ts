import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import type { EndedUpgrade } from "../../fleet/upgrades/upgradeWatch.ts";
import { localize } from "../../ui/messages.ts";
import { notify } from "../../ui/notify.ts";
import { endOfMany, endOfOne } from "./upgradeEnds.ts";

/** Tells in one notification how upgrades have ended, and what to do. */
export function tellUpgrades(
  ended: readonly EndedUpgrade[],
  origin: "none" | "azure" | "sandbox",
  log: Log,
): void {
  const [only, ...others] = ended;
  if (only === undefined) return;
  const { text, isGood } = others.length === 0 ? endOfOne(only) : endOfMany(ended);
  const nodes = ended.map(({ scaleSetId }) => ({ kind: "scaleSet", resourceId: scaleSetId }));
  const run = (command: string) => () =>
    vscode.commands.executeCommand(`scaleSetMaintenance.${command}`, undefined, nodes);
  const buttons = new Map<string, () => unknown>([
    [vscode.l10n.t("Upgrade History"), run("upgradeHistory")],
    ...(isGood ? [] : [[vscode.l10n.t("Explain"), run("explainEligibility")] as const]),
  ]);
  const { showInformationMessage, showWarningMessage } = vscode.window;
  const line = origin === "sandbox" ? vscode.l10n.t("Sandbox: {0}", localize(text)) : localize(text);
  notify(isGood ? showInformationMessage : showWarningMessage, line, buttons, log);
}
