import { type Aggregated, aggregate } from "./aggregates.ts";
import { columnList, distinctNames, scalar } from "./columns.ts";
import { keyOfValues, type Row, type Step } from "./values.ts";

/** `summarize [name =] aggregate(…), … [by [name =] expression, …]`. The groups' columns come first. */
export const summarize: Step = (cursor, { columns, rows }) => {
  const start = cursor.next;
  const onlyBy = cursor.next.text === "by" && cursor.next.kind === "name";
  const aggregates = onlyBy
    ? []
    : cursor.list((): Aggregated => {
        const name = cursor.isAssignment ? cursor.name() : undefined;
        if (name !== undefined) cursor.expect("=");
        const found = aggregate(cursor, columns);
        return { ...found, name: name ?? found.name };
      });
  const by = cursor.accept("by") ? columnList(cursor, columns, scalar) : [];
  const keysOf = (row: Row): Row => by.map(({ value }) => value(row));
  const groupsOf = (all: readonly Row[]): readonly (readonly Row[])[] =>
    // Without keys there is one group, even of no rows.
    by.length === 0 ? [all] : [...Map.groupBy(all, (row) => keyOfValues(keysOf(row))).values()];
  return {
    columns: distinctNames(cursor, start, [...by, ...aggregates]).map(({ name, type }) => ({ name, type })),
    rows: (source) =>
      groupsOf(rows(source)).map((group) => [
        ...group.slice(0, 1).flatMap(keysOf),
        ...aggregates.map(({ of }) => of(group)),
      ]),
  };
};
