import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import { flowCommands } from "../flowCommands.ts";
import type { FlowRunner } from "../flowRunner.ts";
import type { ShownFleet } from "../flowStart.ts";
import type { Handler } from "../handler.ts";
import { keptPlan, type KeptPlans } from "../plans/chosenPlan.ts";
import { connectedAzure } from "../session/chosenAzure.ts";
import type { Session } from "../session/session.ts";
import { planQuestion } from "./exportPlanCode.ts";
import { handOver, sourceOf } from "./writtenCode.ts";

interface Options extends KeptPlans, ShownFleet {
  readonly session: Session;
  readonly flows: FlowRunner;
  readonly log: Log;
}

/**
 * Copies a plan that was applied as a script, or the plan of a step that a page recommends: its flow is taken up to the review, which is not
 * shown.
 */
export const copyAsCode =
  (
    language: "powershell" | "azure-cli",
    { session, flows, store, fleetView, log, ...plans }: Options,
  ): Handler =>
  async (nodes, selected) => {
    const title = vscode.l10n.t("Copy Changes as Code");
    const azure = await connectedAzure(session);
    const [step] = nodes.flatMap((node) => ("step" in node ? [node.step] : []));
    if (step === "setUp" || step === "enableAutomaticUpgrades") {
      const run: FlowRunner["run"] = async (flow, how) =>
        handOver(sourceOf(title, azure, await flows.planOf(flow, how)), language, "clipboard", log);
      return flowCommands({ flows: { run }, store, fleetView, log })[step](nodes, selected);
    }
    const { kept } = await keptPlan(plans, nodes, planQuestion(title));
    await handOver(sourceOf(title, azure, kept.plan), language, "clipboard", log);
  };
