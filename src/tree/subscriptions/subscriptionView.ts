import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { SubscriptionRecord } from "../../fleet/snapshot/snapshot.ts";
import { attentionOf, behindOf, checkedLine, countOf } from "../counts.ts";
import { moreToCome } from "../fleet/arriving.ts";
import type { Scene } from "../fleet/scene.ts";
import { inABreath, inARow } from "../view.ts";
import { problemLines } from "../../ui/problemReport.ts";
import type { NodeView, TooltipLine } from "../view.ts";

/** Up to this many subscriptions are open from the start. */
const maxExpandedSubscriptions = 5;

/** What Azure says of a subscription that is not enabled, in words; a state that is not known as Azure has it. */
function stateOf({ state }: SubscriptionRecord["subscription"]): Message | undefined {
  if (state === undefined) return undefined;
  return states.get(state.toLowerCase()) ?? verbatim(state);
}

const states: ReadonlyMap<string, Message> = new Map([
  ["warned", message("warned")],
  ["pastdue", message("past due")],
  ["disabled", message("disabled")],
  ["deleted", message("deleted")],
]);

const byLists = message("listed without Resource Graph");

/** Why the subscription is listed without Resource Graph. */
function withoutGraph(problem: Problem): readonly TooltipLine[] {
  return [
    { text: message("Resource Graph failed, so each subscription is listed separately. This takes longer.") },
    ...problemLines(problem).map((text) => ({ text })),
  ];
}

export function subscriptionView({ subscription, graphProblem }: SubscriptionRecord, scene: Scene): NodeView {
  const { subscriptionId, displayName, tenantId, through } = subscription;
  const { account, tenantName } = through;
  const sets = scene.layout.groups.get(subscriptionId.toLowerCase()) ?? [];
  const attention = attentionOf(sets);
  const behind = behindOf(sets);
  const state = stateOf(subscription);
  const more = moreToCome(scene.snapshot, subscriptionId.toLowerCase());
  const nothing = more === undefined ? message("nothing to fix") : undefined;
  return {
    label: verbatim(displayName),
    description: inARow(state, countOf(sets), attention, behind, more, graphProblem && byLists),
    icon: { id: state === undefined ? "key" : "warning" },
    tooltip: () => ({
      title: verbatim(displayName),
      lines: [
        { name: message("Subscription ID"), text: verbatim(subscriptionId) },
        { name: message("Tenant ID"), text: verbatim(tenantId) },
        { name: message("Accessed through tenant"), text: verbatim(tenantName) },
        ...(state ? [{ name: message("State"), text: state }] : []),
        ...(account ? [{ name: message("Account"), text: verbatim(account.label) }] : []),
        ...(attention ? [{ text: attention }] : []),
        ...checkedLine(sets),
        ...(graphProblem ? withoutGraph(graphProblem) : []),
      ],
    }),
    spoken: inABreath(
      message("Subscription {0}", displayName),
      state,
      countOf(sets),
      attention ?? nothing,
      behind,
      more,
      graphProblem && byLists,
    ),
    contextValue: "subscription",
    children: scene.snapshot.subscriptions.size <= maxExpandedSubscriptions ? "expanded" : "collapsed",
  };
}
