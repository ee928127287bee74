/** What a plan amounts to, counted: by kind of change, from which configuration to which, and by subscription. */
import { subjectOf } from "../../core/plans/subject.ts";
import { idKey, subscriptionOf } from "../../core/resources/ids.ts";
import { inverseMayBeRefused, whyNoInverse } from "../../core/plans/inverses.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import type { Change, Plan } from "../../core/plans/plan.ts";
import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { moveInWords, movesOf } from "../associations/moveRows.ts";
import type { Fact, Row } from "../engine/question.ts";
import { fact, section } from "../engine/rows.ts";
import { subscriptionName } from "../scaleSets/subscriptions.ts";

const kinds: Readonly<Record<ChangeKind, Message>> = {
  createResourceGroup: message("Resource groups that are created"),
  registerProvider: message("Resource providers that are registered"),
  createConfiguration: message("Configurations that are created"),
  updateConfiguration: message("Configurations that are changed"),
  deleteConfiguration: message("Configurations that are deleted"),
  associate: message("Associations that are made"),
  dissociate: message("Associations that are removed"),
  setUpgradePolicy: message("Upgrade policies that are changed"),
  setImageReference: message("Images that are changed"),
  setAutomaticUpdates: message("Windows updates that are turned off or on"),
  setPatchSettings: message("Patch settings that are changed"),
  addHealthExtension: message("Health extensions that are added"),
  updateInstances: message("Scale sets whose instances get the latest model"),
  startUpgrade: message("OS upgrades that are started"),
  cancelUpgrade: message("OS upgrades that are cancelled"),
  approveUpgrade: message("OS upgrades that are approved"),
};

/** A count and what is counted. */
interface Counted {
  readonly count: number;
  readonly what: Message;
}

function byKind(changes: readonly Change[]): readonly Counted[] {
  return [...Map.groupBy(changes, ({ kind }) => kind)].map(([kind, those]) => ({
    count: those.length,
    what: kinds[kind],
  }));
}

function bySubscription(snapshot: Snapshot, changes: readonly Change[]): readonly Counted[] {
  const groups = Map.groupBy(changes, (change) => subscriptionOf(idKey(subjectOf(change))));
  return [...groups]
    .map(([id, those]) => {
      const resources = new Set(those.map((change) => idKey(subjectOf(change)))).size;
      const what = message("{0}: changes of {1} resources", subscriptionName(snapshot, id), resources);
      return { count: those.length, what };
    })
    .toSorted((a, b) => b.count - a.count);
}

/** What of a plan can't be taken back, or not at once, and why. */
function lasting(changes: readonly Change[]): readonly (Counted & { readonly why: Message })[] {
  const marked = changes.flatMap((change) => {
    const why = whyNoInverse(change);
    const later = why === undefined ? inverseMayBeRefused(change) : undefined;
    if (why !== undefined) return [{ key: `${change.kind} no`, change, why }];
    return later === undefined ? [] : [{ key: `${change.kind} later`, change, why: later }];
  });
  return [...Map.groupBy(marked, ({ key }) => key).values()].flatMap((those) => {
    const [first] = those;
    return first === undefined ? [] : { count: those.length, what: kinds[first.change.kind], why: first.why };
  });
}

/** Rows for the review: what can't be undone, or not at once. */
export function lastingRows({ changes }: Plan): readonly Fact[] {
  return lasting(changes).map(({ count, what, why }) =>
    fact("discard", message("{0}: {1}", what, count), why),
  );
}

/** Rows for the review of a plan that is too long to be read: how much of it is where. */
export function subscriptionRows(snapshot: Snapshot, { changes }: Plan): readonly Row[] {
  return section(
    message("By subscription"),
    bySubscription(snapshot, changes).map(({ count, what }) =>
      fact("key", message("{0} – {1}", what, count)),
    ),
  );
}

/** The same for a document: tables whose first column is a count. */
export function planSummary(snapshot: Snapshot, plan: Plan): readonly Message[] {
  const { changes } = plan;
  const moves = movesOf(plan).map((move) => ({ count: move.scaleSets.length, what: moveInWords(move) }));
  return [
    ...table(message("Changes:"), byKind(changes)),
    ...table(message("From → to, in scale sets:"), moves),
    ...table(message("By subscription:"), bySubscription(snapshot, changes)),
    ...table(
      message("What can't be undone, or not at once:"),
      lasting(changes).map(({ count, what, why }) => ({ count, what: message("{0}. {1}", what, why) })),
    ),
  ];
}

function table(heading: Message, rows: readonly Counted[]): readonly Message[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(({ count }) => String(count).length));
  const lines = rows.map(({ count, what }): Message => ({
    template: "    {0}  {1}",
    args: [String(count).padStart(width), what],
  }));
  return [verbatim(""), heading, ...lines];
}
