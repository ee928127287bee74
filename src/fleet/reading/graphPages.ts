import type { GraphDangling, GraphRow, InventoryEvent } from "../../azure/contracts.ts";
import { idKey, subscriptionOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { isSameJson, textAt } from "../../core/resources/json.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { readConfigurationResource, readScaleSetResource } from "../../core/resources/malformed.ts";
import type { Resource, Reading as RowReading } from "../../core/resources/malformed.ts";
import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import { newSubscription, noneInGraph } from "../snapshot/facts.ts";
import type { Facts, Reading, SubscriptionFacts } from "../snapshot/facts.ts";
import { Edited } from "./edited.ts";
import { kept } from "./kept.ts";
import { assignmentsOver, hasCaughtUp, haveCaughtUp, isLaid } from "./overlay.ts";
import type { Overlay } from "./overlay.ts";
import type { AssignmentsOf, MalformedRecord } from "../snapshot/snapshot.ts";

type Page = Extract<InventoryEvent, { readonly kind: "page" }>;

/** The overlay while it is worked on. */
interface Draft {
  readonly resources: Map<IdKey, Overlay["resources"] extends ReadonlyMap<unknown, infer L> ? L : never>;
  readonly assignments: Map<IdKey, Overlay["assignments"] extends ReadonlyMap<unknown, infer L> ? L : never>;
}

/** The facts after pages of Resource Graph: their rows are there, with what was read directly laid over them until Graph has caught up. */
export function* takingPages(facts: Facts, pages: readonly Page[], now: string): Sliced<Facts> {
  const rows = Map.groupBy(
    pages.flatMap((page) => page.rows),
    ({ subscriptionId }) => subscriptionId.toLowerCase(),
  );
  const dangling = Map.groupBy(
    pages.flatMap((page) => page.danglingAssociations),
    ({ subscriptionId }) => subscriptionId.toLowerCase(),
  );
  const overlay: Draft = {
    resources: new Map(facts.overlay.resources),
    assignments: new Map(facts.overlay.assignments),
  };
  const subscriptions = new Map(facts.subscriptions);
  for (const key of new Set([...rows.keys(), ...dangling.keys()])) {
    const known = subscriptions.get(key) ?? newSubscription;
    const has = { rows: rows.get(key) ?? [], danglingAssociations: dangling.get(key) ?? [] };
    subscriptions.set(key, yield* withPage(key, known, has, overlay, now));
    yield;
  }
  return { ...facts, subscriptions, overlay };
}

function* withPage(
  subscriptionId: string,
  known: SubscriptionFacts,
  has: { readonly rows: readonly GraphRow[]; readonly danglingAssociations: readonly GraphDangling[] },
  overlay: Draft,
  now: string,
): Sliced<SubscriptionFacts> {
  const configurations = new Edited(known.configurations.items);
  const scaleSets = new Edited(known.scaleSets.items);
  const byScaleSet = new Edited(known.assignments.byScaleSet);
  const named = new Set(known.paged?.named);
  const malformed = [...(known.paged?.malformed ?? [])];
  yield* inPieces(has.rows, ({ part, resource: value, assignments }) => {
    const items = part === "configurations" ? configurations : scaleSets;
    const reading = readRow(part, value, items.map);
    if ("reason" in reading) {
      malformed.push({ subscriptionId, part, value, reason: reading.reason });
      return;
    }
    const key = idKey(reading.resource.id);
    named.add(key);
    const resource = resourceUnder(overlay, key, reading.resource, now);
    if (resource === undefined) items.delete(key);
    else items.set(key, kept(items.get(key), resource));
    if (part === "scaleSets" && resource !== undefined)
      byScaleSet.set(key, assignmentsUnder(overlay, key, assignments, byScaleSet.get(key), now));
  });
  const danglingAssociations = new Edited(known.danglingAssociations);
  for (const dangling of has.danglingAssociations) {
    const key = idKey(dangling.scaleSetId);
    named.add(key);
    // Graph has the association and not the set: one that was read before is not there, but for what was written or read since.
    const laid = overlay.resources.get(key);
    if (laid?.resource === undefined || !isLaid(laid, now)) scaleSets.delete(key);
    const assignments = listUnder(overlay, key, dangling.assignments, now);
    if (assignments.length === 0) danglingAssociations.delete(key);
    else danglingAssociations.set(key, kept(danglingAssociations.get(key), { ...dangling, assignments }));
  }
  return {
    ...known,
    configurations: { ...known.configurations, items: configurations.map },
    scaleSets: { ...known.scaleSets, items: scaleSets.map },
    assignments: { ...known.assignments, byScaleSet: byScaleSet.map },
    danglingAssociations: danglingAssociations.map,
    paged: { named, malformed },
  };
}

/** A row that says the same as the last time is not read again. */
function readRow(
  part: GraphRow["part"],
  row: GraphRow["resource"],
  before: ReadonlyMap<IdKey, Resource>,
): RowReading {
  const known = before.get(idKey(textAt(row, "id") ?? ""));
  if (known !== undefined && isSameJson(known, row)) return { resource: known };
  return part === "configurations" ? readConfigurationResource(row) : readScaleSetResource(row);
}

/** A row as it stands with what was read directly; undefined where that said that it is gone. */
function resourceUnder(overlay: Draft, key: IdKey, row: Resource, now: string): Resource | undefined {
  const laid = overlay.resources.get(key);
  if (laid === undefined) return row;
  if (isLaid(laid, now) && !hasCaughtUp(laid, row, now)) return laid.resource as Resource | undefined;
  overlay.resources.delete(key);
  return row;
}

function listUnder(
  overlay: Draft,
  key: IdKey,
  row: readonly JsonObject[],
  now: string,
): readonly JsonObject[] {
  const laid = overlay.assignments.get(key);
  if (laid === undefined) return row;
  if (isLaid(laid, now) && !haveCaughtUp(laid, row, now)) return assignmentsOver(laid, row);
  overlay.assignments.delete(key);
  return row;
}

/** What is known of a set's assignments after its row, where `before` was known. */
function assignmentsUnder(
  overlay: Draft,
  key: IdKey,
  row: readonly JsonObject[],
  before: AssignmentsOf | undefined,
  now: string,
): AssignmentsOf {
  const list = listUnder(overlay, key, row, now);
  if (overlay.assignments.has(key)) return kept<AssignmentsOf>(before, { known: list });
  if (list.length > 0) return kept<AssignmentsOf>(before, { known: list, source: "graph" });
  // A set that was asked itself, and said or refused to say the same, is believed rather than the silence of Graph.
  const wasAsked = before !== undefined && ("unknown" in before || isNone(before));
  return wasAsked ? before : noneInGraph;
}

function isNone(assignments: AssignmentsOf): boolean {
  return "known" in assignments && assignments.known.length === 0;
}

/** The overlay without what no longer exists and Graph no longer has either, now that every page of these subscriptions has come. */
export function withoutMissing(facts: Facts, listed: ReadonlySet<string>, now: string): Overlay {
  const isAnswered = (key: IdKey) => {
    const laid = facts.overlay.resources.get(key);
    const subscription = subscriptionOf(key);
    if (laid === undefined || laid.resource !== undefined || !listed.has(subscription)) return false;
    const isNamed = facts.subscriptions.get(subscription)?.paged?.named.has(key) === true;
    return !isNamed && hasCaughtUp(laid, undefined, now);
  };
  const resources = new Map([...facts.overlay.resources].filter(([key]) => !isAnswered(key)));
  return { ...facts.overlay, resources };
}

/** A subscription of which every page has come: what none named is not there, but for what was read directly and Graph need not know yet. */
export function listedByGraph(known: SubscriptionFacts, overlay: Overlay, now: string): SubscriptionFacts {
  const named = known.paged?.named ?? new Set<IdKey>();
  const stays = (key: IdKey) => {
    const laid = overlay.resources.get(key);
    return named.has(key) || (laid?.resource !== undefined && isLaid(laid, now));
  };
  const only = <T>(all: ReadonlyMap<IdKey, T>, isKept: (key: IdKey) => boolean) =>
    [...all.keys()].every(isKept) ? all : new Map([...all].filter(([key]) => isKept(key)));
  const malformed = (part: MalformedRecord["part"], before: readonly MalformedRecord[]) =>
    kept(
      before,
      (known.paged?.malformed ?? []).filter((item) => item.part === part),
    );
  const { configurations, scaleSets } = known;
  const items = only(scaleSets.items, stays);
  const ready: Reading = { awaited: false, outcome: "ready" };
  return {
    ...known,
    configurations: {
      ...ready,
      items: only(configurations.items, stays),
      malformed: malformed("configurations", configurations.malformed),
    },
    scaleSets: { ...ready, items, malformed: malformed("scaleSets", scaleSets.malformed) },
    assignments: { ...ready, byScaleSet: only(known.assignments.byScaleSet, (key) => items.has(key)) },
    danglingAssociations: only(known.danglingAssociations, (key) => named.has(key)),
    graphProblem: undefined,
  };
}
