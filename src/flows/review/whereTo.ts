import type { Plan } from "../../core/plans/plan.ts";
import { distinctIds, subscriptionOf } from "../../core/resources/ids.ts";
import { joined, message, verbatim, type Message } from "../../core/text/message.ts";
import type { FlowContext } from "../engine/context.ts";

/** More accounts, and tenants of one account, than these are a number. */
const maxShown = 2;

/** VS Code's name of the public cloud. */
const publicCloud = "AzureCloud";

/**
 * Where a plan goes: the accounts through which its targets are reached, each with their tenants, and the cloud where it is not the public one.
 * Nothing in the sandbox, which the title of each flow names.
 */
export function whereTo(
  { azure, snapshot }: Pick<FlowContext, "azure" | "snapshot">,
  { changes, leftOut }: Pick<Plan, "changes" | "leftOut">,
): readonly Message[] {
  if (azure.origin === "sandbox") return [];
  const targets = (changes.length > 0 ? changes : leftOut).map(({ target }) => subscriptionOf(target));
  const { subscriptions } = snapshot();
  const reached = distinctIds(targets).flatMap((id) => {
    const through = subscriptions.get(id.toLowerCase())?.subscription.through;
    return through?.account === undefined ? [] : [{ account: through.account, tenant: through.tenantName }];
  });
  const accounts = [...Map.groupBy(reached, ({ account }) => account.id).values()].map((those) => {
    const tenants = [...new Set(those.map(({ tenant }) => tenant))];
    return joined(" · ", [verbatim(those[0]?.account.label ?? ""), some(tenants.map(verbatim))]);
  });
  const cloud = azure.cloud.name === publicCloud ? [] : [verbatim(azure.cloud.name)];
  return [...(accounts.length === 0 ? [] : [some(accounts)]), ...cloud];
}

function some(names: readonly Message[]): Message {
  const more = names.length - maxShown;
  const shown = joined(", ", names.slice(0, maxShown));
  return more <= 0 ? shown : message("{0} and {1} more", shown, more);
}
