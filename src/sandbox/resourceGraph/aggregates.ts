import type { Cursor } from "./cursor.ts";
import { expression, typed } from "./expression.ts";
import {
  type Column,
  compare,
  isNull,
  keyOfValues,
  named,
  type Row,
  type Type,
  type Value,
} from "./values.ts";

/** An aggregate as it stands in a query, under the name of its column where none is given. */
export interface Aggregated extends Column {
  readonly of: (rows: readonly Row[]) => Value;
}

interface Aggregate {
  readonly takes?: Type;
  /** That of the argument's values where it is not always the same. */
  readonly type: Type | "argument";
  readonly apply: (values: readonly Value[]) => Value;
}

const unique = (values: readonly Value[]): Value[] => [
  ...new Map(values.map((value) => [keyOfValues([value]), value])).values(),
];

const least = (values: readonly Value[]): Value =>
  values.reduce((best, value) => (best === undefined || compare(value, best) < 0 ? value : best), undefined);

/** They are given the values that are not null, as KQL leaves those out. */
const aggregates: Readonly<Record<string, Aggregate>> = {
  countif: {
    takes: "bool",
    type: "long",
    apply: (values) => values.filter((value) => value === true).length,
  },
  dcount: { type: "long", apply: (values) => unique(values).length },
  make_list: { type: "dynamic", apply: (values) => values.map((value) => value ?? null) },
  make_set: { type: "dynamic", apply: (values) => unique(values).map((value) => value ?? null) },
  any: { type: "argument", apply: ([first]) => first },
  take_any: { type: "argument", apply: ([first]) => first },
  min: { type: "argument", apply: least },
};

/** What an unnamed column begins with, before the name of the argument. */
const prefixOf = (word: string): string => word.replace("make_", "");

/** Compiles `count()` or `aggregate(expression)`. */
export function aggregate(cursor: Cursor, columns: readonly Column[]): Aggregated {
  const token = cursor.next;
  const word = cursor.name();
  cursor.expect("(");
  if (word === "count") {
    cursor.expect(")");
    return { name: "count_", type: "long", of: (rows) => rows.length };
  }
  const found = named(aggregates, word);
  if (found === undefined) throw cursor.error("is not an aggregate", token);
  const start = cursor.next;
  const given = expression(cursor, columns);
  cursor.expect(")");
  const argument = found.takes === undefined ? given : typed(cursor, start, given, found.takes);
  const { value } = argument;
  return {
    name: word === "take_any" ? (argument.name ?? "Column1") : `${prefixOf(word)}_${argument.name ?? ""}`,
    type: found.type === "argument" ? argument.type : found.type,
    of: (rows) => found.apply(rows.map((row) => value(row)).filter((one) => !isNull(one))),
  };
}
