/** What stands in the file of a plan: JSON lines, of which none is ever written anew. */
import { isObject, textAt } from "../../core/resources/json.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Change, ChangeResult, Outcome, Plan } from "../../core/plans/plan.ts";
import { comparedByUndo } from "../../core/plans/inverses.ts";
import { isUnsettled } from "../../core/plans/leftToDo.ts";
import { keptPlan, keptProblem, keptReadBack } from "../../core/plans/keeping.ts";
import { withoutSecrets } from "../../core/text/withoutSecrets.ts";

/** Where a plan comes from, other than from a flow. */
export interface Origin {
  /** Ids of plans: the one that this undoes, or whose failed changes it makes again. */
  readonly undoes?: string;
  readonly retries?: string;
}

/**
 * Through whom a subscription of a plan was reached. An account is named by a digest alone: no file says whose it is, and who is signed in to
 * it can tell.
 */
export interface PlanAccess {
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** `digestOf` the account's id; absent in the sandbox. */
  readonly account?: string;
}

/** The first line of a file. */
export interface PlanHead extends Origin {
  readonly line: "plan";
  readonly version: typeof version;
  /** When the plan was begun: milliseconds since the epoch. */
  readonly at: number;
  /** A random name of the window that applies it. */
  readonly owner: string;
  readonly origin: "azure" | "sandbox";
  /** Absent in files of earlier versions. */
  readonly access?: readonly PlanAccess[];
  readonly plan: Plan;
}

/** The others, each by the owner that it was then: the first one, the one that took over from it, and so on. */
export type PlanLine =
  /** A change is about to be sent. `before`: where it was read anew right before. */
  | { readonly line: "sent"; readonly id: string; readonly before?: JsonObject }
  | { readonly line: "ended"; readonly id: string; readonly outcome: Outcome }
  /** The owner is alive. */
  | { readonly line: "beat" }
  /** The owner was closed and sends nothing more. */
  | { readonly line: "left" }
  /** Another window is the owner from now on. */
  | { readonly line: "taken"; readonly owner: string }
  /** Everything is known and told. */
  | { readonly line: "closed" };

/** What every line has. */
export interface Stamp {
  readonly at: number;
  /** 1 for the window that began the plan. */
  readonly by: number;
}

/** A plan as its file has it. */
export interface KeptPlan extends Origin {
  /** The name of its file without the ending; later ones sort later. */
  readonly id: string;
  readonly begunAt: number;
  /** When the end of the last change was known, or nothing more was sent: milliseconds since the epoch. A later look does not change it. */
  readonly endedAt?: number;
  readonly origin: "azure" | "sandbox";
  readonly access?: readonly PlanAccess[];
  readonly plan: Plan;
  /** The window that is the owner as far as the file tells, and the how-manieth that is. */
  readonly owner: string;
  readonly by: number;
  /** The owner's latest sign of life. */
  readonly seenAt: number;
  /** By the change's id. */
  readonly sent: ReadonlyMap<string, SentChange>;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** When each outcome became known, by the change's id: milliseconds since the epoch. */
  readonly knownAt: ReadonlyMap<string, number>;
  /** `left`: by its owner, before the end. */
  readonly state: "open" | "left" | "closed";
}

/** That a change was sent. */
export interface SentChange {
  /** When, in milliseconds since the epoch. */
  readonly at: number;
  /** What was there, where it was read anew right before. */
  readonly before?: JsonObject;
}

const version = 1;

export function headLine(head: Omit<PlanHead, "line" | "version">): string {
  return lineOf({ line: "plan", version, ...head, plan: keptPlan(head.plan) });
}

export function planLine(line: PlanLine, stamp: Stamp): string {
  return lineOf(withoutSecrets({ ...line, ...stamp }));
}

/** A line that another follows in any case, whatever a window that was killed has left at the end of the file. */
function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

/** Of a change's result what is told of it, and what undoing it compares with. */
export function endedLine({ change, outcome }: ChangeResult): PlanLine {
  return { line: "ended", id: change.id, outcome: kept(change, outcome) };
}

function kept(change: Change, outcome: Outcome): Outcome {
  if ("problem" in outcome) return { ...outcome, problem: keptProblem(outcome.problem) };
  if (outcome.status !== "done") return outcome;
  const compared = outcome.readBack && comparedByUndo(change, outcome.readBack);
  const readBack = compared && keptReadBack(compared);
  return { ...saidOutcome(outcome), ...(readBack && { readBack }) };
}

/** What is told of an outcome: all of it but what was read back. */
export function saidOutcome(outcome: Outcome): Outcome {
  if (outcome.status !== "done") return outcome;
  const { isRollingOut, note } = outcome;
  return { status: "done", ...(isRollingOut && { isRollingOut }), ...(note && { note }) };
}

/** What is told of a change: all of it but what it sends. */
export function saidChange({ id, kind, target, title, needs, onFailureOf }: Change): Change {
  return { id, kind, target, title, needs, ...(onFailureOf !== undefined && { onFailureOf }) };
}

/** Reads a file. Undefined where it is not the file of a plan, or of one that another version wrote. A line that is not whole counts for nothing. */
export function readPlanFile(id: string, text: string): KeptPlan | undefined {
  const [first = "", ...lines] = text.split("\n");
  const head = headOf(first);
  if (head === undefined) return undefined;
  const { at: begunAt, origin, access, plan, undoes, retries } = head;
  let { owner, at: seenAt } = head;
  let by = 1;
  let state: KeptPlan["state"] = "open";
  const sent = new Map<string, SentChange>();
  const outcomes = new Map<string, Outcome>();
  const knownAt = new Map<string, number>();
  let endedAt: number | undefined;
  for (const line of lines) {
    const read = stampedLineOf(line);
    if (read === undefined) continue;
    // The latest line, not the latest time: an owner's clock may have been set back.
    if (read.by >= by) seenAt = read.at;
    switch (read.line) {
      case "sent":
        sent.set(read.id, { at: read.at, ...(read.before && { before: read.before }) });
        break;
      case "ended":
        // What the one who follows it has read of a change is not to be replaced by what an earlier owner says late.
        if (!isOpen(outcomes.get(read.id), read.by >= by)) break;
        outcomes.set(read.id, read.outcome);
        knownAt.set(read.id, read.at);
        if (outcomes.size >= plan.changes.length) endedAt ??= read.at;
        break;
      case "taken":
        if (read.by <= by) break;
        ({ owner, by } = read);
        seenAt = read.at;
        if (state === "left") state = "open";
        break;
      case "left":
        if (read.by === by && state === "open") state = "left";
        break;
      case "closed":
        state = "closed";
        endedAt ??= read.at;
        break;
      case "beat":
    }
  }
  if (plan.changes.every((change) => outcomes.has(change.id))) state = "closed";
  const from = { ...(undoes !== undefined && { undoes }), ...(retries !== undefined && { retries }) };
  const known = { ...(endedAt !== undefined && { endedAt }), ...(access !== undefined && { access }) };
  return {
    id,
    begunAt,
    origin,
    plan,
    owner,
    by,
    seenAt,
    sent,
    outcomes,
    knownAt,
    state,
    ...from,
    ...known,
  };
}

/** Whether another outcome may take this one's place: what is not confirmed or under way is so until somebody has looked again. */
function isOpen(known: Outcome | undefined, isByOwner: boolean): boolean {
  return known === undefined || (isByOwner && isUnsettled(known));
}

/** Whether what stands at the end of a file tells that its plan has ended. */
export function isClosedBy(end: string): boolean {
  return stampedLineOf(end.trimEnd().split("\n").at(-1) ?? "")?.line === "closed";
}

/** What a lease file tells: the window that has made it, and when. Undefined where it is torn. */
export function readLease(text: string): { readonly owner: string; readonly at: number } | undefined {
  const line = stampedLineOf(text);
  return line?.line === "taken" ? line : undefined;
}

function headOf(text: string): PlanHead | undefined {
  const value = parsed(text);
  const isHead =
    value?.["line"] === "plan" &&
    value["version"] === version &&
    typeof value["at"] === "number" &&
    textAt(value, "owner") !== undefined &&
    isObject(value["plan"]) &&
    Array.isArray(value["plan"]["changes"]) &&
    Array.isArray(value["plan"]["leftOut"]) &&
    Array.isArray(value["plan"]["warnings"]);
  return isHead ? (value as unknown as PlanHead) : undefined;
}

function stampedLineOf(text: string): (PlanLine & Stamp) | undefined {
  const value = parsed(text);
  if (typeof value?.["at"] !== "number" || typeof value["by"] !== "number") return undefined;
  const needsId = value["line"] === "sent" || value["line"] === "ended";
  if (needsId && typeof value["id"] !== "string") return undefined;
  if (value["line"] === "ended" && !isObject(value["outcome"])) return undefined;
  return value as unknown as PlanLine & Stamp;
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined; // torn, when its window was killed
  }
}

/** A change as it was sent. */
export function sentChange(change: Change, { sent }: Pick<KeptPlan, "sent">): Change {
  const before = sent.get(change.id)?.before;
  return before === undefined ? change : { ...change, before };
}

/** A plan without what was sent and read: many of them take little room. */
export function outlineOf(kept: KeptPlan): KeptPlan {
  const changes = kept.plan.changes.map(saidChange);
  const outcomes = [...kept.outcomes].map(([id, outcome]) => [id, saidOutcome(outcome)] as const);
  const none = { sent: new Map(), knownAt: new Map() };
  return { ...kept, ...none, plan: { ...kept.plan, changes }, outcomes: new Map(outcomes) };
}
