import { message, verbatim } from "../../core/text/message.ts";
import type { ProblemKind } from "../../core/text/problem.ts";
import type { FailedTenant } from "../../fleet/snapshot/snapshot.ts";
import { problemLines } from "../../ui/problemReport.ts";
import { noteLeaf, problemLeaf } from "../leaves.ts";
import type { Leaf } from "../fleet/node.ts";
import { inABreath, inARow } from "../view.ts";

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

/** A tenant whose subscriptions are listed one by one without Resource Graph, and why. */
export function withoutGraphLeaf({ tenantId = "", account, displayName, problem }: FailedTenant): Leaf {
  const name = `withoutGraph/${account?.id ?? ""}/${tenantId}`;
  const says = message("listed without Resource Graph");
  return {
    ...noteLeaf(undefined, name, verbatim(displayName), { id: "info" }),
    view: {
      label: verbatim(displayName),
      description: inARow(says, problem.summary),
      icon: { id: "info" },
      tooltip: () => ({
        title: verbatim(displayName),
        lines: [
          {
            text: message(
              "Resource Graph failed, so each subscription is listed separately. This takes longer.",
            ),
          },
          ...problemLines(problem).map((text) => ({ text })),
        ],
      }),
      spoken: inABreath(verbatim(displayName), says, problem.summary),
      contextValue: "note",
      children: "none",
    },
  };
}
