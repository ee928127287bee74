import type { JsonObject } from "../resources/json.ts";
import type { ErrorDetail } from "../text/errorDetails.ts";
import { message, type Message } from "../text/message.ts";
import type { Problem } from "../text/problem.ts";
import { messageWithoutNames, withoutNames } from "../text/withoutNames.ts";
import { holdsSecrets } from "../text/withoutSecrets.ts";
import { withoutPeople } from "./kinds/configuration.ts";
import type { Change, Plan } from "./plan.ts";

/**
 * A plan as it may be kept: without the names of people in what it tells, and each change as it was confirmed, or without its bodies where they
 * could hold a secret. Never a part of a body: it would be sent as if that had been confirmed.
 */
export function keptPlan(plan: Plan): Plan {
  return {
    ...plan,
    changes: plan.changes.map(keptChange),
    leftOut: plan.leftOut.map(({ target, reason }) => ({ target, reason: messageWithoutNames(reason) })),
    warnings: plan.warnings.map(messageWithoutNames),
  };
}

function keptChange(change: Change): Change {
  const { before, takesAlong } = change;
  const kept: Change = {
    ...change,
    ...(before !== undefined && { before: withoutPeople(before) }),
    ...(takesAlong !== undefined && { takesAlong: takesAlong.map(withoutPeople) }),
  };
  if (!holdsSecrets(kept)) return kept;
  const { id, kind, target, title, needs, provided, onFailureOf } = change;
  return {
    id,
    kind,
    target,
    title,
    needs,
    ...(provided && { provided }),
    ...(onFailureOf !== undefined && { onFailureOf }),
    bodyNotKept: true,
  };
}

/** A failure as it may be kept. */
export function keptProblem(problem: Problem): Problem {
  const { summary, wayOut, detail, details } = problem;
  return {
    ...problem,
    summary: messageWithoutNames(summary),
    ...(wayOut !== undefined && { wayOut: messageWithoutNames(wayOut) }),
    ...(detail !== undefined && { detail: withoutNames(detail) }),
    ...(details !== undefined && { details: details.map(keptDetail) }),
  };
}

function keptDetail({ message: words, target, ...code }: ErrorDetail): ErrorDetail {
  return {
    ...code,
    ...(words !== undefined && { message: withoutNames(words) }),
    ...(target !== undefined && { target: withoutNames(target) }),
  };
}

/** What was read back as it may be kept: whole, since undoing compares with it, or not at all. */
export function keptReadBack(readBack: JsonObject): JsonObject | undefined {
  const kept = withoutPeople(readBack);
  return holdsSecrets(kept) ? undefined : kept;
}

/** Why a change of a kept plan can't be made again from it. */
export function whyNotMadeAgain(): Message {
  return message(
    "Its request wasn't saved, because it may contain a secret. Run its command again to make this change.",
  );
}

/** Of a change that was not sent and can't be any more. */
export function bodyNotKept({ title }: Pick<Change, "title">): Problem {
  return {
    kind: "validation",
    summary: message("Not sent: {0}. Its request wasn't saved, because it may contain a secret.", title),
    wayOut: message("Run its command again to make this change."),
  };
}

/** Of one that was sent, and whose end was not heard. */
export function notComparable({ title }: Pick<Change, "title">): Problem {
  return {
    kind: "validation",
    summary: message(
      "Not confirmed: {0}. It was sent, but its request wasn't saved, because it may contain a secret.",
      title,
    ),
    wayOut: message("Refresh to see what Azure has. If the change is missing, run its command again."),
  };
}
