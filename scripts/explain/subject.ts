import type { ParseArgsOptionsConfig } from "node:util";
import type { JsonObject } from "../../src/core/resources/json.ts";
import type { Values } from "../lib/task.ts";

/** Something that `npm run explain` explains. */
export interface Subject<T extends ParseArgsOptionsConfig> {
  readonly usage: string;
  readonly options: T;
  /** The JSON that an argument other than `-` stands for; absent where the argument is the JSON. */
  readonly read?: (argument: string) => string;
  /** The explanation, or a promise of it, to be printed as JSON; a `Failure` for input that can't be used. */
  readonly explain: (json: JsonObject, values: Values<T>) => unknown;
}
