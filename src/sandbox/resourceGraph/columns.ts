import type { Cursor } from "./cursor.ts";
import { expression } from "./expression.ts";
import type { Token } from "./tokens.ts";
import { type Column, type Expression, type Made } from "./values.ts";

/** Columns that `check` lets pass: `name = expression`, a column, a path, or an expression without a name, which becomes `Column1` and so on. */
export function columnList(
  cursor: Cursor,
  columns: readonly Column[],
  check: typeof scalar = (_cursor, _start, found) => found,
): Made[] {
  let unnamed = 0;
  return cursor.list(() => {
    const start = cursor.next;
    if (cursor.isAssignment) {
      const name = cursor.name();
      cursor.expect("=");
      return { ...check(cursor, start, expression(cursor, columns)), name };
    }
    const found = check(cursor, start, expression(cursor, columns));
    return { ...found, name: found.name ?? `Column${++unnamed}` };
  });
}

/** Refuses two columns of one name. */
export function distinctNames<T extends Column>(
  cursor: Cursor,
  start: Token,
  columns: readonly T[],
): readonly T[] {
  const names = new Set<string>();
  for (const { name } of columns) {
    if (names.has(name)) throw cursor.error(`begins a list with two columns '${name}'`, start);
    names.add(name);
  }
  return columns;
}

/** `columns` with one more, which takes the place of one of the same name. */
export function withColumn(columns: readonly Made[], added: Made): readonly Made[] {
  const index = columns.findIndex(({ name }) => name === added.name);
  return index < 0 ? [...columns, added] : columns.with(index, added);
}

/** Refuses a column that rows cannot be sorted, grouped, compared or told apart by. */
export function scalar<T extends Pick<Expression, "type">>(cursor: Cursor, start: Token, found: T): T {
  if (found.type !== "dynamic") return found;
  throw cursor.error(
    "begins what is dynamic where it must not be: say of which type it is, as tostring() does",
    start,
  );
}
