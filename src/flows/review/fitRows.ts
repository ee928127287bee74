/** The rows of a review that say whether upgrades fit into their windows, and those that make them fit. */
import { rollingPolicyOf } from "../../core/resources/rollingPolicy.ts";
import { booleanAt } from "../../core/resources/json.ts";
import { joined, message, sentence, type Message } from "../../core/text/message.ts";
import { batchCountInWords, scaleSetsInWords } from "./counts.ts";
import { healthMinutes } from "../../core/upgrades/batchWaits.ts";
import { batchMinutesOf, type UpgradeEstimate } from "../../core/upgrades/estimate.ts";
import type { Fit, Known } from "../../core/upgrades/fit.ts";
import { instancesInWords } from "../../core/upgrades/freshnessInWords.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Choice, Fact, Row } from "../engine/question.ts";
import { choice, fact, section } from "../engine/rows.ts";
import { subscriptionName } from "../scaleSets/subscriptions.ts";
import type { PlannedUpgrade, PlannedUpgrades } from "./plannedUpgrades.ts";

/** What a review can change so that upgrades fit: the window, or the policy of those sets that don't. */
export type Lever = "window" | "policy";

/** Answers that rows of the review give. Empty: taken back. */
export interface FitAnswers {
  /** `300>405`: 405 minutes in place of a window of 300. */
  readonly fitWindow?: string;
  /** The batch size, in percent, of the sets whose upgrades don't fit. */
  readonly fitBatch?: string;
  /** The pause, in minutes, of the sets whose upgrades don't fit. */
  readonly fitPause?: string;
}

/** Whether the upgrades of a plan fit. */
export type FoundFit = Fit<PlannedUpgrade> & Pick<PlannedUpgrades, "candidatesOf">;

/** Under their heading: one row that says whether upgrades fit, and one for each way to make them fit. Nothing where there are no upgrades. */
export function fitRows(
  snapshot: Snapshot,
  found: FoundFit,
  answers: FitAnswers,
  levers: readonly Lever[],
): readonly Row[] {
  if (found.count === 0) return [];
  const remedies = remediesOf(found, answers);
  const offered = remedies.filter(({ lever, isWithinReach }) => levers.includes(lever) && isWithinReach);
  const others = remedies.filter((remedy) => !offered.includes(remedy));
  return section(message("Upgrade duration"), [
    verdictRow(
      snapshot,
      found,
      others.map(({ phrase }) => phrase),
    ),
    ...offered.map(({ row }) => row),
    ...takenBack(found, answers),
  ]);
}

interface Remedy {
  readonly lever: Lever;
  /** Whether the plan can do it. */
  readonly isWithinReach: boolean;
  readonly row: Choice;
  /** The label of the row, for a flow that can't do it. */
  readonly phrase: Message;
}

function remediesOf(found: FoundFit, answers: FitAnswers): readonly Remedy[] {
  const { tooLong, windowMinutes, batchPercent, pauseMinutes, longest } = found;
  if (longest === undefined) return [];
  const sets = tooLong.length;
  const description = sets > 1 ? { description: scaleSetsInWords(sets) } : {};
  const remedies: Remedy[] = [];
  if (windowMinutes !== undefined) {
    const from = lengthened(found, answers) ?? longest.windowMinutes;
    const phrase = message("lengthen the window to {0}", lengthInWords(windowMinutes));
    remedies.push({
      lever: "window",
      isWithinReach: tooLong.every(({ isWindowOfPlan }) => isWindowOfPlan),
      row: choice(`fitWindow=${String(from)}>${String(windowMinutes)}`, "clock", sentence(phrase)),
      phrase,
    });
  }
  if (batchPercent !== undefined) {
    const { maxUnhealthyInstancePercent: limit } = rollingPolicyOf(longest.model);
    const isBeyond = batchPercent > limit;
    const phrase = message("use batches of {0} %", batchPercent);
    remedies.push({
      lever: "policy",
      isWithinReach: true,
      row: choice(`fitBatch=${String(batchPercent)}`, "layers", sentence(phrase), {
        ...description,
        ...(isBeyond && {
          detail: message("Azure may refuse batches above the {0} % allowed to be unhealthy", limit),
        }),
      }),
      phrase,
    });
  }
  if (pauseMinutes !== undefined) {
    const phrase =
      pauseMinutes === 0
        ? message("remove the pauses between batches")
        : message("shorten the pauses between batches to {0}", lengthInWords(pauseMinutes));
    remedies.push({
      lever: "policy",
      isWithinReach: true,
      row: choice(`fitPause=${String(pauseMinutes)}`, "debug-pause", sentence(phrase), description),
      phrase,
    });
  }
  return remedies;
}

/** What a window was, in minutes, that a row of the review lengthened. Not where another length was chosen since. */
function lengthened({ longest }: FoundFit, { fitWindow = "" }: FitAnswers): number | undefined {
  const [from, to] = fitWindow.split(">").map(Number);
  return to !== undefined && longest?.windowMinutes === to ? from : undefined;
}

/** Rows that take back what rows of this review did. */
function takenBack(found: FoundFit, answers: FitAnswers): readonly Choice[] {
  const { fitBatch = "", fitPause = "" } = answers;
  const from = lengthened(found, answers);
  return [
    ...(from === undefined
      ? []
      : [choice("fitWindow=", "discard", message("Restore the window of {0}", lengthInWords(from)))]),
    ...(fitBatch === "" ? [] : [choice("fitBatch=", "discard", message("Restore the batch size"))]),
    ...(fitPause === "" ? [] : [choice("fitPause=", "discard", message("Restore the pauses"))]),
  ];
}

/** `others`: what would make them fit, and is not for this plan to do. */
function verdictRow(snapshot: Snapshot, found: FoundFit, others: readonly Message[]): Fact {
  const { longest, tooLong, unknown, count } = found;
  const candidates = candidatesInWords(snapshot, found);
  const gaps = unknown === 0 ? [] : [unknownInWords(unknown)];
  if (longest === undefined) {
    const label = message("Unknown whether upgrades fit");
    return fact("question", label, joined(" · ", [...gaps, ...candidates]));
  }
  const { set, estimate, windowMinutes } = longest;
  const window = lengthInWords(windowMinutes);
  if (tooLong.length === 0) {
    const name = count === 1 ? [] : [message("{0}: {1}", set.name, batchesInWords(estimate))];
    const whole = isWithin(estimate, windowMinutes) ? [] : [message("It takes {0}", timeInWords(estimate))];
    return fact(
      unknown === 0 ? "pass" : "question",
      fittingInWords(longest, count === 1),
      joined(" · ", [...gaps, ...whole, ...name, ...candidates, ...basisInWords(longest)]),
    );
  }
  const label = message(
    "{0}: an upgrade takes {1}; the window is {2}",
    set.name,
    timeInWords(estimate),
    window,
  );
  const more = tooLong.length - 1;
  const details = [
    batchesInWords(estimate),
    ...(more === 0 ? [] : [message("{0} more too long", more)]),
    ...gaps,
    ...(others.length === 0 ? [] : [message("To fit: {0}", joined(", ", others))]),
    ...(isHelpless(found)
      ? [message("A window under 24 h, larger batches or shorter pauses alone aren't enough")]
      : []),
    ...candidates,
    batchCountInWords(estimate.batches, estimate.batchSize),
    ...basisInWords(longest),
  ];
  return fact("warning", label, joined(" · ", details));
}

const isHelpless = ({ windowMinutes, batchPercent, pauseMinutes }: FoundFit) =>
  windowMinutes === undefined && batchPercent === undefined && pauseMinutes === undefined;

/** Where the last batch goes on after the window, when it begins is what counts. */
function fittingInWords({ estimate, windowMinutes }: Known<PlannedUpgrade>, isOnly: boolean): Message {
  const window = lengthInWords(windowMinutes);
  if (isWithin(estimate, windowMinutes)) {
    const time = timeInWords(estimate);
    return isOnly
      ? message("The upgrade takes {0}; the window is {1}", time, window)
      : message("The longest upgrade takes {0}; the window is {1}", time, window);
  }
  const last = lengthInWords(Math.ceil(estimate.lastBatchMinutes));
  return isOnly
    ? message("The upgrade starts its last batch after {0}; the window is {1}", last, window)
    : message("The longest upgrade starts its last batch after {0}; the window is {1}", last, window);
}

const isWithin = ({ minutes }: UpgradeEstimate, windowMinutes: number) => minutes <= windowMinutes;

/** `40 instances in batches of 20 % with pauses of 5 min`. */
function batchesInWords({ instances, batchPercent, batches, pauseSeconds }: UpgradeEstimate): Message {
  return pauseSeconds > 0 && batches > 1
    ? message(
        "{0} in batches of {1} % with pauses of {2}",
        instancesInWords(instances),
        batchPercent,
        lengthInWords(pauseSeconds / 60),
      )
    : message("{0} in batches of {1} %", instancesInWords(instances), batchPercent);
}

/** What was measured is no bound. */
function timeInWords({ basis, minutes }: UpgradeEstimate): Message {
  const length = lengthInWords(minutes);
  return basis === "measured" ? message("about {0}", length) : message("up to {0}", length);
}

/** What the time of a batch is made of, so that the reader can judge it. */
function basisInWords({ estimate, model }: Known<PlannedUpgrade>): readonly Message[] {
  const { basis, minutesPerBatch, waits, isDeferred } = estimate;
  const length = lengthInWords(batchMinutesOf(estimate));
  const parts = [
    message("{0} for health", lengthInWords(healthMinutes)),
    message("{0} assumed for new disks (not documented)", lengthInWords(minutesPerBatch - healthMinutes)),
    ...waits.map(({ member, minutes }) => message("{0} for {1}", lengthInWords(minutes), member)),
  ];
  return [
    basis === "measured"
      ? message("{0} per batch at the last upgrade", length)
      : message("Up to {0} per batch: {1}", length, joined(", ", parts)),
    ...(isDeferred ? [message("Waiting for approval isn't counted")] : []),
    ...(mayBeIgnored(model)
      ? [message("Azure may use its defaults, because “OS upgrades follow this policy” is off")]
      : []),
  ];
}

/** Microsoft's contract takes Azure's defaults where the policy is not to be used, its pages name no such condition. */
function mayBeIgnored(model: PlannedUpgrade["model"]): boolean {
  const { maxBatchInstancePercent, pauseSeconds } = rollingPolicyOf(model);
  const azures = rollingPolicyOf({});
  const isDefault =
    maxBatchInstancePercent === azures.maxBatchInstancePercent && pauseSeconds === azures.pauseSeconds;
  const path = ["properties", "upgradePolicy", "automaticOSUpgradePolicy", "useRollingUpgradePolicy"];
  return !isDefault && booleanAt(model, ...path) !== true;
}

function unknownInWords(count: number): Message {
  return message("Instances or window unknown: {0}", scaleSetsInWords(count));
}

/** Whose upgrades these are, where no scale set has the new configuration yet. */
function candidatesInWords(snapshot: Snapshot, { candidatesOf, count }: FoundFit): readonly Message[] {
  if (candidatesOf === undefined) return [];
  const name = subscriptionName(snapshot, candidatesOf);
  return [message("Checked: {0} without a configuration in {1}", scaleSetsInWords(count), name)];
}

/** `5 h`, `6 h 40 min`, `30 s`. */
function lengthInWords(minutes: number): Message {
  if (minutes > 0 && minutes < 1) return message("{0} s", Math.round(minutes * 60));
  const whole = Math.round(minutes);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (hours === 0) return message("{0} min", rest);
  return rest === 0 ? message("{0} h", hours) : message("{0} h {1} min", hours, rest);
}
