import { putExtension } from "../../clients/upgrades.ts";
import { bodyOf, type Call } from "../call.ts";

export const addHealthExtension: Call = {
  send: (change, context) => putExtension(change.target, bodyOf(change), context),
  follows: "unlessRolling",
};
