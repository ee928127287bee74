import type { JsonObject } from "../resources/json.ts";
import { inEnglish, message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { automaticUpgradesOf, imageOf, isDeferring } from "../resources/scaleSet.ts";
import { isRunningAttempt } from "./attempts.ts";
import type { Attempt } from "./attempts.ts";
import { eligibility } from "../eligibility/eligibility.ts";
import type { EligibilityFacts } from "../eligibility/facts.ts";
import { freshnessOf } from "./freshness.ts";
import { freshnessInWords } from "./freshnessInWords.ts";
import { blockers } from "../eligibility/rule.ts";
import type { Finding } from "../eligibility/rule.ts";
import type { Reason, UpgradeSituation } from "./reason.ts";
import { lastAttempt } from "./upgrade.ts";
import { fullAzureMessage } from "./upgradeErrors.ts";
import { windowReasons } from "./windowReasons.ts";

/** Why a scale set did not upgrade, what weighs most first; never empty. */
export function whyNotUpgraded(situation: UpgradeSituation): readonly Reason[] {
  const { scaleSet, facts, coverage } = situation;
  const running = runningUpgrade(facts);
  if (running !== undefined) return [runningReason(running)];
  const findings = eligibility(scaleSet, facts);
  const blocking = blockers(findings);
  const isOn = automaticUpgradesOf(scaleSet);
  const freshness = freshnessOf(facts);
  const isCurrent = freshness.state === "current";
  const reasons: readonly Reason[] = [
    ...(isCurrent ? [currentReason(freshness.newest, isOn && blocking.length === 0)] : []),
    // What Azure would refuse to turn upgrades on for comes before that advice.
    ...blocking.map((finding) => findingReason("blocked", finding)),
    ...(isOn ? [] : [offReason(blocking.length > 0)]),
    ...(isCurrent ? [] : failedReasons(facts)),
    ...(freshness.state === "behind" ? [behindReason(freshness)] : []),
    ...(freshness.state === "unknown" ? [{ kind: "unknown" as const, message: freshness.reason }] : []),
    ...(coverage.state === "unknown" ? coverage.reasons.map(unknownReason) : []),
    ...(isOn && isDeferring(scaleSet) ? [deferredReason] : []),
    ...(isOn ? windowReasons(situation) : []),
    ...risksIn(findings).map((finding) => findingReason("risk", finding)),
  ];
  const hinders = reasons.some(({ kind }) =>
    /^(current|off|blocked|failed|waiting|open|windows)$/.test(kind),
  );
  return [
    ...eachOnce(reasons),
    ...(hinders ? [] : [nothingFound]),
    ...(isOn && !isCurrent ? notes(scaleSet, facts) : []),
  ];
}

/** Coverage and windows may be unknown for one reason. */
function eachOnce(reasons: readonly Reason[]): readonly Reason[] {
  const byText = Map.groupBy(reasons, ({ kind, message: text }) => `${kind}: ${inEnglish(text)}`);
  return [...byText.values()].flatMap(([first]) => first ?? []);
}

function runningUpgrade({ rollingUpgrade, upgradeHistory }: EligibilityFacts): Attempt | undefined {
  const last = lastAttempt(rollingUpgrade, upgradeHistory);
  return last !== undefined && isRunningAttempt(last) ? last : undefined;
}

function runningReason({ status, progress, isBeingCancelled }: Attempt): Reason {
  const { successful, failed, inProgress, pending } = progress;
  const total = successful + failed + inProgress + pending;
  if (isBeingCancelled)
    return {
      kind: "running",
      message: message("An upgrade is being cancelled: {0} of {1} instances upgraded.", successful, total),
    };
  return /back$/i.test(status)
    ? {
        kind: "running",
        message: message("An upgrade is being rolled back: {0} of {1} instances failed.", failed, total),
      }
    : {
        kind: "running",
        message: message(
          "An upgrade is running: {0} of {1} instances upgraded, {2} in progress, {3} failed.",
          successful,
          total,
          inProgress,
          failed,
        ),
      };
}

/** `goesOn`: whether upgrades come by themselves. */
function currentReason(newest: string, goesOn: boolean): Reason {
  return {
    kind: "current",
    message: message("All instances run the latest image, {0}.", newest),
    ...(goesOn && { next: message("Nothing to do. The next upgrade comes with the next image.") }),
  };
}

function offReason(isBlocked: boolean): Reason {
  return {
    kind: "off",
    message: message("Automatic OS upgrades are off."),
    next: isBlocked
      ? message("Fix what blocks automatic OS upgrades, then turn them on.")
      : message("Turn on automatic OS upgrades, or start one upgrade now."),
  };
}

function findingReason(kind: "blocked" | "risk", finding: Finding): Reason {
  const { rule, message: text, fix } = finding;
  return { kind, rule, message: text, ...(fix !== undefined && { next: fix }) };
}

/** The last attempt, where it did not do its work. */
function failedReasons({ rollingUpgrade, upgradeHistory }: EligibilityFacts): readonly Reason[] {
  const last = lastAttempt(rollingUpgrade, upgradeHistory);
  if (last === undefined || /^(completed|)$/i.test(last.status)) return [];
  const { status, target = "–", error } = last;
  const started = inUtc(last.started);
  const text = message(
    "The last upgrade ({0}, to version {1}) ended as {2}: {3}",
    started,
    target,
    status,
    error?.meaning ?? message("Azure gave no error."),
  );
  if (error !== undefined) {
    return [{ kind: "failed", message: text, next: error.next, azureMessage: fullAzureMessage(error) }];
  }
  return [
    {
      kind: "failed",
      message: text,
      next: message("Check the instance view of the instances that weren't upgraded."),
    },
  ];
}

/** `2026-11-21 22:03 UTC`; what is no instant stays as Azure wrote it. */
export function inUtc(instant = "–"): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? instant : `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function behindReason(freshness: Extract<ReturnType<typeof freshnessOf>, { newest: string }>): Reason {
  return { kind: "behind", message: freshnessInWords(freshness) };
}

function unknownReason(reason: Message): Reason {
  return { kind: "unknown", message: reason };
}

const deferredReason: Reason = {
  kind: "waiting",
  message: message("The policy defers upgrades until you approve them."),
  next: message("Approve the deferred upgrade, or remove the deferral from the policy."),
};

/** What may hold an upgrade up, what most likely does first. What windows say is told by themselves. */
const risks = [
  "image-supported",
  "instance-health",
  "protected-instances",
  "provisioning-state",
  "latest-model",
  "managed-by-other",
  "window-length",
  "orchestration-mode",
  "external-references",
];

function risksIn(findings: readonly Finding[]): readonly Finding[] {
  return risks.flatMap((id) =>
    findings.filter(({ rule, status, severity }) => rule === id && status === "fail" && severity === "warn"),
  );
}

const nothingFound: Reason = {
  kind: "note",
  message: message("Nothing known prevents an upgrade."),
  next: message("Wait for the next window, or start an upgrade now, outside any window."),
};

/** https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade */
function notes(scaleSet: JsonObject, { upgradeHistory }: EligibilityFacts): readonly Reason[] {
  const phased =
    imageOf(scaleSet)?.kind === "gallery"
      ? message(
          "A gallery image version reaches the scale set after it's replicated to the scale set's region.",
        )
      : message(
          "Azure rolls out platform images in phases, never to paired regions at once. This region may get an image later than others.",
        );
  const first = message("The first upgrade can start up to 3 hours after you turn on automatic OS upgrades.");
  const noAttempt = upgradeHistory === undefined || upgradeHistory.length === 0;
  return [...(noAttempt ? [first] : []), phased].map((text) => ({ kind: "note", message: text }));
}
