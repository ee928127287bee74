import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";

/** A refusal of Azure's that comes with a general code, such as BadRequest: only its words tell it. */
export interface WordedRefusal {
  readonly words: RegExp;
  readonly meaning: Message;
  readonly next: Message;
}

export const wordedRefusals: readonly WordedRefusal[] = [
  {
    // The two causes of it: https://github.com/hashicorp/terraform-provider-azurerm/pull/12590, https://github.com/Azure/azure-cli/issues/9164.
    words: /\bunprotected instances\b/i,
    meaning: message(
      "No instance can be upgraded: the image version isn't latest, or all instances are protected from scale set actions.",
    ),
    next: message(
      "Use the latest image, or turn off protectFromScaleSetActions for some instances. “Explain Why It Didn't Upgrade” shows which applies.",
    ),
  },
  {
    // https://github.com/MicrosoftDocs/azure-docs/issues/18223
    words: /must have all VM instances upgraded to (the )?same Platform Image/i,
    meaning: message("The instances don't all run the same platform image."),
    next: message(
      "Update all instances to the latest model, then try again. This restarts them and can replace their OS disks.",
    ),
  },
  {
    // https://github.com/MicrosoftDocs/azure-docs/issues/18035
    words: /having Service Fabric extension with durabilityLevel as 'Bronze'/i,
    meaning: message(
      "Service Fabric durability is {0}. Automatic OS upgrades need Silver or Gold.",
      "Bronze",
    ),
    next: message("Raise the durability to Silver or Gold in the cluster and the extension, then try again."),
  },
];
