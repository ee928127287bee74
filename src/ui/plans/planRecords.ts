import { subjectOf } from "../../core/plans/subject.ts";
import { nameOf, nameWithSet, parseId } from "../../core/resources/ids.ts";
import type { Message } from "../../core/text/message.ts";
import type { ChangeResult, Plan } from "../../core/plans/plan.ts";
import { escapeInline, markdownTable } from "../markdown.ts";
import { summaryOf, whyInWords } from "./planReport.ts";

/** The columns of exported results, in English for programs as for people. */
export const planColumns = [
  "subscription",
  "resourceGroup",
  "resource",
  "change",
  "title",
  "outcome",
  "reason",
  "code",
  "requestId",
  "target",
] as const;

export type PlanRecord = Readonly<Record<(typeof planColumns)[number], string>>;

/** A record for each change, in the order of the plan. */
export function planRecords(
  results: readonly ChangeResult[],
  localize: (text: Message) => string,
): readonly PlanRecord[] {
  const titles = new Map(results.map(({ change }) => [change.id, change.title]));
  return results.map(({ change, outcome }) => {
    const subject = subjectOf(change);
    const { subscriptionId = "", resourceGroup = "" } = parseId(subject) ?? {};
    const problem = "problem" in outcome ? outcome.problem : undefined;
    return {
      subscription: subscriptionId,
      resourceGroup,
      resource: nameOf(subject),
      change: change.kind,
      title: localize(change.title),
      outcome: outcome.status,
      reason: whyInWords(outcome, titles).map(localize).join(" "),
      code: problem?.code ?? "",
      requestId: problem?.requestId ?? "",
      target: change.target,
    };
  });
}

/** The results as a document with a table. Text from Azure is escaped. */
export function planMarkdown(
  plan: Plan,
  results: readonly ChangeResult[],
  localize: (text: Message) => string,
): string {
  const shown = ["resource", "resourceGroup", "title", "outcome", "reason"] as const;
  const rows = planRecords(results, localize).map((record) =>
    shown.map((column) => escapeInline(record[column])),
  );
  const leftOut = plan.leftOut.map(
    ({ target, reason }) => `- ${escapeInline(nameWithSet(target))}: ${escapeInline(localize(reason))}`,
  );
  return [
    `# ${escapeInline(localize(plan.title))}`,
    "",
    escapeInline(localize(summaryOf(results))),
    "",
    markdownTable(shown, rows),
    ...(leftOut.length === 0 ? [] : ["", ...leftOut]),
    "",
  ].join("\n");
}
