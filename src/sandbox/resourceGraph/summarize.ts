import { aggregate } from "./aggregates.ts";
import { columnList, columnOf, distinctNames, scalar } from "./columns.ts";
import type { Step } from "./steps.ts";
import { type Column, keyOfValues, kept, type Row, type Value } from "./values.ts";

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

/** Without keys there is one group, even of no rows. */
function groups(by: readonly Column[], rows: readonly Row[]): readonly Group[] {
  if (by.length === 0) return [{ keys: [], rows: [...rows] }];
  const found = new Map<string, Group>();
  for (const row of rows) {
    const keys = by.map(({ value }) => value(row));
    const key = keyOfValues(keys);
    const group = found.get(key);
    if (group === undefined) found.set(key, { keys, rows: [row] });
    else group.rows.push(row);
  }
  return [...found.values()];
}
