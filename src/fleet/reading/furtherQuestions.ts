import type { Azure } from "../../azure/contracts.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { saysNotFound } from "../../core/text/problem.ts";
import type { Problem } from "../../core/text/problem.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { listedIn } from "../snapshot/configurations.ts";
import type { Derived } from "../snapshot/derived.ts";
import { askDirectly } from "./directly.ts";
import { sortedInPieces } from "../../core/pieces.ts";
import { inPieces, inSlices, type Sliced } from "../../core/slices.ts";
import { forEachLimited } from "../../core/limit.ts";
import type { ProblemOf } from "./directly.ts";
import type { FleetEvent } from "../events.ts";
import { assignmentsOf, isDoubtful } from "../snapshot/facts.ts";
import type { Facts, Owner } from "../snapshot/facts.ts";
import { regionsOf, subscriptionToAsk } from "./regions.ts";
import type { ScaleSetRecord, Snapshot } from "../snapshot/snapshot.ts";

/** How many sets without an assignment are asked after the first reading, and after each that follows. */
const maxAskedSets = { first: 200, later: 20 };
/** How many configurations without a list are asked once more after a reading. */
const maxAskedAgain = 10;
/** How many answers are taken at a time, since each time copies what is known of all subscriptions. */
const answersPerStep = 20;

export interface FollowingQuestions extends Pick<Questions, "azure" | "problemOf" | "signal"> {
  /** As it is at the time. */
  derived(): Derived;
  /** Whether configurations that were asked before are asked once more, in turns. */
  readonly isRefresh: boolean;
  /** Resolves when the facts have it. */
  take(event: FleetEvent): Promise<void>;
}

/**
 * Asks for the configurations that assignments name and no list has, and what the regions of the associated sets are called and paired with:
 * as few subscriptions as can tell. Never rejects; ends early when `signal` is aborted.
 */
export async function askWhatFollows(questions: FollowingQuestions): Promise<void> {
  const { azure, derived, isRefresh, problemOf, signal, take } = questions;
  const { referenced } = derived().facts;
  const unlisted = unlistedConfigurations(derived());
  const again = [...referenced.keys()]
    .filter((key) => unlisted.has(key))
    .slice(0, isRefresh ? maxAskedAgain : 0);
  const due = [...unlisted].filter(([key]) => !referenced.has(key) || again.includes(key));
  if (due.length > 0) {
    const answers = await askDirectly(azure, due, problemOf, signal);
    if (signal.aborted) return;
    await take({ kind: "referenced", answers });
  }
  for (;;) {
    const subscription = await inSlices(subscriptionToAsk(derived().facts));
    if (subscription === undefined || signal.aborted) return;
    const answer = await regionsOf(azure, subscription, problemOf, signal);
    if (!signal.aborted) await take({ kind: "regions", subscription, answer });
  }
}

/** The configurations that assignments name and no readable list has, with their ids in the casing that they came in. */
function unlistedConfigurations({ facts, snapshot, associated }: Derived): ReadonlyMap<IdKey, string> {
  const unlisted = [...associated].flatMap(([key, [set]]) => {
    const assignments = set && snapshot.scaleSets.get(set)?.assignments;
    if (listedIn(facts, key) !== undefined || assignments === undefined || "unknown" in assignments)
      return [];
    const id = assignments.known
      .map(configurationIdOf)
      .find((named) => named !== undefined && idKey(named) === key);
    return [[key, id ?? key] as const];
  });
  return new Map(unlisted);
}

export interface Questions {
  readonly azure: Azure;
  readonly facts: Facts;
  readonly snapshot: Snapshot;
  /** Which sets were asked for their assignments, the latest last; those that are asked now are added. */
  readonly asked: Set<IdKey>;
  readonly now: () => string;
  readonly problemOf: ProblemOf;
  readonly signal: AbortSignal;
  take(event: FleetEvent): void;
}

/**
 * Asks what Resource Graph leaves open: whether the sets are there that only assignments name, and whether sets have none because there is
 * none or because the caller may not read them. Never rejects; ends early when `signal` is aborted.
 */
export async function askFurther(questions: Questions): Promise<void> {
  await askOwners(questions);
  await askSets(questions);
}

async function askOwners(questions: Questions): Promise<void> {
  const { azure, facts, snapshot, problemOf, signal, take } = questions;
  const sets = new Map(
    [...snapshot.danglingAssociations.values()].map(({ scaleSetId }) => [idKey(scaleSetId), scaleSetId]),
  );
  // One that is gone has a row again, and dangles no more, once it is there again.
  const open = [...sets].filter(([key]) => facts.owners.get(key) !== "gone");
  await forEachLimited(open, async ([key, id]) => {
    if (signal.aborted) return;
    const answer = await ownerOf(azure, id, problemOf, signal);
    if (!signal.aborted) take({ kind: "owners", answers: new Map([[key, answer]]) });
  });
}

async function ownerOf(azure: Azure, id: string, problemOf: ProblemOf, signal: AbortSignal): Promise<Owner> {
  try {
    await azure.read(id, signal);
    return "there";
  } catch (error) {
    const problem = await problemOf(error);
    return saysNotFound(problem) ? "gone" : { problem };
  }
}

async function askSets({
  azure,
  facts,
  snapshot,
  asked,
  now,
  problemOf,
  signal,
  take,
}: Questions): Promise<void> {
  let answers = new Map<string, readonly JsonObject[] | Problem>();
  const tell = () => {
    take({ kind: "asked", answers, now: now() });
    answers = new Map();
  };
  const sets = await inSlices(setsToAsk(facts, snapshot, asked));
  await forEachLimited(sets, async ({ id }) => {
    if (signal.aborted) return;
    const answer = await azure.assignmentsOf(id, signal).catch(problemOf);
    if (signal.aborted) return;
    // Last in the row of those that were asked.
    asked.delete(idKey(id));
    asked.add(idKey(id));
    answers.set(id, answer);
    if (answers.size >= answersPerStep) tell();
  });
  if (answers.size > 0 && !signal.aborted) tell();
}

/**
 * The sets without an assignment in Resource Graph, as many as are asked at a time: those first that nobody has asked yet, those first
 * among them that would need attention, then those that were asked longest ago.
 */
export function* setsToAsk(
  { subscriptions }: Facts,
  { scaleSets }: Snapshot,
  asked: ReadonlySet<IdKey>,
): Sliced<readonly ScaleSetRecord[]> {
  const places = new Map([...asked].map((key, index) => [key, index + 1]));
  const doubtful: { readonly record: ScaleSetRecord; readonly place: number; readonly rank: number }[] = [];
  yield* inPieces(subscriptions.values(), ({ paged, scaleSets: sets, assignments }) => {
    // What ARM's lists told was asked of each set itself.
    if (paged === undefined) return;
    for (const key of sets.items.keys()) {
      const record = isDoubtful(assignmentsOf(assignments, key)) ? scaleSets.get(key) : undefined;
      if (record === undefined) continue;
      doubtful.push({ record, place: places.get(key) ?? 0, rank: record.coverage.needsAttention ? 0 : 1 });
    }
  });
  const ranked = yield* sortedInPieces(
    doubtful,
    (a, b) => Math.min(a.place, 1) - Math.min(b.place, 1) || a.rank - b.rank || a.place - b.place,
  );
  return ranked
    .slice(0, asked.size === 0 ? maxAskedSets.first : maxAskedSets.later)
    .map(({ record }) => record);
}
