import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import { notify } from "../../ui/notify.ts";
import { chosenScope } from "../chosenScope.ts";
import { scopeOf } from "../scopes.ts";
import type { Handler } from "../handler.ts";
import type { FleetAccess } from "../session/chosenAzure.ts";
import type { EligibilityFactsReader } from "./eligibilityFactsReader.ts";

interface Options extends FleetAccess {
  readonly facts: EligibilityFactsReader;
  readonly log: Log;
}

/** Asks Azure which image versions the instances run and which is the newest, beside what else the conditions need. */
export const checkImageVersions =
  ({ session, store, facts, log }: Options): Handler =>
  async (nodes, selected) => {
    const scope = await chosenScope({ session, store }, nodes, {
      title: vscode.l10n.t("Check Image Versions"),
      selected,
    });
    await facts.read(scopeOf(scope, store.snapshot).records);
    const { records } = scopeOf(scope, store.snapshot);
    const explain = () =>
      vscode.commands.executeCommand("scaleSetMaintenance.explainEligibility", undefined, scope);
    const buttons = new Map([[vscode.l10n.t("Explain"), explain]]);
    notify(vscode.window.showInformationMessage, resultOf(records), buttons, log);
  };

function resultOf(records: readonly ScaleSetRecord[]): string {
  const states = records.flatMap(({ freshness }) => freshness?.state ?? []);
  const count = (state: string) => states.filter((one) => one === state).length;
  const [behind, unknown] = [count("behind"), count("unknown")];
  const checked =
    states.length === 1
      ? vscode.l10n.t("1 scale set checked: {0} behind the latest image.", behind)
      : vscode.l10n.t("{0} scale sets checked: {1} behind the latest image.", states.length, behind);
  return unknown === 0 ? checked : `${checked} ${vscode.l10n.t("Of {0} it can't be told.", unknown)}`;
}
