import { lastName } from "./ids.ts";
import type { WorldState } from "./state.ts";

/** A state and the keys of what has become another in it. */
export interface Written {
  readonly state: WorldState;
  readonly touched: readonly string[];
}

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** One write, whoever makes it. */
export interface Write {
  readonly what: string;
  /** Why Azure refuses it. */
  refusal?(state: WorldState, now: number): Refusal | undefined;
  apply(state: WorldState, now: number): Written;
}

export const unchanged = (state: WorldState): Written => ({ state, touched: [] });

export function missing(isThere: boolean, id: string): Refusal | undefined {
  if (isThere) return undefined;
  return { status: 404, code: "ResourceNotFound", message: `The resource '${id}' was not found.` };
}

export function busy(id: string): Refusal {
  return {
    status: 409,
    code: "OperationNotAllowed",
    message: `The scale set '${lastName(id)}' is being updated.`,
  };
}
