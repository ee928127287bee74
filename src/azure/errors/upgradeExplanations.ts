import { decodedError } from "../../core/upgrades/upgradeErrors.ts";
import { wordedRefusals } from "../../core/upgrades/wordedRefusals.ts";
import type { ErrorDetail } from "../../core/text/errorDetails.ts";
import { message } from "../../core/text/message.ts";
import type { Explanation } from "./explanation.ts";

/**
 * What Azure's refusals about automatic OS upgrades and rolling upgrades mean. Their codes are general ones, such as BadRequest: only
 * the words tell. A wrapped one is explained by its cause, which its details hold. Undefined for all others.
 */
export function explainUpgrade(
  code: string,
  words: string,
  details: readonly ErrorDetail[] = [],
): Explanation | undefined {
  const texts = [words, ...details.map(({ message: text = "" }) => text)];
  const known = refusals.find(([refusal]) => texts.some((text) => refusal.test(text)));
  if (known !== undefined) return known[1];
  const decoded = decodedError({ code, details: details.map((detail) => ({ ...detail })) });
  if (decoded === undefined || !upgradeErrors.test(decoded.code ?? "")) return undefined;
  return { summary: decoded.meaning, wayOut: decoded.next };
}

/** The codes with which rolling upgrades end, and one of PATCHes, that need no words. */
const upgradeErrors =
  /^(MaxUnhealthy\w*|RollingUpgrade\w*|InternalExecutionError|PropertyChangeNotAllowed)$/i;

const offered = message("Start “Enable Automatic OS Upgrades” for the set: it offers to mend this.");

const refusals: readonly (readonly [words: RegExp, explanation: Explanation])[] = [
  [
    // https://github.com/hashicorp/terraform-provider-azurerm/issues/11398
    /must use Platform or Gallery Image with version set to 'latest'/i,
    {
      summary: message("The image of the set is pinned to a version, or is not one that has versions."),
      wayOut: offered,
    },
  ],
  [
    // https://github.com/Azure/aks-engine/issues/1795
    /cannot be enabled on virtualMachineScaleSets configured with a Platform Image/i,
    {
      summary: message("Azure does not support automatic OS upgrades for this platform image."),
      wayOut: message(
        "Use a platform image that Microsoft lists as supported, or an image of an Azure Compute Gallery.",
      ),
    },
  ],
  [
    // https://github.com/MicrosoftDocs/azure-docs/issues/122644
    /both a health probe and a health extension were provided/i,
    {
      summary: message("The set has two sources of health, a probe and an extension, and may have only one."),
      wayOut: message("Remove the probe or the extension from the set, then try again."),
    },
  ],
  [
    /health probe or health extension was not (specified|provided)/i,
    { summary: message("Nothing tells Azure whether an instance of the set is healthy."), wayOut: offered },
  ],
  [
    /enableAutomaticUpdates cannot be set to true if/i,
    {
      summary: message("Azure accepts Windows Update or automatic OS upgrades on a set, not both."),
      wayOut: message(
        "To enable upgrades, use “Turn Windows Update Off and Retry”: its review says what that does to running machines.",
      ),
    },
  ],
  ...wordedRefusals.map(({ words, meaning, next }) => [words, { summary: meaning, wayOut: next }] as const),
  [
    // https://github.com/Azure/azure-cli/issues/6640
    /OS Rolling Upgrade API cannot be used/i,
    {
      summary: message(
        "The image of the set has no newer version to upgrade to: it must be one that follows latest.",
      ),
      wayOut: offered,
    },
  ],
  [
    /rolling upgrade is in progress|another rolling upgrade/i,
    {
      summary: message("A rolling upgrade of the set is running already."),
      wayOut: message(
        "Wait until that upgrade has ended, or cancel it; the Activity view shows how far it is.",
      ),
    },
  ],
  [
    // https://github.com/hashicorp/terraform-provider-azurerm/issues/15634
    /no ongoing rolling upgrade to cancel/i,
    {
      summary: message("No rolling upgrade of the set is running."),
      wayOut: message("It may have ended meanwhile: its history tells how."),
    },
  ],
  [
    // https://github.com/MicrosoftDocs/azure-docs/issues/6134
    /^Operation '[^']+' is not allowed on Virtual Machine Scale Set/i,
    {
      summary: message("Azure does not allow this upgrade on the set as it is now."),
      wayOut: message(
        "“Explain Why It Did Not Upgrade” shows what the set lacks. Mend that, then try again.",
      ),
    },
  ],
  [
    /is not an active Virtual Machine Scale Set VM instanceId/i,
    {
      summary: message("One of the instances is there no more."),
      wayOut: message("Refresh, then try again with the instances that there are."),
    },
  ],
];
