import { columnList, distinctNames, scalar, withColumn } from "./columns.ts";
import type { Cursor } from "./cursor.ts";
import { expression, typed } from "./expression.ts";
import { join } from "./join.ts";
import { mvExpand } from "./mvExpand.ts";
import { summarize } from "./summarize.ts";
import { union } from "./union.ts";
import {
  cellsOf,
  type Column,
  compare,
  type Expression,
  isNull,
  keyOfValues,
  made,
  type Row,
  type Value,
  type Step,
} from "./values.ts";

const where: Step = (cursor, { columns, rows }) => {
  const start = cursor.next;
  const condition = expression(cursor, columns);
  if (!cursor.isAtEnd) throw cursor.error("stands where '|' is expected");
  const { value } = typed(cursor, start, condition, "bool");
  return { columns, rows: (source) => rows(source).filter((row) => value(row) === true) };
};

const project: Step = (cursor, { columns, rows }) => {
  const start = cursor.next;
  return made(distinctNames(cursor, start, columnList(cursor, columns)), rows);
};

const projectAway: Step = (cursor, { columns, rows }) => {
  const away = new Set(
    cursor.list(() => {
      const token = cursor.next;
      const name = cursor.name();
      if (!columns.some((one) => one.name === name)) throw cursor.error("is not a column", token);
      return name;
    }),
  );
  return made(
    cellsOf(columns).filter(({ name }) => !away.has(name)),
    rows,
  );
};

const extend: Step = (cursor, { columns, rows }) => {
  // What is added earlier in the list is not there yet for what stands behind it.
  const added = columnList(cursor, columns);
  return made(added.reduce(withColumn, cellsOf(columns)), rows);
};

interface SortKey {
  readonly value: Expression["value"];
  readonly sign: 1 | -1;
  /** Whether nulls come before everything else. */
  readonly nullsFirst: boolean;
}

function sortKey(cursor: Cursor, columns: readonly Column[]): SortKey {
  const start = cursor.next;
  const { value } = scalar(cursor, start, expression(cursor, columns));
  const ascending = cursor.accept("asc");
  if (!ascending) cursor.accept("desc");
  if (!cursor.accept("nulls")) return { value, sign: ascending ? 1 : -1, nullsFirst: ascending };
  const nullsFirst = cursor.accept("first");
  if (!nullsFirst) cursor.expect("last");
  return { value, sign: ascending ? 1 : -1, nullsFirst };
}

function inOrder(keys: readonly SortKey[], left: readonly Value[], right: readonly Value[]): number {
  for (const [index, { sign, nullsFirst }] of keys.entries()) {
    const [a, b] = [left[index], right[index]];
    const order = compare(a, b);
    if (order === 0) continue;
    return isNull(a) || isNull(b) ? order * (nullsFirst ? 1 : -1) : order * sign;
  }
  return 0;
}

/** The keys are worked out once per row. */
const orderBy: Step = (cursor, { columns, rows }) => {
  cursor.expect("by");
  const keys = cursor.list(() => sortKey(cursor, columns));
  return {
    columns,
    rows: (source) =>
      rows(source)
        .map((row): readonly [Row, readonly Value[]] => [row, keys.map(({ value }) => value(row))])
        .sort(([, left], [, right]) => inOrder(keys, left, right))
        .map(([row]) => row),
  };
};

const take: Step = (cursor, { columns, rows }) => {
  const maxRows = cursor.wholeNumber();
  return { columns, rows: (source) => rows(source).slice(0, maxRows) };
};

const firstOf = (rows: readonly Row[]): readonly Row[] => rows.slice(0, 1);

const distinct: Step = (cursor, { columns, rows }) => {
  const start = cursor.next;
  const wanted = cursor.accept("*")
    ? cellsOf(columns).map((column) => scalar(cursor, start, column))
    : distinctNames(cursor, start, columnList(cursor, columns, scalar));
  const all = made(wanted, rows);
  return {
    ...all,
    rows: (source) => [...Map.groupBy(all.rows(source), keyOfValues).values()].flatMap(firstOf),
  };
};

const count: Step = (_, { rows }) => ({
  columns: [{ name: "Count", type: "long" }],
  rows: (source) => [[rows(source).length]],
});

export const steps: Readonly<Record<string, Step>> = {
  where,
  project,
  "project-away": projectAway,
  extend,
  order: orderBy,
  sort: orderBy,
  take,
  limit: take,
  distinct,
  count,
  join,
  summarize,
  union,
  "mv-expand": mvExpand,
};
