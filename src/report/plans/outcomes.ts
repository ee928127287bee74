import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import type { Outcome } from "../../core/plans/plan.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Mark } from "../wording.ts";
import type { DescribedChange } from "./describedPlan.ts";

/** How a change stands: until its end is known, whether it was sent. */
export type Standing = Outcome["status"] | "sent" | "toBeSent";

export function standingOf({ outcome, sentAt }: DescribedChange): Standing {
  return outcome?.status ?? (sentAt === undefined ? "toBeSent" : "sent");
}

/** What needs attention first, what is done last. */
export const standings: readonly Standing[] = [
  "failed",
  "changedBySomeoneElse",
  "notConfirmed",
  "underWay",
  "sent",
  "toBeSent",
  "skipped",
  "notStarted",
  "done",
];

export const outcomeMarks: Readonly<Record<Standing, Mark>> = {
  failed: { sign: "✕", word: message("Failed"), tone: "bad" },
  changedBySomeoneElse: { sign: "≠", word: message("Changed by someone else"), tone: "doubtful" },
  notConfirmed: { sign: "?", word: message("Not confirmed"), tone: "doubtful" },
  underWay: { sign: "…", word: message("Under way"), tone: "open" },
  sent: { sign: "…", word: message("Sent, result unknown"), tone: "open" },
  toBeSent: { sign: "–", word: message("Not sent yet"), tone: "open" },
  skipped: { sign: "–", word: message("Skipped"), tone: "open" },
  notStarted: { sign: "–", word: message("Not sent"), tone: "open" },
  done: { sign: "✓", word: message("Done"), tone: "good" },
};

/** What changes of a kind do, as the heading of several. */
export const kindNames: Readonly<Record<ChangeKind, Message>> = {
  createResourceGroup: message("Create a resource group"),
  registerProvider: message("Register a resource provider"),
  createConfiguration: message("Create a configuration"),
  updateConfiguration: message("Edit a configuration"),
  deleteConfiguration: message("Delete a configuration"),
  associate: message("Associate with a configuration"),
  dissociate: message("Remove an association"),
  setUpgradePolicy: message("Change the upgrade policy"),
  setImageReference: message("Change the image"),
  setAutomaticUpdates: message("Change Windows Update"),
  setPatchSettings: message("Change the patch settings"),
  addHealthExtension: message("Add a health extension"),
  updateInstances: message("Update all instances"),
  startUpgrade: message("Start an OS upgrade"),
  cancelUpgrade: message("Cancel an OS upgrade"),
  approveUpgrade: message("Approve an OS upgrade"),
};
