import { nameOf, nameWithSet } from "../../core/resources/ids.ts";
import { indented, inEnglish, message, verbatim, type Message } from "../../core/text/message.ts";
import type { LeftOut, Plan } from "../../core/plans/plan.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Row } from "../engine/question.ts";
import { textOf } from "../engine/rows.ts";
import { changedValues } from "./changedValues.ts";
import { bySubject } from "./changeRows.ts";
import { planSummary } from "./planSummary.ts";

const empty = verbatim("");

/**
 * All that a plan would do: what it amounts to, the warnings by what they are about, what is left as it is by the reason, what else the review
 * tells, and then line by line what is changed of each resource.
 */
export function planOutline(snapshot: Snapshot, plan: Plan, details: readonly Row[]): readonly Message[] {
  const { changes, warnings, leftOut } = plan;
  return [
    ...planSummary(snapshot, plan),
    ...(warnings.length === 0 ? [] : [empty, message("{0} ({1})", message("Warnings"), warnings.length)]),
    ...[...Map.groupBy(warnings, ({ template }) => template).values()].flatMap((those) => those.map(listed)),
    ...(leftOut.length === 0 ? [] : [empty, message("{0} ({1})", message("Not changed"), leftOut.length)]),
    ...[...Map.groupBy(leftOut, ({ reason }) => inEnglish(reason)).values()].flatMap(leftOutLines),
    ...(details.length === 0 || details[0]?.kind === "group" ? [] : [empty]),
    ...details.flatMap((row) => (row.kind === "group" ? [empty, row.label] : textOf(row).map(indented))),
    ...(changes.length === 0 ? [] : [empty, message("All changes")]),
    ...bySubject(changes).flatMap(([subject, those]) => [
      empty,
      verbatim(nameOf(subject)),
      indented(verbatim(subject)),
      ...those.flatMap((change) => [
        listed(change.title),
        ...changedValues(change).map((value) => indented(indented(value))),
      ]),
    ]),
  ];
}

/** The targets that are left for one reason. */
function leftOutLines(those: readonly LeftOut[]): readonly Message[] {
  const [first] = those;
  if (first === undefined) return [];
  return [
    listed(those.length === 1 ? first.reason : message("{0} ({1})", first.reason, those.length)),
    ...those.map(({ target }) => indented(verbatim(`${nameWithSet(target)}  ${target}`))),
  ];
}

const listed = (line: Message): Message => ({ template: "- {0}", args: [line] });
