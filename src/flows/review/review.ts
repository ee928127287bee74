import { nameWithSet } from "../../core/resources/ids.ts";
import { inEnglish, message, verbatim } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { alikeTexts, changeRows, maxListedRows } from "./changeRows.ts";
import type { FlowContext } from "../engine/context.ts";
import { someNames } from "../upgrades/fixRows.ts";
import { moveRows } from "../associations/moveRows.ts";
import { planOutline } from "./planOutline.ts";
import { lastingRows, subscriptionRows } from "./planSummary.ts";
import { type Choice, type Fact, type PickQuestion, type Row } from "../engine/question.ts";
import { choice, fact, section } from "../engine/rows.ts";

/** What a review shows beside the plan. */
export interface ReviewExtras {
  /** Other ways, each a row whose value the flow turns into another plan. */
  readonly instead?: readonly Choice[] | undefined;
  /** After the changes and the warnings: the windows, the scale sets. */
  readonly details?: readonly Row[] | undefined;
}

/**
 * The preview that ends every flow: what the plan would change, what it leaves as it is and why. Nothing is sent before its first
 * row is chosen.
 */
export function reviewOf(
  context: FlowContext,
  plan: Plan,
  { instead = [], details = [] }: ReviewExtras = {},
): PickQuestion {
  return {
    kind: "pick",
    title: message("Review"),
    placeholder: message("Nothing has been sent to Azure yet"),
    rows: [
      confirmation(context, plan),
      ...(plan.changes.length > 0 ? [requests(context, plan)] : []),
      ...(isLong(plan) ? [everything(context, plan)] : []),
      ...changeRows(plan.changes),
      ...(isLong(plan) ? [...moveRows(plan), ...subscriptionRows(context.snapshot(), plan)] : []),
      ...section(message("Can’t be undone, or not at once"), lastingRows(plan)),
      ...section(
        message("Warnings"),
        alikeTexts(plan.warnings).map((warning) => fact("warning", warning)),
      ),
      ...section(message("Other ways"), instead),
      ...section(message("Left as they are"), leftOutRows(plan.leftOut)),
      ...details,
    ],
  };
}

/** Whether the review sums something up. */
export function isLong({ changes, warnings, leftOut }: Plan): boolean {
  return [changes, warnings, leftOut].some(({ length }) => length > maxListedRows);
}

function confirmation({ azure }: FlowContext, { title, changes, leftOut }: Plan): Choice {
  if (changes.length === 0) {
    return choice("close", "close", message("Close: there is nothing to change"), {
      detail: message("The reasons are below."),
    });
  }
  const count = changes.length;
  const left = leftOut.length;
  const detail = left === 0 ? title : message("{0}; left as they are, see below: {1}", title, left);
  const sandbox = azure.origin === "sandbox";
  const one = sandbox ? message("Apply 1 change in the Sandbox") : message("Apply 1 change");
  const many = sandbox
    ? message("Apply {0} changes in the Sandbox", count)
    : message("Apply {0} changes", count);
  return choice("apply", "check", count === 1 ? one : many, { detail });
}

function requests(context: FlowContext, plan: Plan): Row {
  return {
    kind: "action",
    icon: "json",
    label: message("Show the exact requests"),
    run: () => context.showRequests(plan),
  };
}

function everything(context: FlowContext, plan: Plan): Row {
  return {
    kind: "action",
    icon: "list-tree",
    label: message("Show every change, warning and reason"),
    run: () => context.showText(plan.title, planOutline(context.snapshot(), plan)),
  };
}

function leftOutRows(leftOut: Plan["leftOut"]): readonly Fact[] {
  if (leftOut.length <= maxListedRows) return leftOut.map(leftOutRow);
  const alike = Map.groupBy(leftOut, ({ reason }) => inEnglish(reason));
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const names = [first, ...others].map(({ target }) => nameWithSet(target));
    return [{ ...leftOutRow(first), label: verbatim(someNames(names)) }];
  });
}

function leftOutRow({ target, reason }: Plan["leftOut"][number]): Fact {
  return { kind: "fact", icon: "circle-slash", label: verbatim(nameWithSet(target)), detail: reason };
}
