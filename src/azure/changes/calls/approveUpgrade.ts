import { approveUpgrade as sendApproval } from "../../clients/upgrades.ts";
import { bodyOf, type Call } from "../call.ts";

export const approveUpgrade: Call = {
  send: (change, context) => sendApproval(change.target, bodyOf(change), context),
  follows: "firstSeconds",
};
