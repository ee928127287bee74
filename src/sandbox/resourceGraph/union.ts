import type { Column, Relation, Step } from "./values.ts";

/** `union [kind=outer|inner] leg, …`, each a table or a query in parentheses. */
export const union: Step = (cursor, before, pipeline) => {
  let inner = false;
  if (cursor.accept("kind")) {
    cursor.expect("=");
    inner = cursor.accept("inner");
    if (!inner) cursor.expect("outer");
  }
  const legs = [before, ...cursor.list(pipeline)];
  const columns = columnsOf(legs).filter(({ places }) => !inner || places.every((place) => place >= 0));
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: (source) =>
      legs.flatMap(({ rows }, leg) =>
        rows(source).map((row) => columns.map(({ places }) => row[places[leg] ?? -1])),
      ),
  };
};

/** A column of a union, and where each of its legs has it; -1 where it lacks it. */
interface Shared extends Column {
  readonly places: readonly number[];
}

/** Columns of one name and type are one; where the types differ, each is there, with its type in its name. */
function columnsOf(legs: readonly Relation[]): readonly Shared[] {
  const byName = Map.groupBy(
    legs.flatMap(({ columns }) => columns),
    ({ name }) => name,
  );
  return [...byName].flatMap(([name, alike]) => {
    const types = [...new Set(alike.map(({ type }) => type))];
    return types.map((type) => ({
      name: types.length === 1 ? name : `${name}_${type}`,
      type,
      places: legs.map(({ columns }) => columns.findIndex((one) => one.name === name && one.type === type)),
    }));
  });
}
