import { Recent } from "../recent.ts";
import type { GraphIndex } from "./graphIndex.ts";
import { compile } from "./query.ts";
import { tableNamed, tableNames } from "./tables.ts";
import type { Column, Relation, Row } from "./values.ts";

/** What a query comes to. Of the rows nothing is worked out that nobody asks for. */
export interface Result {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Runs queries over an index, and remembers the last ones: their pages are asked for one by one. */
export class Queries {
  readonly #compiled = new Recent<Relation>(50);
  readonly #results = new Recent<Result & { readonly version: number }>(24);

  /** Throws QueryError at the first thing in the query that the interpreter does not know. */
  run(index: GraphIndex, query: string, subscriptionIds: readonly string[]): Result {
    const { columns, rows } =
      this.#compiled.get(query) ?? this.#compiled.add(query, compile(query, tableNamed));
    const version = index.version();
    const key = `${subscriptionIds.join()} ${query}`;
    const there = this.#results.get(key);
    if (there?.version === version) return there;
    const source = new Map<string, readonly Row[]>();
    for (const table of tableNames)
      source.set(
        table,
        subscriptionIds.flatMap((id) => index.rows(table, id)),
      );
    const found = rows((table) => source.get(table) ?? []);
    return this.#results.add(key, { columns, rows: found, version });
  }
}
