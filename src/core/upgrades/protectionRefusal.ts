import { message } from "../text/message.ts";

/** Azure's words when it refuses to upgrade a set without an instance that it could upgrade. */
export const protectionRefusal = /\bunprotected instances\b/i;

/** The two causes of that refusal: https://github.com/hashicorp/terraform-provider-azurerm/pull/12590, https://github.com/Azure/azure-cli/issues/9164. */
export const noUnprotectedInstance = {
  meaning: message(
    "No instance of the set can be upgraded: the image doesn't follow latest, or every instance is protected from scale set actions.",
  ),
  next: message(
    "Use the latest image, or turn off protectFromScaleSetActions for some instances. “Explain Eligibility” shows which it is.",
  ),
};
