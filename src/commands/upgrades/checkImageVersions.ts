import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import { joined, message } from "../../core/text/message.ts";
import { countOfScaleSets } from "../../ui/counts.ts";
import { localize } from "../../ui/messages.ts";
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

/** Asks Azure which image versions the instances run, which is the latest, and the other facts of the conditions. */
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
  const counts = joined(", ", [
    message("{0} behind the latest image", behind),
    ...(unknown === 0 ? [] : [message("{0} unknown", unknown)]),
  ]);
  return localize(message("{0} checked: {1}", countOfScaleSets(states.length), counts));
}
