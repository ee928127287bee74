import type { Refusal } from "../http/errors.ts";

/** What a request is told of its quota; and why it is refused, if it is. */
export interface Metered {
  readonly headers: Readonly<Record<string, string>>;
  readonly refusal?: Refusal;
}
