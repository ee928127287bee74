import { again } from "../../core/plans/again.ts";
import { turnsOn } from "../../core/plans/kinds/automaticUpgrades.ts";
import { repairs } from "../../core/plans/upgradePlans.ts";
import { rollOutWarning } from "../../core/plans/windowsUpdate.ts";
import { windowsUpdateOf } from "../../core/resources/scaleSet.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Change, Plan } from "../../core/plans/plan.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import type { Now } from "../../core/plans/undo.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { FlowContext } from "../engine/context.ts";
import { reviewedFlow } from "../review/reviewedFlow.ts";
import { keepingWindows } from "./keepingWindows.ts";

/** Changes of a plan that are to be sent: what failed or was not sent, and what is there now of each, by target. */
export interface Retrying {
  readonly planId: string;
  readonly title: Message;
  readonly changes: readonly Change[];
  /** Those that need a change of which is not known what became of it. */
  readonly waiting?: readonly Change[];
  readonly now: ReadonlyMap<IdKey, Now>;
  /** Keys of the sets whose Windows Update is turned off first: Azure refused to enable upgrades while it is on. */
  readonly updatesOff?: ReadonlySet<IdKey>;
}

/** Shows what of a plan is left to be done, as things are now. */
export function retryFlow(context: FlowContext, retrying: Retrying): Promise<Plan | undefined> {
  const title = onceMore(retrying.title, message("Retry: {0}", retrying.title));
  return sendingFlow(context, "retryFailed", message("Retry Failed Changes"), { ...retrying, title });
}

/** The same of what waited for others that are done now. */
export function continueFlow(context: FlowContext, continuing: Retrying): Promise<Plan | undefined> {
  const title = onceMore(continuing.title, message("Continue: {0}", continuing.title));
  return sendingFlow(context, "continuePlan", message("Continue Changes"), { ...continuing, title });
}

function sendingFlow(
  context: FlowContext,
  id: string,
  title: Message,
  retrying: Retrying,
): Promise<Plan | undefined> {
  return reviewedFlow<{ readonly plan?: string }>(context, {
    id,
    title,
    given: { plan: retrying.planId },
    steps: [],
    plan: () => planFor(retrying, context.snapshot()),
  });
}

function planFor(retrying: Retrying, snapshot: Snapshot): Plan {
  const { title, changes, waiting = [], now } = retrying;
  const parts = changes.map((change) => ({
    target: change.target,
    made: again(change, now.get(idKey(change.target)) ?? "gone"),
  }));
  const { changes: sent, warnings } = withUpdatesOff(
    parts.flatMap(({ made }) => ("change" in made ? [made.change] : [])),
    retrying,
  );
  const kept = keepingWindows(sent, snapshot);
  const leftOut = parts.flatMap(({ target, made }) =>
    "reason" in made ? [{ target, reason: made.reason }] : [],
  );
  const held = waiting.map(({ target }) => ({
    target,
    reason: message("Waits for a change that isn't confirmed. Check again first."),
  }));
  return planOf(title, kept.changes, [...leftOut, ...kept.leftOut, ...held], [...warnings, ...kept.warnings]);
}

/** Before upgrades are enabled on a set where that is asked for, Windows Update goes off; and what that does to its machines. */
function withUpdatesOff(
  changes: readonly Change[],
  { now, updatesOff = new Set() }: Retrying,
): Pick<Plan, "changes" | "warnings"> {
  const parts = changes.map((change) => {
    const id = change.target;
    const found = now.get(idKey(id));
    const isRequested = turnsOn(change) && updatesOff.has(idKey(id));
    if (
      !isRequested ||
      typeof found !== "object" ||
      !("resource" in found) ||
      !windowsUpdateOf(found.resource)
    )
      return { changes: [change], warnings: [] };
    const set = { id, resource: found.resource };
    const off = repairs(set, { automaticUpdatesOff: true });
    return { changes: [...off, change], warnings: [rollOutWarning(set)] };
  });
  return {
    changes: parts.flatMap((part) => part.changes),
    warnings: parts.flatMap((part) => part.warnings),
  };
}

/** However often it is tried, the title says so once. */
function onceMore(title: Message, again: Message): Message {
  return title.template === again.template ? title : again;
}
