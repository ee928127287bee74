import { startUpgrade as sendStart } from "../../clients/upgrades.ts";
import type { Call } from "../call.ts";

/** Its operation lives as long as the upgrade, and can fail within a second (FACTS §9.3); afterwards the upgrade is watched. */
export const startUpgrade: Call = {
  send: ({ target }, context) => sendStart(target, context),
  follows: "firstSeconds",
};
