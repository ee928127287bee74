/** Assignments that do nothing, or more than one thing: what the clean-up offers to remove, and what it leaves and why. */
import { idKey, type IdKey, nameOf, sameId, subscriptionOf } from "../../core/resources/ids.ts";
import { configurationIdOf, linkTo, type Link } from "../../core/associations/link.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import type { LeftOut } from "../../core/plans/plan.ts";
import { managerOf } from "../../core/plans/plans.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { DanglingRecord, ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { associationsOf, knownConfiguration, type Association } from "./assignments.ts";
import { unknownAssignments } from "./parts.ts";

/** What is wrong with an assignment. */
export type Flaw = "scaleSetMissing" | "configurationMissing" | "twice" | "several";

export interface FlawedAssociation extends Pick<Association, "id" | "assignment" | "configurationId"> {
  readonly scaleSetId: string;
  readonly flaw: Flaw;
  /** Which one is kept, where it has rivals. */
  readonly why?: Message;
  /** Of two or more OSImage configurations on one set, the one that is proposed to stay. */
  readonly stays?: true;
}

export interface FlawsFound {
  readonly found: readonly FlawedAssociation[];
  /** What looks flawed and is not known to be. */
  readonly kept: readonly LeftOut[];
}

/**
 * The flawed assignments of the fleet, or of what is `within`: ids of assignments, scale sets, configurations or subscriptions. What no
 * direct GET has shown to be deleted is kept. A set that another service manages is kept, unless `within` is that set alone.
 */
export function flawsIn(snapshot: Snapshot, within?: readonly string[]): FlawsFound {
  const isInScope = within === undefined ? () => true : scopeOfIds(within);
  const dangling = [...snapshot.danglingAssociations.values()].filter(({ id, scaleSetId, assignment }) =>
    isInScope(id, scaleSetId, configurationIdOf(assignment) ?? ""),
  );
  const parts = [
    ...dangling.map((record) => danglingPart(snapshot, record)),
    ...[...snapshot.scaleSets.values()].map((set) => setPart(snapshot, set, isInScope, within)),
  ];
  return { found: parts.flatMap(({ found }) => found), kept: parts.flatMap(({ kept }) => kept) };
}

type InScope = (id: string, scaleSetId: string, configurationId: string) => boolean;

function scopeOfIds(within: readonly string[]): InScope {
  const keys = new Set<string>(within.map(idKey));
  return (id, scaleSetId, configurationId) =>
    [id, scaleSetId, configurationId, `/subscriptions/${subscriptionOf(scaleSetId)}`].some((one) =>
      keys.has(idKey(one)),
    );
}

const none: FlawsFound = { found: [], kept: [] };

function danglingPart(snapshot: Snapshot, record: DanglingRecord): FlawsFound {
  const { id, scaleSetId, assignment, scaleSet, problem } = record;
  const configurationId = configurationIdOf(assignment) ?? "";
  const base = { id, assignment: { ...assignment, id }, configurationId, scaleSetId };
  if (scaleSet === "gone") return { ...none, found: [{ ...base, flaw: "scaleSetMissing" }] };
  if (isMissing(snapshot, configurationId)) return { ...none, found: [configurationMissing(base)] };
  const reason =
    scaleSet === "there"
      ? message("The scale set still exists. Refresh to show it.")
      : message("Not confirmed that the scale set was deleted. {0}", problem?.summary ?? message("Refresh."));
  return { ...none, kept: [{ target: id, reason }] };
}

/** Only a direct GET counts. */
function isMissing({ configurations, referenced }: Snapshot, id: string): boolean {
  return !configurations.has(idKey(id)) && referenced.get(idKey(id))?.state === "missing";
}

const configurationMissing = (one: Omit<FlawedAssociation, "flaw">): FlawedAssociation => ({
  ...one,
  flaw: "configurationMissing",
});

function setPart(
  snapshot: Snapshot,
  set: ScaleSetRecord,
  isInScope: InScope,
  within: readonly string[] = [],
): FlawsFound {
  const all = associationsOf(snapshot, set);
  if ("unknown" in set.assignments && isInScope(set.id, set.id, ""))
    return { found: [], kept: unknownAssignments(set).leftOut };
  if (all.length === 0) return none;
  const [missing, there] = partition(all, ({ configurationId }) => isMissing(snapshot, configurationId));
  const dangling = [
    ...missing.map((one) => configurationMissing({ ...one, scaleSetId: set.id })),
    ...repeated(set, there),
    ...competing(snapshot, set, there),
  ].filter(({ id, configurationId }) => isInScope(id, set.id, configurationId));
  const [only = "", second] = within;
  const isPicked =
    second === undefined && [set.id, ...all.map(({ id }) => id)].some((id) => sameId(id, only));
  const manager = managerOf(set, { oneByOne: isPicked });
  const untouched = there
    .filter(({ id, configurationId }) => isInScope(id, set.id, configurationId))
    .flatMap((one) => whyKept(snapshot, one) ?? []);
  if (manager === undefined || dangling.length === 0) return { found: dangling, kept: untouched };
  return { found: [], kept: [{ target: set.id, reason: manager }] };
}

/** Why an association stays that gives its set no window, or may give none; undefined for all others. */
function whyKept(snapshot: Snapshot, { id, configurationId }: Association): LeftOut | undefined {
  const link = linkOf(snapshot, configurationId);
  if (link.state === "unknown") return { target: id, reason: link.reason };
  if (link.state !== "broken" || !link.osImage) return undefined;
  const reason = message("{0} The association is kept.", link.reason);
  return { target: id, reason };
}

/** What an association with a configuration gives its set. */
export function linkOf(snapshot: Snapshot, configurationId: string): Link {
  return linkTo(configurationId, (id) => {
    if (isMissing(snapshot, id)) return "missing";
    return knownConfiguration(snapshot, id) ?? "unknown";
  });
}

/** Two or more assignments of one set to the same configuration: the one that is named after it stays, as all tools name it. */
function repeated(set: ScaleSetRecord, there: readonly Association[]): readonly FlawedAssociation[] {
  const alike = Map.groupBy(there, ({ configurationId }): IdKey => idKey(configurationId));
  return [...alike.values()].flatMap((those) => {
    const stays = firstOf(those);
    return those
      .filter((one) => one !== stays)
      .map((one) => ({
        ...one,
        scaleSetId: set.id,
        flaw: "twice" as const,
        why: message("Remove “{0}”, keep “{1}”.", nameOf(one.id), nameOf(stays?.id ?? "")),
      }));
  });
}

/** One assignment for each configuration. */
function firstOf(those: readonly Association[]): Association | undefined {
  return those.find(({ id, configurationId }) => sameId(nameOf(id), nameOf(configurationId))) ?? those[0];
}

/** Different OSImage configurations on one set: Azure uses one of them. The one whose window opens next is proposed to stay. */
function competing(
  snapshot: Snapshot,
  set: ScaleSetRecord,
  there: readonly Association[],
): readonly FlawedAssociation[] {
  const byConfiguration = Map.groupBy(there, ({ configurationId }): IdKey => idKey(configurationId));
  const distinct = [...byConfiguration.values()].flatMap((those) => firstOf(those) ?? []);
  const osImage = distinct
    .flatMap((one) => {
      const known = knownConfiguration(snapshot, one.configurationId);
      return known !== undefined && isOsImage(known.resource)
        ? [{ one, opens: known.schedule?.next[0]?.start }]
        : [];
    })
    .toSorted((a, b) => (a.opens ?? "~").localeCompare(b.opens ?? "~"));
  const [best, ...others] = osImage;
  if (best === undefined || others.length === 0) return [];
  const name = nameOf(best.one.configurationId);
  const why =
    best.opens === undefined
      ? message("No confirmed window in any configuration. Keep {0}, the first.", name)
      : message("Keep {0}: its window opens next.", name);
  const base = { scaleSetId: set.id, flaw: "several" as const, why };
  return [
    { ...best.one, ...base, stays: true },
    ...others.map(({ one }): FlawedAssociation => ({ ...one, ...base })),
  ];
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

/** The words for an assignment in lists: the set and the configuration. */
export const nameInLists = ({
  scaleSetId,
  configurationId,
}: Pick<FlawedAssociation, "scaleSetId" | "configurationId">) =>
  verbatim(`${nameOf(scaleSetId)}: ${configurationId === "" ? "–" : nameOf(configurationId)}`);
