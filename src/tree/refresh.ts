import { inEnglish } from "../core/message.ts";
import type { IdKey } from "../core/ids.ts";
import { parseId } from "../core/ids.ts";
import { isRunning } from "../core/upgrade.ts";
import { configurationsNamedBy } from "../fleet/configurations.ts";
import type { Snapshot } from "../fleet/snapshot.ts";
import { configurationNode, groupNode, scaleSetNode, subscriptionNode } from "./node.ts";
import type { FleetNode, Place } from "./node.ts";
import { groupNotes, viewOf } from "./nodes.ts";
import type { Clock } from "./view.ts";

/** The fewest nodes to refresh, children included, so that the tree shows `after` where it showed `before`. */
export function placesToRefresh(
  ids: ReadonlySet<string>,
  before: Snapshot,
  after: Snapshot,
  clock: Clock,
): readonly Place[] {
  const places = [...ids].flatMap((id) => {
    const subscriptionId = parseId(id)?.subscriptionId;
    return subscriptionId === undefined
      ? inSubscription(id, before, after, clock)
      : ofResource(id as IdKey, subscriptionId, before, after);
  });
  const all = new Map(places.map((place) => [place.id, place]));
  return [...all.values()].filter(({ parent }) => !isBelowOne(parent, all));
}

function isBelowOne(node: FleetNode | undefined, all: ReadonlyMap<string, Place>): boolean {
  return node !== undefined && (all.has(node.id) || isBelowOne(node.parent, all));
}

/** A subscription or group is refreshed whole only where its own line, or what it says beside its items, differs. */
function inSubscription(id: string, before: Snapshot, after: Snapshot, clock: Clock): Place[] {
  const says = (place: Place, snapshot: Snapshot) => {
    const isGroup = place.kind === "configurations" || place.kind === "scaleSets";
    const notes = isGroup ? groupNotes(place, place.kind, snapshot) : [];
    return [lineOf(place, snapshot, clock), ...notes.map(({ view }) => inEnglish(view.spoken))].join("\n");
  };
  return [subscriptionNode(id), groupNode("configurations", id), groupNode("scaleSets", id)].filter(
    (place) => says(place, before) !== says(place, after),
  );
}

function ofResource(key: IdKey, subscriptionId: string, before: Snapshot, after: Snapshot): Place[] {
  const set = after.scaleSets.get(key);
  const configuration = after.configurations.get(key);
  const wasThere = before.scaleSets.has(key) || before.configurations.has(key);
  const named = [before.scaleSets.get(key), set].flatMap((record) =>
    record ? configurationsNamedBy(record.assignments) : [],
  );
  const others = named.flatMap((id) => after.configurations.get(id) ?? []).map(configurationNode);
  if (wasThere && set !== undefined) return [scaleSetNode(set), ...others];
  if (wasThere && configuration !== undefined) return [configurationNode(configuration)];
  return [groupNode("configurations", subscriptionId), groupNode("scaleSets", subscriptionId), ...others];
}

/** The configurations whose line differs because time has passed, and the scale sets whose upgrade goes on. */
export function placesToRefreshInTime(snapshot: Snapshot, before: Clock, after: Clock): readonly Place[] {
  const configurations = [...snapshot.configurations.values()]
    .map(configurationNode)
    .filter((place) => lineOf(place, snapshot, before) !== lineOf(place, snapshot, after));
  const upgrading = [...snapshot.scaleSets.values()].filter(({ upgrade }) => isRunning(upgrade));
  return [...configurations, ...upgrading.map(scaleSetNode)];
}

function lineOf(place: Place, snapshot: Snapshot, clock: Clock): string {
  const view = viewOf(place, snapshot, clock);
  return view === undefined ? "" : inEnglish(view.spoken);
}
