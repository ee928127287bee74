import type { Step } from "./step.ts";
import { type Column, type Relation, type Row } from "./values.ts";

/** A row of a union, and which of its legs it is of. */
interface Leg {
  readonly leg: number;
  readonly row: Row;
}

/** `union [kind=outer|inner] leg, …`, each a table or a query in parentheses. */
export const union: Step = (cursor, before, pipeline) => {
  let inner = false;
  if (cursor.accept("kind")) {
    cursor.expect("=");
    inner = cursor.accept("inner");
    if (!inner) cursor.expect("outer");
  }
  const legs = [before, ...cursor.list(pipeline)];
  const columns = columnsOf(legs);
  return {
    columns: inner ? columns.filter(({ name, type }) => legs.every((leg) => has(leg, name, type))) : columns,
    rows: (source) =>
      legs.flatMap(({ rows }, leg): readonly Leg[] => rows(source).map((row) => ({ leg, row }))),
  };
};

const has = ({ columns }: Relation, name: string, type: Column["type"]): boolean =>
  columns.some((column) => column.name === name && column.type === type);

/** Columns of one name and type are one; where the types differ, each is there, with its type in its name. */
function columnsOf(legs: readonly Relation[]): readonly Column[] {
  const kinds = new Map<string, Map<Column["type"], Map<number, Column>>>();
  for (const [leg, { columns }] of legs.entries()) {
    for (const column of columns) {
      const types = kinds.get(column.name) ?? new Map<Column["type"], Map<number, Column>>();
      kinds.set(column.name, types.set(column.type, (types.get(column.type) ?? new Map()).set(leg, column)));
    }
  }
  return [...kinds].flatMap(([name, types]) =>
    [...types].map(([type, ofLegs]): Column => ({
      name: types.size === 1 ? name : `${name}_${type}`,
      type,
      value: (row) => {
        const { leg, row: inner } = row as Leg;
        return ofLegs.get(leg)?.value(inner);
      },
    })),
  );
}
