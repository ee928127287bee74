import type { Json } from "../json.ts";

export type Value = Json | undefined;
export type Type = "string" | "bool" | "long" | "real" | "dynamic";

/** A row of any step of a query. Only the columns of that step know what is in it. */
export type Row = object;

/** What is worked out of a row, when somebody asks for it. */
export interface Expression {
  readonly type: Type;
  readonly value: (row: Row) => Value;
  /** The column's name where none is given: that of a column, or of a path with underscores. */
  readonly name?: string;
}

export interface Column extends Expression {
  readonly name: string;
}

/** The rows that each table of a query begins with. */
export type Source = (table: string) => readonly Row[];

/** A step of a query, ready to run: its columns are known before any row is. */
export interface Relation {
  readonly columns: readonly Column[];
  readonly rows: (source: Source) => readonly Row[];
}

export const isNull = (value: Value): value is undefined | null => value === undefined || value === null;

/** What a value is as text: absent is empty, as KQL's strings are never null. */
export function textOf(value: Value): string {
  if (isNull(value)) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export const low = (value: Value): string => textOf(value).toLowerCase();

/** Text that only equal values have. */
export function keyOfValues(values: readonly Value[]): string {
  let key = "";
  for (const value of values) {
    const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
    key += `${typeof value}${text.length} ${text}`;
  }
  return key;
}

/** Nulls first, numbers by size, everything else by its text. */
export function compare(left: Value, right: Value): number {
  if (typeof left === "string" && typeof right === "string") return left < right ? -1 : left > right ? 1 : 0;
  if (isNull(left) || isNull(right)) return Number(isNull(right)) - Number(isNull(left));
  if (typeof left === "number" && typeof right === "number") return left - right;
  const [a, b] = [textOf(left), textOf(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Keeps what was worked out of the last row, since one row is asked the same several times in succession. */
export function kept(value: Expression["value"]): Expression["value"] {
  let last: Row | undefined;
  let known: Value;
  return (row) => {
    if (row !== last) {
      known = value(row);
      last = row;
    }
    return known;
  };
}

/** The column as rows show it that hold the rows it was made for. */
export const seenThrough = (column: Column, inner: (row: Row) => Row | undefined): Column => ({
  ...column,
  value: (row) => {
    const found = inner(row);
    return found === undefined ? undefined : column.value(found);
  },
});

/** What a table of ours has under a name that stands in a query. */
export function named<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
