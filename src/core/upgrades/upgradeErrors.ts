import { textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { noUnprotectedInstance, protectionRefusal } from "./protectionRefusal.ts";
import { message, verbatim } from "../text/message.ts";
import type { Message } from "../text/message.ts";

/** Why an upgrade ended, in plain words, and what to do next. */
export interface DecodedError {
  /** As Azure wrote it; undefined where it gave none. */
  readonly code?: string;
  readonly meaning: Message;
  readonly next: Message;
  /** Azure's code and its own words, whole. */
  readonly told: Message;
}

interface Known {
  readonly meaning: Message;
  readonly next: Message;
}

/**
 * The errors that Microsoft documents for upgrades
 * (https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade#investigate-and-resolve-auto-upgrade-errors).
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
      meaning: message("Something unexpected went wrong at Azure while the upgrade ran."),
      next: message(
        "Azure's words name the cause. Try again in the next window; if it comes back, open a support request with the time and the set's id.",
      ),
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
      meaning: message("Azure does not allow the operation on this set as it is now."),
      next: message("See what the rules say of the set, and whether another operation is under way on it."),
    },
    // Ours: the refusal comes with a general code.
    NoUnprotectedInstance: noUnprotectedInstance,
  }).map(([code, meaning]) => [code.toLowerCase(), meaning]),
);

/** Reads an `error` of a rolling upgrade or of an upgrade's history; undefined where there is none. */
export function decodedError(error: JsonObject | undefined): DecodedError | undefined {
  const code = textAt(error, "code");
  const words = textAt(error, "message");
  const [first, ...more] = [code, words].filter((text) => text !== undefined);
  if (first === undefined) return undefined;
  const told = verbatim([first, ...more].join(": "));
  const given = code === undefined ? {} : { code };
  const meaning = known.get(codeOf(code, words));
  if (meaning !== undefined) return { ...given, ...meaning, told };
  return {
    ...given,
    meaning:
      code === undefined
        ? message("Azure gave no code for what went wrong.")
        : message("Azure's code is “{0}”, which Microsoft does not document for upgrades.", code),
    next: message("Go by Azure's own words, and look at the instance view of the failed instances."),
    told,
  };
}

/** Some answers come without a code, or with a general one, and say it in words. */
function codeOf(code: string | undefined, words: string | undefined): string {
  const given = (code ?? "").toLowerCase();
  if (protectionRefusal.test(words ?? "")) return "nounprotectedinstance";
  if (!known.has(given) && /^Operation '.+' is not allowed on /i.test(words ?? ""))
    return "operationnotallowed";
  return given;
}
