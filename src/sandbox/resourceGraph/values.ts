import type { Json } from "../json.ts";
import type { Cursor } from "./cursor.ts";

export type Value = Json | undefined;
export type Type = "string" | "bool" | "long" | "real" | "dynamic";

/** A row of a step of a query: what it has in each of the step's columns. */
export type Row = readonly Value[];

export interface Column {
  readonly name: string;
  readonly type: Type;
}

/** What is worked out of a row. */
export interface Expression {
  readonly type: Type;
  readonly value: (row: Row) => Value;
  /** The column's name where none is given: that of a column, or of a path with underscores. */
  readonly name?: string;
}

/** A column that a step makes. */
export type Made = Column & Expression;

/** The rows that each table of a query begins with. */
export type Source = (table: string) => readonly Row[];

/** A step of a query, ready to run: its columns are known before any row is. */
export interface Relation {
  readonly columns: readonly Column[];
  readonly rows: (source: Source) => readonly Row[];
}

/** Compiles one step of a query, after its name. `pipeline` reads the query that stands between parentheses, or the one table. */
export type Step = (cursor: Cursor, before: Relation, pipeline: () => Relation) => Relation;

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

/** Each column as an expression. */
export const cellsOf = (columns: readonly Column[]): readonly Made[] =>
  columns.map((column, index) => ({ ...column, value: (row) => row[index] }));

/** A relation with these columns instead of its own. */
export const made = (columns: readonly Made[], rows: Relation["rows"]): Relation => ({
  columns: columns.map(({ name, type }) => ({ name, type })),
  rows: (source) => rows(source).map((row) => columns.map(({ value }) => value(row))),
});

/** What a table of ours has under a name that stands in a query. */
export function named<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
