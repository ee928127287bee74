import { nameOf, nameWithSet, parseId } from "../../core/resources/ids.ts";
import { jsonList } from "../../core/text/jsonList.ts";
import { message } from "../../core/text/message.ts";
import { isoInZone } from "../../core/text/zonedTime.ts";
import { escapeInline, markdownTable, tableRow } from "../../ui/markdown.ts";
import { whyInWords } from "../../ui/plans/planReport.ts";
import type { PlainWording } from "../wording.ts";
import { windowCheck } from "./nextWindows.ts";
import type { Fleet, IsInside, WindowCheck } from "./nextWindows.ts";
import { outcomeMarks, standingOf, type Standing } from "./outcomes.ts";
import { accountInWords, tenantInWords } from "./planFacts.ts";
import { accessTo } from "./describedPlan.ts";
import type { DescribedChange, DescribedPlan } from "./describedPlan.ts";
import { valueChanges } from "./valueChanges.ts";

/** What the results of a plan are exported from. */
export interface ExportedPlan {
  readonly plan: DescribedPlan;
  readonly snapshot: Fleet;
  readonly isInside: IsInside;
  readonly wording: PlainWording;
}

/** What a member of a record is made of. */
interface Source extends ExportedPlan {
  readonly one: DescribedChange;
  readonly titles: Parameters<typeof whyInWords>[1];
  /** Of what acts at once, such as the start of an upgrade; absent for other changes, which windows don't bind. */
  readonly window: WindowCheck | undefined;
}

const problemOf = ({ outcome }: DescribedChange) =>
  outcome !== undefined && "problem" in outcome ? outcome.problem : undefined;
const timeOf = (at: number | undefined, { zone }: PlainWording) =>
  at === undefined ? "" : isoInZone(at, zone);
const valuesOf = ({ one, wording }: Source, side: "before" | "after") =>
  valueChanges(one.change)
    .map((value) => `${wording.say(value.name)}: ${wording.say(value[side])}`)
    .join("; ");
const accessOf = ({ one, plan }: Source) => accessTo(one.change.target, plan);

/**
 * The members of a change as a record for other programs, which are the columns of a table too. `outcome` is an id, `sent` or `toBeSent` until the end is known;
 * times are ISO 8601 with the offset of the user's time zone. `inWindow` is `inside`, `outside` or `unknown` at `sent`, by the configuration as it
 * is known now, for what acts at once; empty for what windows don't bind. What is not known is empty.
 */
const members = {
  subscription: ({ one }: Source) => parseId(one.subject)?.subscriptionId ?? "",
  resourceGroup: ({ one }: Source) => parseId(one.subject)?.resourceGroup ?? "",
  resource: ({ one }: Source) => nameOf(one.subject),
  change: ({ one }: Source) => one.change.kind as string,
  title: ({ one, wording }: Source) => wording.say(one.change.title),
  outcome: ({ one }: Source) => standingOf(one),
  reason: ({ one, titles, wording }: Source) =>
    one.outcome === undefined ? "" : whyInWords(one.outcome, titles).map(wording.say).join(" "),
  code: ({ one }: Source) => problemOf(one)?.code ?? "",
  requestId: ({ one }: Source) => problemOf(one)?.requestId ?? "",
  target: ({ one }: Source) => one.change.target,
  sent: ({ one, wording }: Source) => timeOf(one.sentAt, wording),
  ended: ({ one, wording }: Source) => timeOf(one.knownAt, wording),
  before: (source: Source) => valuesOf(source, "before"),
  after: (source: Source) => valuesOf(source, "after"),
  inWindow: ({ window }: Source) => window?.inside ?? "",
  windowReason: ({ window, wording }: Source) => (window?.why === undefined ? "" : wording.say(window.why)),
  configuration: ({ window }: Source) => window?.configurations.join("; ") ?? "",
  windowTimeZone: ({ window }: Source) => window?.zones.join("; ") ?? "",
  tenantId: (source: Source) => accessOf(source)?.tenantId ?? "",
  account: (source: Source) => {
    const access = accessOf(source);
    return access === undefined ? "" : accountInWords(access, source.wording.say);
  },
};

export type PlanRecord = { readonly [K in keyof typeof members]: string };

/** In English, for programs as for people. A table has the label of an outcome too. */
export const planColumns = [...(Object.keys(members) as (keyof PlanRecord)[]), "outcomeLabel"] as const;

/** What acts at once, inside windows or not. */
const actions: ReadonlySet<string> = new Set([
  "startUpgrade",
  "cancelUpgrade",
  "approveUpgrade",
  "updateInstances",
]);

/** A record for each change, in the order of the plan. */
export function* planRecords(exported: ExportedPlan): Generator<PlanRecord, void, void> {
  const { plan, snapshot, isInside } = exported;
  const titles = new Map(plan.changes.map(({ change }) => [change.id, change.title]));
  for (const one of plan.changes) {
    const { change, subject, sentAt } = one;
    const at = sentAt === undefined ? undefined : new Date(sentAt).toISOString();
    const acts = actions.has(change.kind) && at !== undefined;
    const window = acts ? windowCheck(subject, at, snapshot, isInside) : undefined;
    const source: Source = { ...exported, one, titles, window };
    yield Object.fromEntries(
      Object.entries(members).map(([name, member]) => [name, member(source)]),
    ) as PlanRecord;
  }
}

/** The rows of a table for spreadsheets: headings first. */
export function* planTable(exported: ExportedPlan): Generator<readonly string[], void, void> {
  yield planColumns;
  const { say } = exported.wording;
  for (const record of planRecords(exported)) {
    const outcomeLabel = say(outcomeMarks[record.outcome as Standing].word);
    yield planColumns.map((column) => ({ ...record, outcomeLabel })[column]);
  }
}

/**
 * The results as a JSON document. `version` is that of its shape: members may be added without a new one. `before` and `after` of a change are what
 * was read and what was sent, as Azure has it; null where there was nothing, or where it may hold a secret and was not kept.
 */
export function* planJson(exported: ExportedPlan): Generator<string, void, void> {
  const { plan, wording } = exported;
  const { say, zone } = wording;
  const { title, confirmedAt, firstSentAt, endedAt, origin, cloud, access, leftOut } = plan;
  const link = (other: { readonly id: string } | undefined) => other?.id ?? null;
  const document = {
    kind: "scaleSetMaintenance.changes",
    version: 1,
    id: plan.id,
    title: say(title),
    state: plan.state,
    origin,
    cloud: cloud ?? null,
    timeZone: zone,
    at: timeOf(confirmedAt, wording),
    firstSent: timeOf(firstSentAt, wording) || null,
    ended: timeOf(endedAt, wording) || null,
    access: access.map((one) => ({
      subscriptionId: one.subscriptionId,
      tenantId: one.tenantId,
      tenant: one.tenant ?? null,
      account: accountInWords(one, say) || null,
    })),
    undoes: link(plan.undoes),
    retries: link(plan.retries),
    undoneBy: link(plan.undoneBy),
    leftOut: leftOut.map(({ target, reason }) => ({ target, reason: say(reason) })),
    changes: [],
  };
  // Its list of changes, which comes last, is left open for them.
  yield JSON.stringify(document, undefined, 2).replace(/\[\]\n\}$/, "");
  const records = function* () {
    let index = 0;
    for (const record of planRecords(exported)) {
      const change = plan.changes[index++]?.change;
      yield { ...record, before: change?.before ?? null, after: change?.after ?? null };
    }
  };
  yield* jsonList(records(), "  ");
  yield "\n}\n";
}

/** The results as a document with a table. Text from Azure is escaped. */
export function* planMarkdown(exported: ExportedPlan): Generator<string, void, void> {
  const { plan, wording } = exported;
  const { say, zone } = wording;
  const line = (name: string, text: string) => `- **${escapeInline(name)}**: ${escapeInline(text)}`;
  const time = (at: number | undefined) => `${timeOf(at, wording)} (${zone})`;
  const accounts = new Set(plan.access.map((access) => accountInWords(access, say)));
  const facts: readonly (readonly [string, string])[] = [
    [say(message("Confirmed")), time(plan.confirmedAt)],
    ...(plan.firstSentAt === undefined
      ? []
      : [[say(message("First change sent")), time(plan.firstSentAt)] as const]),
    ...(plan.endedAt === undefined ? [] : [[say(message("Ended")), time(plan.endedAt)] as const]),
    [say(message("Account")), [...accounts].join(", ")],
    [say(message("Tenant")), [...new Set(plan.access.map(tenantInWords))].join(", ")],
    [say(message("Cloud")), plan.cloud ?? ""],
  ];
  yield [
    `# ${escapeInline(say(plan.title))}`,
    "",
    ...(plan.origin === "sandbox" ? [`*${escapeInline(say(message("Sandbox: sample data")))}*`, ""] : []),
    escapeInline(say(plan.standing)),
    "",
    ...facts.filter(([, text]) => text !== "").map(([name, text]) => line(name, text)),
    "",
    `${markdownTable(headings.map(say).map(escapeInline), [])}\n`,
  ].join("\n");
  let index = 0;
  for (const record of planRecords(exported)) {
    const { word } = outcomeMarks[record.outcome as Standing];
    const change = plan.changes[index++]?.change;
    const values = (change === undefined ? [] : valueChanges(change))
      .map(({ name, before, after }) => `${say(name)}: ${say(before)} → ${say(after)}`)
      .join("; ");
    const cells = [
      record.resource,
      record.resourceGroup,
      record.title,
      values,
      say(word),
      record.sent,
      record.ended,
      record.reason,
    ];
    yield `${tableRow(cells.map(escapeInline))}\n`;
  }
  for (const [left, { target, reason }] of plan.leftOut.entries()) {
    if (left === 0) yield `\n## ${escapeInline(say(message("Not changed")))}\n\n`;
    yield `- ${escapeInline(nameWithSet(target))}: ${escapeInline(say(reason))}\n`;
  }
}

const headings = [
  message("Resource"),
  message("Resource group"),
  message("Change"),
  message("Before → after"),
  message("Outcome"),
  message("Sent"),
  message("Ended"),
  message("Reason"),
];
