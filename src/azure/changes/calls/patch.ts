import { patchScaleSet } from "../../clients/compute.ts";
import { bodyOf, type Call } from "../call.ts";

/** PATCH of a scale set's model with exactly the members that the change names. */
export const patch: Call = {
  send: (change, context) => patchScaleSet(change.target, bodyOf(change), context),
  follows: "unlessRolling",
};
