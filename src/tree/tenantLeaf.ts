import { message, verbatim } from "../core/message.ts";
import type { ProblemKind } from "../core/problem.ts";
import type { FailedTenant } from "../fleet/snapshot.ts";
import { problemLeaf } from "./leaves.ts";
import type { Leaf } from "./node.ts";
import { inABreath, inARow } from "./view.ts";

/** What a sign-in of its own may put right. */
const signInHelps: ReadonlySet<ProblemKind> = new Set(["notSignedIn", "stepUpRefused"]);

/** A tenant whose subscriptions could not be listed, or an account whose tenants could not, with the way in. */
export function tenantLeaf(tenant: FailedTenant): Leaf {
  const { tenantId = "", account, displayName, problem } = tenant;
  const name = `tenant/${account?.id ?? ""}/${tenantId}`;
  const leaf = problemLeaf(undefined, name, verbatim(displayName), problem);
  const label = account === undefined || account.label === displayName ? undefined : verbatim(account.label);
  if (account === undefined || !signInHelps.has(problem.kind)) {
    return { ...leaf, view: { ...leaf.view, description: inARow(leaf.view.description, label) } };
  }
  const wayIn = message("sign in to see its subscriptions");
  return {
    ...leaf,
    tenant,
    view: {
      ...leaf.view,
      icon: { id: "sign-in" },
      description: inARow(wayIn, label),
      spoken: inABreath(verbatim(displayName), wayIn, label),
      contextValue: "problem;signIn",
    },
  };
}
