import { isObject, type Json } from "../json.ts";
import type { Cursor } from "./cursor.ts";

export type Value = Json | undefined;
export type Row = Readonly<Record<string, Value>>;
export type Expression = (row: Row) => Value;

/** What a value is as text: absent is empty, as KQL's strings are never null. */
export function textOf(value: Value): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const isEmpty = (value: Value): boolean => value === undefined || value === null || value === "";
const low = (value: Value): string => textOf(value).toLowerCase();

function equal(left: Value, right: Value): boolean {
  if (typeof left === "boolean" || typeof right === "boolean") return low(left) === low(right);
  return textOf(left) === textOf(right);
}

/** Numbers by size, everything else by its text. */
export function compare(left: Value, right: Value): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  const [a, b] = [textOf(left), textOf(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `has` finds whole terms: what stands beside it is not a letter or digit. */
function hasTerm(left: Value, right: Value): boolean {
  const [text, term] = [low(left), low(right)];
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const beside = text.charAt(at - 1) + text.charAt(at + term.length);
    if (!/[a-z0-9]/.test(beside)) return true;
  }
  return false;
}

const operators: Readonly<Record<string, (left: Value, right: Value) => boolean>> = {
  "==": equal,
  "!=": (left, right) => !equal(left, right),
  "=~": (left, right) => low(left) === low(right),
  "!~": (left, right) => low(left) !== low(right),
  "<": (left, right) => compare(left, right) < 0,
  "<=": (left, right) => compare(left, right) <= 0,
  ">": (left, right) => compare(left, right) > 0,
  ">=": (left, right) => compare(left, right) >= 0,
  contains: (left, right) => low(left).includes(low(right)),
  "!contains": (left, right) => !low(left).includes(low(right)),
  has: hasTerm,
  "!has": (left, right) => !hasTerm(left, right),
  startswith: (left, right) => low(left).startsWith(low(right)),
  "!startswith": (left, right) => !low(left).startsWith(low(right)),
  endswith: (left, right) => low(left).endsWith(low(right)),
  "!endswith": (left, right) => !low(left).endsWith(low(right)),
};

const memberships: Readonly<Record<string, (value: Value, values: readonly Value[]) => boolean>> = {
  in: (value, values) => values.some((one) => equal(value, one)),
  "!in": (value, values) => !values.some((one) => equal(value, one)),
  "in~": (value, values) => values.some((one) => low(value) === low(one)),
  "!in~": (value, values) => !values.some((one) => low(value) === low(one)),
};

/** Functions with the number of their arguments. */
const functions: Readonly<Record<string, readonly [count: number, apply: (...args: Value[]) => Value]>> = {
  not: [1, (value) => value !== true],
  tostring: [1, textOf],
  tolower: [1, low],
  toupper: [1, (value) => textOf(value).toUpperCase()],
  tobool: [1, (value) => low(value) === "true"],
  toint: [1, (value) => (/^-?\d+/.test(textOf(value)) ? Math.trunc(Number(textOf(value))) : undefined)],
  isempty: [1, isEmpty],
  isnotempty: [1, (value) => !isEmpty(value)],
  isnull: [1, (value) => value === undefined || value === null],
  isnotnull: [1, (value) => value !== undefined && value !== null],
  array_length: [1, (value) => (Array.isArray(value) ? value.length : undefined)],
};

/** Compiles an expression; names in it must be among `columns`. */
export function expression(cursor: Cursor, columns: ReadonlySet<string>): Expression {
  const or = (): Expression => {
    const parts = [and()];
    while (cursor.accept("or")) parts.push(and());
    const [only] = parts;
    return parts.length === 1 && only !== undefined
      ? only
      : (row) => parts.some((part) => part(row) === true);
  };

  const and = (): Expression => {
    const parts = [comparison()];
    while (cursor.accept("and")) parts.push(comparison());
    const [only] = parts;
    return parts.length === 1 && only !== undefined
      ? only
      : (row) => parts.every((part) => part(row) === true);
  };

  const comparison = (): Expression => {
    const left = operand();
    const { text, kind } = cursor.next;
    if (kind !== "symbol" && kind !== "name") return left;
    const operator = operators[text];
    if (operator !== undefined) {
      cursor.take();
      const right = operand();
      return (row) => operator(left(row), right(row));
    }
    const membership = memberships[text];
    if (membership === undefined) return left;
    cursor.take();
    cursor.expect("(");
    const values = cursor.list(operand);
    cursor.expect(")");
    return (row) =>
      membership(
        left(row),
        values.map((value) => value(row)),
      );
  };

  const operand = (): Expression => {
    let value = primary();
    for (;;) {
      if (cursor.accept(".")) value = member(value, cursor.name());
      else if (cursor.accept("[")) {
        const { kind, text } = cursor.take();
        if (kind !== "text" && kind !== "number") throw cursor.error("is followed by no name or index");
        value = member(value, kind === "number" ? Number(text) : text);
        cursor.expect("]");
      } else return value;
    }
  };

  const primary = (): Expression => {
    if (cursor.accept("(")) {
      const inner = or();
      cursor.expect(")");
      return inner;
    }
    const token = cursor.take();
    if (token.kind === "text") return () => token.text;
    if (token.kind === "number") return () => Number(token.text);
    if (token.kind !== "name") throw cursor.error("is not an expression", token);
    if (token.text === "true" || token.text === "false") return () => token.text === "true";
    if (cursor.accept("(")) return call(token);
    if (!columns.has(token.text)) throw cursor.error("is not a column", token);
    return (row) => row[token.text];
  };

  const call = (name: { readonly text: string; readonly at: number }): Expression => {
    const [count, apply] = functions[name.text] ?? [];
    const args = cursor.list(or);
    cursor.expect(")");
    if (apply === undefined || args.length !== count) {
      throw cursor.error("is not a function that takes these arguments", { kind: "name", ...name });
    }
    return (row) => apply(...args.map((arg) => arg(row)));
  };

  return or();
}

function member(of: Expression, name: string | number): Expression {
  return (row) => {
    const value = of(row);
    if (typeof name === "number") return Array.isArray(value) ? (value[name] as Value) : undefined;
    return isObject(value) ? value[name] : undefined;
  };
}
