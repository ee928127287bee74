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

const offered = message("Run Enable Automatic OS Upgrades, which offers to fix this.");

const refusals: readonly (readonly [words: RegExp, explanation: Explanation])[] = [
  [
    // https://github.com/hashicorp/terraform-provider-azurerm/issues/11398
    /must use Platform or Gallery Image with version set to 'latest'/i,
    {
      summary: message("The image is pinned to a version, or has no versions."),
      wayOut: offered,
    },
  ],
  [
    // https://github.com/Azure/aks-engine/issues/1795
    /cannot be enabled on virtualMachineScaleSets configured with a Platform Image/i,
    {
      summary: message("Azure doesn't support automatic OS upgrades for this platform image."),
      wayOut: message("Use a supported platform image or an Azure Compute Gallery image."),
    },
  ],
  [
    // https://github.com/MicrosoftDocs/azure-docs/issues/122644
    /both a health probe and a health extension were provided/i,
    {
      summary: message("The scale set has both a health probe and a health extension. Only one is allowed."),
      wayOut: message("Remove the probe or the extension, then try again."),
    },
  ],
  [
    /health probe or health extension was not (specified|provided)/i,
    { summary: message("Azure can't tell whether instances are healthy."), wayOut: offered },
  ],
  [
    /enableAutomaticUpdates cannot be set to true if/i,
    {
      summary: message("Azure accepts Windows Update or automatic OS upgrades, not both."),
      wayOut: message(
        "To turn on upgrades, use “Turn Windows Update Off and Retry”. Its review shows what that does to running machines.",
      ),
    },
  ],
  ...wordedRefusals.map(({ words, meaning, next }) => [words, { summary: meaning, wayOut: next }] as const),
  [
    // https://github.com/Azure/azure-cli/issues/6640
    /OS Rolling Upgrade API cannot be used/i,
    {
      summary: message("The image has no newer version to upgrade to. Its version must be latest."),
      wayOut: offered,
    },
  ],
  [
    /rolling upgrade is in progress|another rolling upgrade/i,
    {
      summary: message("A rolling upgrade is already running."),
      wayOut: message("Wait until it ends, or cancel it. The Activity view shows its progress."),
    },
  ],
  [
    // https://github.com/hashicorp/terraform-provider-azurerm/issues/15634
    /no ongoing rolling upgrade to cancel/i,
    {
      summary: message("No rolling upgrade is running."),
      wayOut: message("It may have ended. Check the upgrade history."),
    },
  ],
  [
    // https://github.com/MicrosoftDocs/azure-docs/issues/6134
    /^Operation '[^']+' is not allowed on Virtual Machine Scale Set/i,
    {
      summary: message("Azure doesn't allow this on the scale set in its current state."),
      wayOut: message("“Explain Why It Didn't Upgrade” shows what to fix. Then try again."),
    },
  ],
  [
    /is not an active Virtual Machine Scale Set VM instanceId/i,
    {
      summary: message("An instance no longer exists."),
      wayOut: message("Refresh, then try again."),
    },
  ],
];
