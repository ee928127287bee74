import type { Reply } from "./http/http.ts";
import type { JsonObject } from "./json.ts";

/** How a long-running operation ended. */
export interface Outcome {
  readonly status: "Succeeded" | "Failed" | "Canceled";
  readonly error?: JsonObject;
}

/** One of Azure's promises to be done later; settled by the first request that comes after `end`. */
export interface Operation {
  readonly id: string;
  readonly start: number;
  /** Infinity while something else, such as a rolling upgrade, decides when it ends. */
  end: number;
  /** Undefined while it runs. */
  outcome: Outcome | undefined;
  /** What the resource's GET answers when it is done. */
  readonly result: () => Reply | undefined;
  /** Applied to the state once the time has come. */
  readonly finish: (end: number) => void;
}
