import { Cursor } from "./cursor.ts";
import { steps } from "./steps.ts";
import { named, type Relation, type Step } from "./values.ts";

/** Finds a table by its name. */
export type Tables = (name: string) => Relation | undefined;

/** How many of them Resource Graph takes in one query: joins and unions together, and expansions. */
const limits: Readonly<Record<string, readonly [group: string, limit: number]>> = {
  join: ["joins and unions", 3],
  union: ["joins and unions", 3],
  "mv-expand": ["expansions", 3],
};

/** Compiles a query. Throws QueryError at the first thing that it does not know. */
export function compile(query: string, tables: Tables): Relation {
  const cursor = new Cursor(query);
  const used = new Map<string, number>();

  const table = (): Relation => {
    const token = cursor.next;
    const found = tables(cursor.name().toLowerCase());
    if (found === undefined) throw cursor.error("is not a table", token);
    return found;
  };

  const pipeline = (): Relation => {
    let relation = table();
    while (cursor.accept("|")) {
      const token = cursor.next;
      const word = cursor.name();
      const step: Step | undefined = named(steps, word);
      if (step === undefined) throw cursor.error("is not an operator", token);
      const [group = "", limit = Infinity] = named(limits, word) ?? [];
      used.set(group, (used.get(group) ?? 0) + 1);
      if ((used.get(group) ?? 0) > limit) throw cursor.error(`is one of more than ${limit} ${group}`, token);
      relation = step(cursor, relation, nested);
    }
    return relation;
  };

  const nested = (): Relation => {
    if (!cursor.accept("(")) return table();
    const relation = pipeline();
    cursor.expect(")");
    return relation;
  };

  const relation = pipeline();
  if (cursor.next.kind !== "end") throw cursor.error("stands where '|' is expected");
  return relation;
}
