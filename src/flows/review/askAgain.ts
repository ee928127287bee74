/** What is asked once more, in a dialog over the review, of a plan that can't be taken back or acts outside maintenance windows. */
import { inverseMayBeRefused, whyNoInverse } from "../../core/plans/inverses.ts";
import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import type { Change, Plan } from "../../core/plans/plan.ts";
import { subjectOf } from "../../core/plans/subject.ts";
import { distinctIds, isConfigurationId, isScaleSetId, nameOf, sameId } from "../../core/resources/ids.ts";
import { inEnglish, joined, message, verbatim, type Message } from "../../core/text/message.ts";
import { scaleSetsInWords } from "./counts.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { FlowContext } from "../engine/context.ts";
import { doingOf, type Doing } from "./doings.ts";
import { leftOpen, rolledOut } from "./openHours.ts";
import { planInWords } from "./planInWords.ts";
import { whereTo } from "./whereTo.ts";

/** Why it is asked, and of which resources. */
interface Reason {
  readonly why: Message;
  /** Their ids. */
  readonly targets: readonly string[];
}

/** Whether the plan may be sent: asks where there is a reason to, once for the whole plan. */
export async function isConfirmed(context: FlowContext, plan: Plan): Promise<boolean> {
  const reasons = reasonsToAsk(context.snapshot(), plan.changes);
  if (reasons.length === 0) return true;
  const where = whereTo(context, plan);
  const [only, other] = distinctIds(plan.changes.map(subjectOf));
  // One that is the whole plan is named by the question.
  const isNamed = (targets: readonly string[]) =>
    other === undefined && targets.length === 1 && sameId(targets[0] ?? "", only ?? "");
  return context.confirm({
    question: message("{0}?", planInWords(context, plan)),
    detail: [
      ...reasons.flatMap(({ why, targets }) => [why, ...(isNamed(targets) ? [] : [namesInWords(targets)])]),
      ...(where.length === 0 ? [] : [joined(" · ", where)]),
    ],
    yes: yesTo(plan.changes),
  });
}

function reasonsToAsk(snapshot: Snapshot, changes: readonly Change[]): readonly Reason[] {
  const single = [
    ...changes.flatMap((change) => {
      const why = whyAsked(change);
      return why === undefined ? [] : [{ why, target: subjectOf(change) }];
    }),
    ...leftOpen(snapshot, changes).map(({ id }) => ({ why: leftWithoutWindow, target: id })),
    ...rolledOut(snapshot, changes).map(({ id }) => ({ why: updatedNow, target: id })),
  ];
  return [...Map.groupBy(single, ({ why }) => inEnglish(why)).values()].flatMap((those) => {
    const [first] = those;
    return first === undefined
      ? []
      : [{ why: first.why, targets: distinctIds(those.map(({ target }) => target)) }];
  });
}

const leftWithoutWindow = message(
  "Without a maintenance window, automatic OS upgrades can start at any time.",
);

const updatedNow = message(
  "Instances update now, outside any maintenance window. They may restart, and a changed image replaces their OS disks.",
);

/** They only add something, which has no inverse and takes nothing away. */
const harmless: ReadonlySet<ChangeKind> = new Set(["createResourceGroup", "registerProvider"]);

/** Why one change is asked about, whatever else its plan does: it acts at once, or what it takes does not come back. */
function whyAsked(change: Change): Message | undefined {
  if (harmless.has(change.kind)) return undefined;
  return atOnce[change.kind] ?? whyNoInverse(change) ?? inverseMayBeRefused(change);
}

const atOnce: Partial<Record<ChangeKind, Message>> = {
  startUpgrade: message("Starts now, outside any maintenance window. Replaced OS disks can't be restored."),
  approveUpgrade: message("Can continue now, even outside a window. Replaced OS disks can't be restored."),
  cancelUpgrade: message(
    "A cancelled upgrade can't continue. Upgraded instances keep the new image, the others the old one.",
  ),
  updateInstances: updatedNow,
};

const maxNames = 5;

/** "28 scale sets: a, b, c, d, e and 23 more". */
function namesInWords(ids: readonly string[]): Message {
  const names = verbatim(ids.slice(0, maxNames).map(nameOf).join(", "));
  const more = ids.length - maxNames;
  const listed = more <= 0 ? names : message("{0} and {1} more", names, more);
  const counted = ids.every(isScaleSetId)
    ? scaleSetsInWords(ids.length)
    : ids.every(isConfigurationId)
      ? message("{0} configurations", ids.length)
      : undefined;
  return ids.length === 1 || counted === undefined ? listed : message("{0}: {1}", counted, listed);
}

/** The button says what it does, where the plan does one thing. */
function yesTo(changes: readonly Change[]): Message {
  const [doing, second] = new Set(changes.map(doingOf));
  return (doing !== undefined && second === undefined ? buttons[doing] : undefined) ?? message("Apply");
}

const buttons: Partial<Record<Doing, Message>> = {
  startUpgrade: message("Start Now"),
  cancelUpgrade: message("Cancel Upgrade"),
  approveUpgrade: message("Approve"),
  updateInstances: message("Update Now"),
  deleteConfiguration: message("Delete"),
  dissociate: message("Remove"),
  enable: message("Turn On"),
};
