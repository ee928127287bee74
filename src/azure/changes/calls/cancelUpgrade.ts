import { cancelUpgrade as sendCancel } from "../../clients/upgrades.ts";
import type { Call } from "../call.ts";

export const cancelUpgrade: Call = {
  send: ({ target }, context) => sendCancel(target, context),
};
