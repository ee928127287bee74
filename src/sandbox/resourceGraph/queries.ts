import { Recent } from "../http/recent.ts";
import type { GraphIndex, Tables } from "./graphIndex.ts";
import { compile } from "./query.ts";
import { tableNamed, type TableName } from "./tables.ts";
import type { Column, Row } from "./values.ts";

/** What a query comes to. */
export interface Result {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Its pages as they were sent. */
  readonly pages: Map<string, string>;
}

/** Runs queries over an index, and keeps what the last ones came to until what they saw changes: pages are asked for one by one. */
export class Queries {
  readonly #results = new Recent<Result & { readonly seen: readonly Tables[] }>(50);

  /** Throws QueryError at the first thing in the query that the interpreter does not know. */
  run(index: GraphIndex, query: string, subscriptionIds: readonly string[]): Result {
    const seen = index.tables(subscriptionIds);
    return this.#results.get(
      `${subscriptionIds.join()} ${query}`,
      () => {
        const { columns, rows } = compile(query, tableNamed);
        const source = (name: string) => seen.flatMap((tables) => tables[name as TableName]);
        return { columns, rows: rows(source), seen, pages: new Map() };
      },
      (known) => known.seen.every((tables, place) => tables === seen[place]),
    );
  }
}
