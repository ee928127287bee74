import { aggregate } from "./aggregates.ts";
import { columnList, columnOf, distinctNames, scalar } from "./columns.ts";
import type { Step } from "./step.ts";
import { type Column, kept, type Row, type Value } from "./values.ts";

/** A row of `summarize`. What its rows come to is worked out when somebody asks. */
export interface Group {
  readonly keys: readonly Value[];
  readonly rows: Row[];
}

/** `summarize [name =] aggregate(…), … [by [name =] expression, …]`. The groups' columns come first. */
export const summarize: Step = (cursor, { columns, rows }) => {
  const start = cursor.next;
  const onlyBy = cursor.next.text === "by" && cursor.next.kind === "name";
  const aggregates = onlyBy
    ? []
    : cursor.list((): Column => {
        const name = cursor.isAssignment ? cursor.name() : undefined;
        if (name !== undefined) cursor.expect("=");
        const found = aggregate(cursor, columns);
        return columnOf(name ?? found.name, {
          type: found.type,
          value: (row) => found.of((row as Group).rows),
        });
      });
  const by = cursor.accept("by") ? columnList(cursor, columns, scalar) : [];
  const keys = by.map(({ name, type }, index): Column => {
    return { name, type, value: (row) => (row as Group).keys[index] };
  });
  return {
    columns: distinctNames(
      cursor,
      start,
      [...keys, ...aggregates].map((column) => ({ ...column, value: kept(column.value) })),
    ),
    rows: (source) => groups(by, rows(source)),
  };
};

/** The groups by the values of their keys, one key after the other: none of them is dynamic. */
type Nested = Map<Value, Nested | Group>;

/** Without keys there is one group, even of no rows. */
function groups(by: readonly Column[], rows: readonly Row[]): readonly Group[] {
  if (by.length === 0) return [{ keys: [], rows: [...rows] }];
  const found: Group[] = [];
  const nested: Nested = new Map();
  for (const row of rows) {
    const keys = by.map(({ value }) => value(row) ?? null);
    const last = keys.length - 1;
    const map = keys.slice(0, last).reduce<Nested>(inner, nested);
    const group = map.get(keys[last]) as Group | undefined;
    if (group !== undefined) group.rows.push(row);
    else {
      const added: Group = { keys, rows: [row] };
      map.set(keys[last], added);
      found.push(added);
    }
  }
  return found;
}

function inner(map: Nested, key: Value): Nested {
  const there = map.get(key) as Nested | undefined;
  if (there !== undefined) return there;
  const added: Nested = new Map();
  map.set(key, added);
  return added;
}
