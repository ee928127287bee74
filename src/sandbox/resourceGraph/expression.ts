import { isObject, type Json } from "../json.ts";
import type { Cursor } from "./cursor.ts";
import { functions } from "./functions.ts";
import { operandOf, operators } from "./operators.ts";
import type { Token } from "./tokens.ts";
import { cellsOf, type Column, type Expression, named, type Type } from "./values.ts";

/** Compiles an expression; names in it must be among `columns`, and types must be those that KQL takes. */
export function expression(cursor: Cursor, columns: readonly Column[]): Expression {
  const cells = cellsOf(columns);

  const logical = (word: string, part: () => Expression, decisive: boolean): Expression => {
    const start = cursor.next;
    const first = part();
    if (cursor.next.kind !== "name" || cursor.next.text !== word) return first;
    const parts = [typed(cursor, start, first, "bool").value];
    while (cursor.accept(word)) parts.push(typed(cursor, cursor.next, part(), "bool").value);
    return {
      type: "bool",
      value: (row) =>
        decisive ? parts.some((one) => one(row) === true) : parts.every((one) => one(row) === true),
    };
  };

  const or = (): Expression => logical("or", and, true);
  const and = (): Expression => logical("and", comparison, false);

  const comparison = (): Expression => {
    const left = operand();
    const token = cursor.next;
    if (token.kind !== "symbol" && token.kind !== "name") return left;
    const operator = named(operators, token.text);
    if (operator === undefined) return left;
    cursor.take();
    const right = operator.isOfList === true ? list() : operand();
    if (!operator.takes(left.type, right.type)) {
      throw cursor.error(`is not defined for ${left.type} and ${right.type}`, token);
    }
    const [one, other] = [operandOf(left), operandOf(right)];
    return { type: "bool", value: (row) => operator.apply(one(row), other(row)) };
  };

  const list = (): Expression => {
    cursor.expect("(");
    const members = cursor.list(operand).map(operandOf);
    cursor.expect(")");
    return { type: "dynamic", value: (row) => members.map((one) => one(row) ?? null) };
  };

  const operand = (): Expression => {
    let value = primary();
    for (;;) {
      const token = cursor.next;
      if (cursor.accept(".")) value = member(cursor, token, value, cursor.name());
      else if (cursor.accept("[")) {
        const { kind, text } = cursor.take();
        if (kind !== "text" && kind !== "number") throw cursor.error("is followed by no name or index");
        value = member(cursor, token, value, kind === "text" ? text : Number(text));
        cursor.expect("]");
      } else return value;
    }
  };

  const primary = (): Expression => {
    if (cursor.accept("(")) {
      const { type, value } = or();
      cursor.expect(")");
      return { type, value };
    }
    const token = cursor.take();
    if (token.kind === "text") return { type: "string", value: () => token.text };
    if (token.kind === "number") return number(token.text);
    if (token.kind !== "name") throw cursor.error("is not an expression", token);
    if (token.text === "true" || token.text === "false") {
      return { type: "bool", value: () => token.text === "true" };
    }
    if (cursor.accept("(")) return token.text === "dynamic" ? literal() : call(token);
    const column = cells.find(({ name }) => name === token.text);
    if (column === undefined) throw cursor.error("is not a column", token);
    return column;
  };

  const literal = (): Expression => {
    const value = jsonIn(cursor);
    cursor.expect(")");
    return { type: "dynamic", value: () => value };
  };

  const call = (token: Token): Expression => {
    const starts: Token[] = [];
    const args = cursor.listUntil(")", () => {
      starts.push(cursor.next);
      return or();
    });
    const func = named(functions, token.text);
    if (func === undefined) throw cursor.error("is not a function", token);
    if (!func.count(args.length)) throw cursor.error(`does not take ${args.length} arguments`, token);
    for (const [index, arg] of args.entries()) {
      const wanted = func.takes?.(index, args);
      if (wanted !== undefined) typed(cursor, starts[index] ?? token, arg, wanted);
    }
    const values = args.map(({ value }) => value);
    const name = func.named === true ? args[0]?.name : undefined;
    return {
      type: typeof func.type === "function" ? func.type(args) : func.type,
      value: (row) =>
        func.apply(
          values.map((value) => value(row)),
          args,
        ),
      ...(name !== undefined && { name }),
    };
  };

  return or();
}

/** The expression, if it is of that type. */
export function typed<T extends Expression>(cursor: Cursor, start: Token, found: T, wanted: Type): T {
  if (found.type === wanted) return found;
  throw cursor.error(`begins what is of type ${found.type} where ${wanted} is expected`, start);
}

function number(text: string): Expression {
  const value = Number(text);
  return { type: Number.isInteger(value) ? "long" : "real", value: () => value };
}

function member(cursor: Cursor, at: Token, of: Expression, key: string | number): Expression {
  if (of.type !== "dynamic") throw cursor.error(`follows what is of type ${of.type} and has no members`, at);
  return {
    type: "dynamic",
    value: (row) => {
      const value = of.value(row);
      if (typeof key === "number")
        return Array.isArray(value) ? (value.at(key) as Json | undefined) : undefined;
      return isObject(value) ? value[key] : undefined;
    },
    ...(of.name !== undefined && { name: `${of.name}_${key}` }),
  };
}

/** What stands in `dynamic(…)`: JSON, whose texts may be in single quotes. */
function jsonIn(cursor: Cursor): Json {
  if (cursor.accept("[")) return cursor.listUntil("]", () => jsonIn(cursor));
  if (cursor.accept("{")) {
    return Object.fromEntries(
      cursor.listUntil("}", () => {
        const { kind, text } = cursor.take();
        if (kind !== "text") throw cursor.error("follows what is no name in quotes");
        cursor.expect(":");
        return [text, jsonIn(cursor)];
      }),
    );
  }
  const token = cursor.take();
  if (token.kind === "number") return Number(token.text);
  if (token.kind === "text") return token.text;
  const words: Readonly<Record<string, Json>> = { null: null, true: true, false: false };
  const word = token.kind === "name" ? named(words, token.text) : undefined;
  if (word === undefined) throw cursor.error("is no dynamic literal", token);
  return word;
}
