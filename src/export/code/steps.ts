import { withoutPeople } from "../../core/plans/kinds/configuration.ts";
import type { Change } from "../../core/plans/plan.ts";
import { message } from "../../core/text/message.ts";
import { holdsSecrets } from "../../core/text/withoutSecrets.ts";
import { inOrder } from "./order.ts";

/** One change in a script, and what makes it good where it fails. */
export interface Step {
  readonly change: Change;
  /** From 1, as comments count them. */
  readonly number: number;
  readonly remedies: readonly Step[];
}

/** The changes of a plan as the steps of a script. Throws where `inOrder` finds no order: what reads plans refuses those. */
export function stepsOf(changes: readonly Change[]): readonly Step[] {
  const ordered = inOrder(changes);
  if (ordered === undefined)
    throw new Error("The changes need each other in a circle, or one that is missing.");
  const numbered = ordered.map((change, index) => ({ change, number: index + 1 }));
  const remediesFor = Map.groupBy(numbered, ({ change }) => change.onFailureOf);
  const stepOf = ({ change, number }: (typeof numbered)[number]): Step => ({
    change,
    number,
    remedies: (remediesFor.get(change.id) ?? []).map(stepOf),
  });
  return (remediesFor.get(undefined) ?? []).map(stepOf);
}

/** Whether nobody knows the request of a change any more, or it holds a secret: a script stops there. */
export function isUnsayable({ bodyNotKept, before = {}, after }: Change): boolean {
  return bodyNotKept === true || holdsSecrets(withoutPeople(before)) || holdsSecrets(after);
}

/** What stands in a script in place of such a request. */
export const requestMissing = message(
  "Its request isn't here, because it may hold a secret. Make this change yourself, then remove this line.",
);
