import { Recent } from "../http/recent.ts";
import type { GraphIndex } from "./graphIndex.ts";
import { compile } from "./query.ts";
import { tableNamed, tableNames } from "./tables.ts";
import type { Column, Relation, Row } from "./values.ts";

/** What a query comes to. Of the rows nothing is worked out that nobody asks for. */
export interface Result {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Its pages as they were sent. */
  readonly pages: Recent<string>;
}

/** Runs queries over an index, and keeps what the last ones came to until the index changes: pages are asked for one by one. */
export class Queries {
  readonly #compiled = new Recent<Relation>(50);
  readonly #results = new Recent<Result & { readonly version: number }>(12);

  /** Throws QueryError at the first thing in the query that the interpreter does not know. */
  run(index: GraphIndex, query: string, subscriptionIds: readonly string[]): Result {
    const relation = this.#compiled.get(query, () => compile(query, tableNamed));
    const version = index.version();
    return this.#results.get(
      `${subscriptionIds.join()} ${query}`,
      () => {
        const source = new Map<string, readonly Row[]>();
        for (const table of tableNames) {
          source.set(
            table,
            subscriptionIds.flatMap((id) => index.rows(table, id)),
          );
        }
        const rows = relation.rows((table) => source.get(table) ?? []);
        return { columns: relation.columns, rows, version, pages: new Recent(3) };
      },
      (known) => known.version === version,
    );
  }
}
