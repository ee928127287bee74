import { withColumn } from "./columns.ts";
import { expression, typed } from "./expression.ts";
import { isObject } from "../json.ts";
import { cellsOf, type Made, made, type Type, type Value, type Step } from "./values.ts";

/** How many rows Resource Graph makes of one where the query does not say, and at most. */
const [defaultRows, maxRows] = [128, 2000];

const types: readonly Type[] = ["string", "bool", "long", "real", "dynamic"];

/** `mv-expand [name =] expression [to typeof(type)] [limit n]`: a row per member; one with null stays, one with an empty list goes. */
export const mvExpand: Step = (cursor, { columns, rows }) => {
  const given = cursor.isAssignment ? cursor.name() : undefined;
  if (given !== undefined) cursor.expect("=");
  const start = cursor.next;
  const found = typed(cursor, start, expression(cursor, columns), "dynamic");
  const name = given ?? found.name;
  if (name === undefined) throw cursor.error("begins what needs a name", start);
  let type: Type = "dynamic";
  if (cursor.accept("to")) {
    cursor.expect("typeof");
    cursor.expect("(");
    const token = cursor.next;
    const wanted = types.find((one) => one === cursor.name());
    if (wanted === undefined) throw cursor.error("is not a type", token);
    type = wanted;
    cursor.expect(")");
  }
  const limit = cursor.accept("limit") ? cursor.wholeNumber() : defaultRows;
  if (limit > maxRows) throw cursor.error(`follows a limit over ${maxRows}`);
  // The member stands behind the row that it is of.
  const member: Made = { name, type, value: (row) => row[columns.length] };
  return made(withColumn(cellsOf(columns), member), (source) =>
    rows(source).flatMap((row) =>
      membersOf(found.value(row))
        .slice(0, limit)
        .map((value) => [...row, value]),
    ),
  );
};

function membersOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[];
  if (isObject(value)) return Object.entries(value).map(([key, one]) => ({ [key]: one ?? null }));
  return [value];
}
