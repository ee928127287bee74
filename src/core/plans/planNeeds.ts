import { idKey, isScaleSetId, subscriptionOf as subscriptionIn } from "../resources/ids.ts";
import type { IdKey } from "../resources/ids.ts";
import type { Message } from "../text/message.ts";
import { kindOf } from "./kinds/kinds.ts";
import type { Change, LeftOut, Plan } from "./plan.ts";

/**
 * Puts changes together, each told which others it needs: group and provider → configuration → associate → enable, and disable → dissociate
 * → delete, so that no set is left with upgrades on and no window by our doing. What is done to one set is done step by step (`Kind.step`). Of
 * several changes with one id the last counts.
 */
export function planOf(
  title: Message,
  changes: readonly Change[],
  leftOut: readonly LeftOut[] = [],
  warnings: readonly Message[] = [],
): Plan {
  const distinct = [...new Map(changes.map((change) => [change.id, change])).values()];
  const bySubject = Map.groupBy(distinct, setOf);
  const wired = distinct.map((change) => {
    const subject = setOf(change);
    // A change of a scale set needs what is done to the same set, or to none in particular: with thousands of sets, not all are looked at.
    const candidates =
      subject === undefined
        ? distinct
        : [...(bySubject.get(undefined) ?? []), ...(bySubject.get(subject) ?? [])];
    return { ...change, needs: candidates.filter((other) => needs(change, other)).map(({ id }) => id) };
  });
  return { title, changes: wired, leftOut, warnings };
}

/** Several plans as one. A change that is in more than one of them needs what it needs in each, and otherwise they do not wait for each other. */
export function plansTogether(title: Message, plans: readonly Plan[]): Plan {
  const alike = Map.groupBy(
    plans.flatMap(({ changes }) => changes),
    ({ id }) => id,
  );
  const changes = [...alike.values()].flatMap((those) => {
    const [first] = those;
    return first === undefined ? [] : { ...first, needs: [...new Set(those.flatMap(({ needs }) => needs))] };
  });
  return {
    title,
    changes,
    leftOut: plans.flatMap(({ leftOut }) => leftOut),
    warnings: plans.flatMap(({ warnings }) => warnings),
  };
}

/**
 * The scale set that a change is about; undefined for changes of other resources. Azure refuses a change of a set that it still updates
 * (409), and each step is a condition of those after it: of upgrades that are on, of mode Rolling, of instances that get the model.
 */
function setOf(change: Change): IdKey | undefined {
  const subject = kindOf(change).subject(change);
  return isScaleSetId(subject) ? idKey(subject) : undefined;
}

/** Of two changes that are about one scale set, or one of which is about none. */
function needs(change: Change, other: Change): boolean {
  // What only makes good a failure is waited for by nothing.
  if (other === change || other.onFailureOf !== undefined) return false;
  if (other.comesAfter?.includes(change.id) === true) return false;
  if (change.comesAfter?.includes(other.id) === true) return true;
  if (other.kind === "registerProvider")
    return maintenanceSubscriptionsOf(change).has(subscriptionKeyOf(other.target));
  const [step, before] = [stepOf(change), stepOf(other)];
  const isLaterStep = step !== undefined && before !== undefined && before < step;
  return isLaterStep || kindOf(change).needs?.(change, other) === true;
}

function stepOf(change: Change): number | undefined {
  const kind = kindOf(change);
  return kind.stepOf?.(change) ?? kind.step;
}

/** Lower-cased ids of the subscriptions in which Microsoft.Maintenance has to be registered for a change: the set's and the configuration's. */
export function maintenanceSubscriptionsOf(change: Change): ReadonlySet<string> {
  return new Set(kindOf(change).maintenanceIn?.(change).map(subscriptionKeyOf));
}

function subscriptionKeyOf(id: string): string {
  return subscriptionIn(id).toLowerCase();
}
