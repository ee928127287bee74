/** What became of the last maintenance window of a scale set that has closed, told from what was read and from nothing else. */
import { configurationIdOf } from "../associations/link.ts";
import { osImageLinks } from "../eligibility/configuration.ts";
import { eligibility } from "../eligibility/eligibility.ts";
import { blockers } from "../eligibility/rule.ts";
import { dayMs } from "../milliseconds.ts";
import { idKey } from "../resources/ids.ts";
import { objectAt, textAt, type JsonObject } from "../resources/json.ts";
import { automaticUpgradesOf, isDeferring } from "../resources/scaleSet.ts";
import { message, type Message } from "../text/message.ts";
import { lastEnded, surelyEnds } from "../windows/occurrences.ts";
import { pauseOf } from "../windows/pause.ts";
import type { Occurrence } from "../windows/types.ts";
import { readWindow } from "../windows/window.ts";
import { attemptOf, attemptsIn, isRunningAttempt, type Attempt } from "./attempts.ts";
import { freshnessOf } from "./freshness.ts";
import type { UpgradeSituation } from "./reason.ts";
import { endingOf } from "./upgradeInWords.ts";
import { inUtc } from "./whyNot.ts";

/** What the last window of one configuration did for the set. */
export interface LastWindow {
  /** Id and name of the configuration. */
  readonly id: string;
  readonly configuration: string;
  /** Undefined where none is known to have closed. */
  readonly window: Occurrence | undefined;
  /**
   * `upgraded`, an upgrade ran in it, whatever its end; `nothing`, none started or ran; `unknown`, that can't be told; `none`, no window has
   * closed.
   */
  readonly outcome: "upgraded" | "nothing" | "unknown" | "none";
  /** Of `nothing`: because of what, `unknown` where nothing that was read says so. Of `unknown`: why it can't be told. */
  readonly reason?:
    | "associatedLater"
    | "off"
    | "blocked"
    | "deferred"
    | "upgradedLater"
    | "current"
    | "unknown"
    | "notRead"
    | "readTooEarly"
    | "historyTooShort"
    | "configurationChanged"
    | "configuration";
  readonly message: Message;
}

/** What it is told from. */
export interface WindowSituation extends Omit<UpgradeSituation, "coverage"> {
  /** The set's assignments as Azure returned them; their `systemData` says when they were created. */
  readonly assignments?: readonly JsonObject[];
  /** ISO instant at which the upgrades in the facts were read; undefined where that is not known. */
  readonly readAt: string | undefined;
  /** Why the history of upgrades could not be read. */
  readonly unread?: Message | undefined;
}

type Answer = Pick<LastWindow, "outcome" | "reason" | "message">;

/** One entry for each configuration for OS images; undefined where the configurations of the set are not known. */
export function lastWindows(situation: WindowSituation): readonly LastWindow[] | undefined {
  const { facts, now } = situation;
  if (facts.configurations === undefined) return undefined;
  return osImageLinks(facts.configurations).map(({ link, configuration: { resource } }) => {
    const id = textAt(resource, "id") ?? "";
    const configuration = textAt(resource, "name") ?? id.slice(id.lastIndexOf("/") + 1);
    if (link.state !== "valid") {
      const outcome = link.state === "broken" ? "none" : "unknown";
      return {
        id,
        configuration,
        window: undefined,
        outcome,
        reason: "configuration",
        message: link.reason,
      };
    }
    const window = lastEnded(readWindow(resource), now);
    const answer = window === undefined ? noneClosed(resource) : whatHappened(window, resource, situation);
    return { id, configuration, window, ...answer };
  });
}

function noneClosed(configuration: JsonObject): Answer {
  const pause = pauseOf(configuration);
  return pause === undefined
    ? { outcome: "none", message: message("No window has closed yet.") }
    : {
        outcome: "unknown",
        reason: "configuration",
        message: message(
          "Paused until {0}. Earlier windows are no longer part of the schedule.",
          pause.until,
        ),
      };
}

function whatHappened(window: Occurrence, configuration: JsonObject, situation: WindowSituation): Answer {
  const upgrade = upgradesOf(situation).find(({ attempt }) => ranIn(window, attempt));
  if (upgrade !== undefined) return upgraded(window, upgrade);
  const changed = changedAt(configuration);
  if (changed > Date.parse(window.start)) {
    return unknown(
      "configurationChanged",
      message(
        "Unknown: the configuration was created or changed on {0}, so this window may have been different.",
        inUtc(new Date(changed).toISOString()),
      ),
    );
  }
  return whyUnknown(window, situation) ?? nothing(window, configuration, situation);
}

interface KnownUpgrade {
  readonly attempt: Attempt;
  /** Whether Azure's history of OS upgrades has it; the latest rolling upgrade may have been of something else. */
  readonly isOfOs: boolean;
}

function upgradesOf({ facts: { upgradeHistory = [], rollingUpgrade } }: WindowSituation) {
  const ofOs = attemptsIn(upgradeHistory).map((attempt): KnownUpgrade => ({ attempt, isOfOs: true }));
  const latest = rollingUpgrade ? attemptOf(rollingUpgrade) : undefined;
  const isKnown = ofOs.some(({ attempt }) => startOf(attempt) === (latest && startOf(latest)));
  return latest === undefined || isKnown ? ofOs : [...ofOs, { attempt: latest, isOfOs: false }];
}

const startOf = ({ started }: Attempt) => Date.parse(started ?? "");

/** Whether it began in the window or was still going on when that opened. Of one without an end only its start counts. */
function ranIn(window: Occurrence, attempt: Attempt): boolean {
  const [opens, closes] = [Date.parse(window.start), surelyEnds(window)];
  const started = startOf(attempt);
  const ended = isRunningAttempt(attempt) ? Infinity : Date.parse(attempt.ended ?? attempt.started ?? "");
  return started < closes && (started >= opens || ended > opens);
}

function upgraded(window: Occurrence, { attempt, isOfOs }: KnownUpgrade): Answer {
  const { target, startedBy } = attempt;
  const ending = isRunningAttempt(attempt) ? message("It's still running.") : endingOf(attempt).text;
  const before = startOf(attempt) < Date.parse(window.start);
  const text = !isOfOs
    ? message("Open: a rolling upgrade ran. It isn't in Azure's OS upgrade history. {0}", ending)
    : target === undefined
      ? message("Open: an OS upgrade ran. Azure doesn't say to which version. {0}", ending)
      : before
        ? message("Open: an OS upgrade to {0}, started earlier, was running. {1}", target, ending)
        : startedBy?.toLowerCase() === "user"
          ? message("Open: an OS upgrade to {0}, started by hand, ran. {1}", target, ending)
          : message("Open: an OS upgrade to {0} ran. {1}", target, ending);
  return { outcome: "upgraded", message: text };
}

/** How long and how many attempts Azure keeps in the history of a set. */
const keptDays = 60;
const keptAttempts = 5;

/** Why it can't be told whether an upgrade ran; undefined where what was read covers the window. */
function whyUnknown(
  window: Occurrence,
  { facts: { upgradeHistory, rollingUpgrade }, readAt, unread }: WindowSituation,
): Answer | undefined {
  const isRead = upgradeHistory !== undefined || rollingUpgrade !== undefined;
  if (!isRead || readAt === undefined) {
    return unknown(
      "notRead",
      unread === undefined
        ? message("Unknown: the upgrades of this scale set aren't loaded.")
        : message("Unknown: the upgrades of this scale set couldn't be loaded. {0}", unread),
    );
  }
  if (Date.parse(readAt) < surelyEnds(window)) {
    return unknown(
      "readTooEarly",
      message("Unknown: last refreshed on {0}, before the window closed.", inUtc(readAt)),
    );
  }
  // The latest upgrade of all began before the window: none has begun since.
  const opens = Date.parse(window.start);
  if (rollingUpgrade === null) return undefined;
  if (rollingUpgrade !== undefined && startOf(attemptOf(rollingUpgrade)) < opens) return undefined;
  const oldest = attemptsIn(upgradeHistory ?? []).at(-1);
  const isFull = (upgradeHistory ?? []).length >= keptAttempts;
  const reaches =
    upgradeHistory !== undefined &&
    Date.parse(readAt) - opens < keptDays * dayMs &&
    (!isFull || (oldest !== undefined && startOf(oldest) < opens));
  if (reaches) return undefined;
  return unknown(
    "historyTooShort",
    message("Unknown: Azure's upgrade history (the last 5 in 2 months) doesn't reach back to this window."),
  );
}

function unknown(reason: NonNullable<LastWindow["reason"]>, text: Message): Answer {
  return { outcome: "unknown", reason, message: text };
}

/** Why no upgrade started, by how the set is now: what it was during the window is not kept. */
function nothing(window: Occurrence, configuration: JsonObject, situation: WindowSituation): Answer {
  const { scaleSet, facts } = situation;
  const because = (reason: NonNullable<LastWindow["reason"]>, text: Message): Answer => ({
    outcome: "nothing",
    reason,
    message: message("Open, no upgrade started. {0}", text),
  });
  const associated = associatedAt(configuration, situation);
  if (associated > Date.parse(window.start)) {
    return because(
      "associatedLater",
      message("The scale set was associated later, on {0}.", inUtc(new Date(associated).toISOString())),
    );
  }
  if (!automaticUpgradesOf(scaleSet)) {
    return because("off", message("Automatic OS upgrades are off."));
  }
  const [blocker] = blockers(eligibility(scaleSet, facts));
  if (blocker !== undefined) {
    return because("blocked", blocker.message);
  }
  if (isDeferring(scaleSet)) {
    return because("deferred", message("The policy defers upgrades until you approve them."));
  }
  const later = upgradesOf(situation).find(({ attempt }) => startOf(attempt) >= surelyEnds(window));
  if (later !== undefined) {
    return because(
      "upgradedLater",
      message("The reason is unknown: an upgrade has run since, on {0}.", inUtc(later.attempt.started)),
    );
  }
  const freshness = freshnessOf(facts);
  if (freshness.state === "current") {
    return because("current", message("All instances run the latest image, {0}.", freshness.newest));
  }
  return because(
    "unknown",
    message("The reason is unknown: Azure gives none, and nothing found blocks upgrades."),
  );
}

/** When the set was associated with the configuration, in milliseconds since the epoch; NaN where Azure did not say. */
function associatedAt(configuration: JsonObject, { assignments = [] }: WindowSituation): number {
  const key = idKey(textAt(configuration, "id") ?? "");
  const assignment = assignments.find((one) => idKey(configurationIdOf(one) ?? "") === key);
  return Date.parse(textAt(assignment, "systemData", "createdAt") ?? "");
}

/** When the configuration got its schedule, as far as Azure says; NaN otherwise. */
function changedAt(configuration: JsonObject): number {
  const systemData = objectAt(configuration, "systemData");
  return Date.parse(textAt(systemData, "lastModifiedAt") ?? textAt(systemData, "createdAt") ?? "");
}
