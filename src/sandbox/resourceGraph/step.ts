import type { Cursor } from "./cursor.ts";
import type { Relation } from "./values.ts";

/** Reads the query that stands between parentheses, or the one table. */
export type Pipeline = () => Relation;

/** Compiles one step of a query, after its name. */
export type Step = (cursor: Cursor, before: Relation, pipeline: Pipeline) => Relation;
