import { updateInstances as sendUpdate } from "../../clients/upgrades.ts";
import { bodyOf, type Call } from "../call.ts";

export const updateInstances: Call = {
  send: (change, context) => sendUpdate(change.target, bodyOf(change), context),
};
