import type { JsonObject } from "../resources/json.ts";
import { message, verbatim } from "../text/message.ts";
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
  readonly told: Message;
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
      meaning: message("Some instances failed to upgrade while the upgrade was under way."),
      next: message(
        "Look at the failed instances' own errors in their instance view. Azure's words say whether the upgrade goes on or has stopped.",
      ),
    },
    MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade: {
      meaning: message(
        "Too many of the instances that had been upgraded became unhealthy, so that Azure stopped.",
      ),
      next: message(
        "Find out why the application is unhealthy on the new image: try the image on one instance, and look at the health endpoint and at extensions that run at the start. Then upgrade again.",
      ),
    },
    MaxUnhealthyInstancePercentExceededInRollingUpgrade: {
      meaning: message(
        "While the upgrade was under way, more instances of the whole set were unhealthy than the policy allows, so that Azure stopped.",
      ),
      next: message(
        "Repair the unhealthy instances, those not yet upgraded too. If so many are usual for this set, raise maxUnhealthyInstancePercent.",
      ),
    },
    MaxUnhealthyInstancePercentExceededBeforeRollingUpgrade: {
      meaning: message(
        "More instances were unhealthy than the policy allows before the upgrade began, so that Azure did not start it.",
      ),
      next: message(
        "Repair or reimage the unhealthy instances. Azure tries again in a later window, or start the upgrade by hand.",
      ),
    },
    InternalExecutionError: {
      isGeneral: true,
      meaning: message("Something unexpected went wrong at Azure while the upgrade ran."),
      next: message(
        "Azure's words name the cause. Try again in the next window; if it comes back, open a support request with the time and the set's id.",
      ),
    },
    [windowClosedCode]: { meaning: windowClosed, next: moreTime },
    RollingUpgradeCanceled: {
      meaning: message("Someone cancelled the upgrade."),
      next: message("Start it again, or leave the rest to the next window."),
    },
    RollingUpgradeTimeoutError: {
      meaning: message("The upgrade took longer than Azure waits."),
      next: message(
        "Look for instances that do not become healthy or extensions that take long, and lower the pause between batches or raise the batch size.",
      ),
    },
    PropertyChangeNotAllowed: {
      meaning: message("A change of the model touched a property that can't be changed on an existing set."),
      next: message("Take that change back, or make a new set with the wanted value."),
    },
    OperationNotAllowed: {
      isGeneral: true,
      meaning: message("Azure does not allow the operation on this set as it is now."),
      next: message("See what the rules say of the set, and whether another operation is under way on it."),
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
  const told = verbatim(first === undefined ? inOneLine(details) : [first, ...more].join(": "));
  const { code, known: meant } = causeOf(own, details);
  const given = { ...(code !== undefined && { code }), told, details };
  if (meant !== undefined) {
    const { meaning, next } = meant;
    return { ...given, meaning: typeof meaning === "function" ? meaning(counts) : meaning, next };
  }
  return {
    ...given,
    meaning:
      code === undefined
        ? message("Azure gave no code for what went wrong.")
        : message("Azure's code is “{0}”, which Microsoft does not document for upgrades.", code),
    next:
      counts?.failed === 0
        ? message("Go by Azure's own words.")
        : message("Go by Azure's own words, and look at the instance view of the failed instances."),
  };
}

/** Azure's code and its own words, whole, those of the details included. */
export function toldWhole({ told, details }: DecodedError): Message {
  const more = inOneLine(details);
  return more === "" || told.args[0] === more ? told : message("{0} Details: {1}", told, more);
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
  const saysIt = ({ known: meant }: Cause) => meant !== undefined && meant.isGeneral !== true;
  const cause = [itself, ...within].find(saysIt);
  if (cause !== undefined) return cause;
  if (itself.known !== undefined || !isWrapper(itself.code)) return itself;
  return (
    within.find(({ known: meant }) => meant !== undefined) ??
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
