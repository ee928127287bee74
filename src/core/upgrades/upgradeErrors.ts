import type { JsonObject } from "../resources/json.ts";
import { joined, message, verbatim } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { detailsOf, detailText, partsOf } from "../text/errorDetails.ts";
import type { ErrorDetail } from "../text/errorDetails.ts";
import { moreTime, windowClosed, windowClosedCode } from "./windowEnd.ts";
import type { InstanceCounts } from "./windowEnd.ts";
import { wordedRefusals } from "./wordedRefusals.ts";

/** Why an upgrade ended, in plain words, and what to do next. */
export interface DecodedError {
  /** As Azure wrote it: of an error that wraps its cause, the cause's. Undefined where it gave none. */
  readonly code?: string;
  readonly meaning: Message;
  readonly next: Message;
  /** Azure's code and its own words, whole but for the details. */
  readonly azureMessage: Message;
  /** What Azure adds to it, as of each instance; empty where it adds nothing. */
  readonly details: readonly ErrorDetail[];
}

interface Known {
  readonly meaning: Message | ((counts: InstanceCounts | undefined) => Message);
  readonly next: Message;
  /** It says little by itself: a cause among its details says more. */
  readonly isGeneral?: true;
}

/**
 * The errors that Microsoft documents for upgrades
 * (https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade#investigate-and-resolve-auto-upgrade-errors),
 * the one of `windowClosedCode`, and the one of a cancelled upgrade, which Azure's SDK for .NET has recorded.
 */
const known: ReadonlyMap<string, Known> = new Map(
  Object.entries<Known>({
    RollingUpgradeInProgressWithFailedUpgradedVMs: {
      meaning: message("Some instances failed during the upgrade."),
      next: message(
        "Check the errors of the failed instances in their instance view. Azure's message says whether the upgrade continues.",
      ),
    },
    MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade: {
      meaning: message("Azure stopped: too many upgraded instances became unhealthy."),
      next: message(
        "Check why the application is unhealthy on the new image: test it on one instance, its health endpoint and its startup extensions. Then upgrade again.",
      ),
    },
    MaxUnhealthyInstancePercentExceededInRollingUpgrade: {
      meaning: message(
        "Azure stopped: during the upgrade, more instances of the scale set were unhealthy than the policy allows.",
      ),
      next: message(
        "Repair the unhealthy instances, including those not upgraded yet. If that many are normal, raise maxUnhealthyInstancePercent.",
      ),
    },
    MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade: {
      meaning: message(
        "Azure didn't start the upgrade: more instances were unhealthy than the policy allows.",
      ),
      next: message(
        "Repair or reimage the unhealthy instances. Azure may retry in a later window. To upgrade sooner, start an upgrade now.",
      ),
    },
    InternalExecutionError: {
      isGeneral: true,
      meaning: message("Unexpected error in Azure during the upgrade."),
      next: message(
        "Azure's message names the cause. Try again in the next window. If it fails again, open a support request with the time and the scale set's ID.",
      ),
    },
    [windowClosedCode]: { meaning: windowClosed, next: moreTime },
    RollingUpgradeCanceled: {
      meaning: message("Someone cancelled the upgrade."),
      next: message("Wait for the next window, or start an upgrade now, outside any window."),
    },
    RollingUpgradeTimeoutError: {
      meaning: message("The upgrade took longer than Azure allows."),
      next: message(
        "Check for instances that don't become healthy and for slow extensions. Shorten the pause between batches, or raise the batch size.",
      ),
    },
    PropertyChangeNotAllowed: {
      meaning: message(
        "A change of the model touched a property that can't change on an existing scale set.",
      ),
      next: message("Undo that change, or create a new scale set with the value you want."),
    },
    OperationNotAllowed: {
      isGeneral: true,
      meaning: message("Azure doesn't allow this on the scale set in its current state."),
      next: message("Check the scale set's rules, and whether another operation is running."),
    },
  }).map(([code, meaning]) => [code.toLowerCase(), meaning]),
);

/**
 * Reads an `error` of a rolling upgrade or of an upgrade's history; undefined where there is none. One whose code says little, such as the
 * `ResourceDeploymentFailure` of a deployment, is read by the cause that its details hold.
 * @param counts how far the upgrade came
 */
export function decodedError(
  error: JsonObject | undefined,
  counts?: InstanceCounts,
): DecodedError | undefined {
  const details = detailsOf(error);
  const own = partsOf(error);
  const [first, ...more] = [own.code, own.message].filter((text) => text !== undefined);
  if (first === undefined && details[0] === undefined) return undefined;
  const azureMessage = verbatim(first === undefined ? inOneLine(details) : [first, ...more].join(": "));
  const { code, known: entry } = causeOf(own, details);
  const given = { ...(code !== undefined && { code }), azureMessage, details };
  if (entry !== undefined) {
    const { meaning, next } = entry;
    return { ...given, meaning: typeof meaning === "function" ? meaning(counts) : meaning, next };
  }
  return {
    ...given,
    meaning:
      code === undefined
        ? message("Azure gave no error code.")
        : message("Not documented for upgrades: error code “{0}”.", code),
    next:
      counts?.failed === 0
        ? message("See Azure's message.")
        : joined(" ", [
            message("See Azure's message."),
            message("Check the instance view of the instances that weren't upgraded."),
          ]),
  };
}

/** Azure's code and its own words, whole, those of the details included. */
export function fullAzureMessage({ azureMessage, details }: DecodedError): Message {
  const more = inOneLine(details);
  return more === "" || azureMessage.args[0] === more
    ? azureMessage
    : message("{0} Details: {1}", azureMessage, more);
}

function inOneLine(details: readonly ErrorDetail[]): string {
  return details.map(detailText).join("; ");
}

interface Cause {
  readonly code?: string | undefined;
  readonly known: Known | undefined;
}

/** The error itself where its code says what happened, else the detail that says it best. */
function causeOf(own: ErrorDetail, details: readonly ErrorDetail[]): Cause {
  const of = ({ code, message: words }: ErrorDetail): Cause => ({
    code,
    known: knownOf(code, words),
  });
  const itself = of(own);
  const within = details.map(of);
  const saysIt = ({ known: entry }: Cause) => entry !== undefined && entry.isGeneral !== true;
  const cause = [itself, ...within].find(saysIt);
  if (cause !== undefined) return cause;
  if (itself.known !== undefined || !isWrapper(itself.code)) return itself;
  return (
    within.find(({ known: entry }) => entry !== undefined) ??
    within.find(({ code }) => code !== undefined && !isWrapper(code)) ??
    itself
  );
}

/** Whether a code only says that something failed, and leaves it to the details to say what. */
function isWrapper(code: string | undefined): boolean {
  return code === undefined || /^(ResourceDeploymentFailure|DeploymentFailed)$/i.test(code);
}

/** Some answers come without a code, or with a general one, and say it in words. */
function knownOf(code = "", words = ""): Known | undefined {
  const worded = wordedRefusals.find((refusal) => refusal.words.test(words));
  const byCode = worded ?? known.get(code.toLowerCase());
  const isNotAllowed = byCode === undefined && /^Operation '.+' is not allowed on /i.test(words);
  return isNotAllowed ? known.get("operationnotallowed") : byCode;
}
