import type { IdKey } from "../../core/resources/ids.ts";
import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";

/** Has a name that it is sorted by. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Records and the groups that they are shown in. */
export interface Grouped<R> {
  readonly records: ReadonlyMap<IdKey, R>;
  /** Each of these groups has at least one record. */
  readonly groups: ReadonlyMap<string, readonly R[]>;
}

/** What happens to one group. */
interface Change<R> {
  /** What stands where a record stood; undefined for one that goes. */
  readonly instead: Map<R, R | undefined>;
  readonly added: R[];
  /** Whether those that stay have the names that they had. */
  areNamedAlike: boolean;
}

/**
 * The records by group. Of `before`, which the same `groupsOf` made, each group of which nothing differs stays the same object, and records
 * keep their places: only what differs is looked at, which is among those with the `keys` where these are known. Groups that stay in order are
 * added to those that are known to be `inOrder`.
 */
export function* grouped<R extends Named>(
  records: ReadonlyMap<IdKey, R>,
  groupsOf: (record: R) => readonly string[],
  inOrder: WeakSet<readonly unknown[]>,
  before: Grouped<R> = { records: new Map<IdKey, R>(), groups: new Map() },
  keys: Iterable<string> = keysOf(records, before.records),
): Sliced<Grouped<R>> {
  if (records === before.records) return before;
  const changes = new Map<string, Change<R>>();
  const changeOf = (group: string) => {
    const change: Change<R> = changes.get(group) ?? { instead: new Map(), added: [], areNamedAlike: true };
    changes.set(group, change);
    return change;
  };
  yield* inPieces(keys, (key) => {
    const [was, is] = [before.records.get(key as IdKey), records.get(key as IdKey)];
    if (was === is) return;
    const left = was === undefined ? [] : groupsOf(was);
    const taken = is === undefined ? [] : groupsOf(is);
    if (is !== undefined)
      for (const group of taken) if (!left.includes(group)) changeOf(group).added.push(is);
    if (was === undefined) return;
    for (const group of left) {
      const change = changeOf(group);
      change.instead.set(was, taken.includes(group) ? is : undefined);
      change.areNamedAlike &&= is === undefined || was.name === is.name;
    }
  });
  if (changes.size === 0) return { records, groups: before.groups };
  const groups = new Map(before.groups);
  yield* inPieces(changes, ([group, { instead, added, areNamedAlike }]) => {
    const were = groups.get(group) ?? [];
    const stayed = were.flatMap((record) => (instead.has(record) ? (instead.get(record) ?? []) : record));
    const members = [...stayed, ...added];
    if (members.length === 0) groups.delete(group);
    else groups.set(group, members);
    if (added.length === 0 && areNamedAlike && inOrder.has(were)) inOrder.add(members);
  });
  return { records, groups };
}

function* keysOf(records: ReadonlyMap<string, unknown>, before: ReadonlyMap<string, unknown>) {
  yield* records.keys();
  for (const key of before.keys()) if (!records.has(key)) yield key;
}
