import { nameWithSet } from "../../core/resources/ids.ts";
import { inEnglish, joined, message, verbatim, type Message } from "../../core/text/message.ts";
import type { LeftOut, Plan } from "../../core/plans/plan.ts";
import { isConfirmed } from "./askAgain.ts";
import { alikeRows, changeRows } from "./changeRows.ts";
import type { FlowContext } from "../engine/context.ts";
import { someNames } from "../upgrades/fixRows.ts";
import { planOutline } from "./planOutline.ts";
import { planOnTwoLines } from "./planInWords.ts";
import { lastingRows } from "./planSummary.ts";
import { type Action, type Choice, type Fact, type PickQuestion, type Row } from "../engine/question.ts";
import { choice, fact, section } from "../engine/rows.ts";
import { whereTo } from "./whereTo.ts";

/** What a review shows besides the plan. */
export interface ReviewExtras {
  /** Answers that can be changed from here, under their heading: above the changes. */
  readonly answers?: readonly Row[] | undefined;
  /** Other ways, each a row whose value the flow turns into another plan. */
  readonly instead?: readonly Choice[] | undefined;
  /** After the changes and the warnings: the windows, the scale sets. */
  readonly details?: readonly Row[] | undefined;
}

/** The value of its first row, which applies the plan. */
export const apply = "apply";

/**
 * The preview that ends every flow: what the plan would change, what it leaves as it is and why. Nothing is sent before its first
 * row is chosen, and what can't be taken back is asked once more then.
 */
export function reviewOf(
  context: FlowContext,
  plan: Plan,
  { answers = [], instead = [], details = [] }: ReviewExtras = {},
): PickQuestion {
  const snapshot = context.snapshot();
  const { changes, warnings, leftOut } = plan;
  const openAll = () => context.showText(plan.title, planOutline(context.snapshot(), plan, details));
  const more = (label: Message): Action => ({ kind: "action", icon: "list-tree", label, run: openAll });
  return {
    kind: "pick",
    title: joined(" · ", [message("Review"), ...whereTo(context, plan)]),
    placeholder: message("Review before you apply"),
    isReview: true,
    document: openAll,
    confirm: async (value) => value !== apply || isConfirmed(context, plan),
    rows: [
      confirmation(context, plan),
      ...(changes.length > 0 ? [requests(context, plan), asCode(context, plan)] : []),
      ...(changes.length > 0 || leftOut.length > 0 ? [more(message("Open the full plan"))] : []),
      ...answers,
      ...changeRows(snapshot, changes, more),
      ...section(message("Can't be undone right away"), lastingRows(plan)),
      ...section(
        message("Warnings"),
        alikeRows(
          warnings.map((warning) => fact("warning", warning)),
          ({ label }) => label.template,
          ([first, ...others]) => ({
            label: message("{0} (+{1} more)", first.label, others.length),
          }),
          more,
        ),
      ),
      ...section(message("Other options"), instead),
      ...section(message("Not changed"), alikeRows(leftOut.map(leftOutRow), reasonOf, sameReason, more)),
      ...details,
    ],
  };
}

function confirmation(context: FlowContext, plan: Plan): Choice {
  const { changes, leftOut } = plan;
  if (changes.length === 0) {
    return choice("close", "close", message("Nothing to change"), {
      detail: message("The reasons are below."),
    });
  }
  const { label, rest } = planOnTwoLines(context, plan);
  const count = changes.length === 1 ? message("1 change") : message("{0} changes", changes.length);
  const counts =
    leftOut.length === 0 ? count : joined(", ", [count, message("{0} not changed", leftOut.length)]);
  return choice(apply, "check", label, {
    detail: rest === undefined ? counts : joined(" · ", [rest, counts]),
  });
}

function requests(context: FlowContext, plan: Plan): Row {
  return {
    kind: "action",
    icon: "json",
    label: message("Preview API requests"),
    run: () => context.showRequests(plan),
  };
}

function asCode(context: FlowContext, plan: Plan): Row {
  return {
    kind: "action",
    icon: "code",
    label: message("Export as Code…"),
    asks: true,
    run: () => context.exportAsCode(plan),
  };
}

function leftOutRow({ target, reason }: LeftOut): Fact {
  return fact("circle-slash", verbatim(nameWithSet(target)), reason);
}

const reasonOf = ({ detail }: Fact) => (detail === undefined ? "" : inEnglish(detail));

const sameReason = (rows: readonly [Fact, ...Fact[]]) => ({
  label: verbatim(someNames(rows.map(({ label }) => inEnglish(label)))),
  detail: rows[0].detail,
});
