import { message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { setAutomaticUpgrades } from "../../core/plans/plans.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import type { FlowContext, FlowStart } from "../engine/context.ts";
import { overScaleSets, planOverSets } from "../scaleSets/overScaleSets.ts";
import { listWhere, type ScaleSetAnswers } from "../scaleSets/scaleSetSteps.ts";
import {
  setsIn,
  windowsUpdateRows,
  windowsUpdateTurn,
  withWindowsUpdate,
  type WindowsUpdateAnswers,
} from "./windowsUpdate.ts";

interface Answers extends ScaleSetAnswers, WindowsUpdateAnswers {}

/** Asks for the scale sets whose automatic OS upgrades are to be disabled. */
export function disableUpgradesFlow(context: FlowContext, start: FlowStart = {}): Promise<Plan | undefined> {
  return overScaleSets<Answers>(context, start, {
    id: "disableAutomaticUpgrades",
    title: message("Disable Automatic OS Upgrades"),
    listOf: (snapshot) =>
      listWhere(snapshot, ({ resource }) => automaticUpgradesOf(resource), message("upgrades already off")),
    plan: (answers) =>
      planOverSets(context, message("Disable Automatic OS Upgrades"), answers, (set, picking) =>
        withWindowsUpdate(setAutomaticUpgrades(set, false, picking), () => set, answers),
      ),
    details: (plan) => windowsUpdateRows(plan, setsIn(context.snapshot())),
    turn: windowsUpdateTurn,
  });
}
