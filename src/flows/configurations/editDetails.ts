import { message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import type { FlowContext } from "../engine/context.ts";
import { dependantRows, dependantsOf } from "./dependants.ts";
import type { Row } from "../engine/question.ts";
import { section } from "../engine/rows.ts";
import { comparedWindows } from "../schedule/windowRows.ts";

/** What the review of an edited configuration shows below the change: old and new windows, and whom they are for. Nothing without a change. */
export function editDetails(context: FlowContext, { changes }: Plan): readonly Row[] {
  const edit = changes.find(({ kind }) => kind === "updateConfiguration");
  if (edit?.before === undefined || edit.after === undefined) return [];
  return [...comparedWindows(context, edit.before, edit.after), ...touchedSets(context, edit.target)];
}

/** The scale sets whose upgrades a configuration controls, under their heading. */
export function touchedSets(context: FlowContext, configurationId: string): readonly Row[] {
  const snapshot = context.snapshot();
  return section(
    message("Affected scale sets"),
    dependantRows(snapshot, dependantsOf(snapshot, configurationId)),
  );
}
