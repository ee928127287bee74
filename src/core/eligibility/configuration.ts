import { textAt } from "../resources/json.ts";
import { linkTo } from "../associations/link.ts";
import type { KnownConfiguration, Link } from "../associations/link.ts";
import { minuteMs } from "../milliseconds.ts";
import { joined, message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { readDuration } from "../windows/duration.ts";
import { readWindow } from "../windows/window.ts";
import { instancesInWords } from "../upgrades/freshnessInWords.ts";
import { waitsInWords } from "../upgrades/batchWaits.ts";
import { upgradeEstimate } from "../upgrades/estimate.ts";
import type { UpgradeEstimate } from "../upgrades/estimate.ts";
import { fitsInto } from "../upgrades/fit.ts";
import { moreTime, tooLong } from "../upgrades/windowEnd.ts";
import { lacksFacts, lacksMember } from "./rule.ts";
import type { EligibilityRule } from "./rule.ts";
import { automaticUpgrade, maintenanceControl } from "./sources.ts";

const unread = message("Maintenance configurations aren't loaded.");

export const maintenanceConfiguration: EligibilityRule = {
  id: "maintenance-configuration",
  severity: "warn",
  title: message("The scale set has a maintenance window"),
  sources: [maintenanceControl],
  check: (_, { configurations }) => {
    if (configurations === undefined) return lacksFacts(unread);
    const links = osImageLinks(configurations);
    const [valid] = links.flatMap(({ link }) => (link.state === "valid" ? link.name : []));
    if (valid !== undefined) {
      return {
        status: "pass",
        observed: valid,
        message: message("Upgrades run in the windows of {0}.", valid),
      };
    }
    const fix = message("Associate the scale set with a maintenance configuration of scope OSImage.");
    const [first] = links;
    if (first === undefined) {
      return {
        status: "fail",
        message: message("No maintenance configuration: upgrades can start at any time."),
        fix,
      };
    }
    const { link } = first;
    if (link.state !== "broken") return lacksFacts(link.state === "unknown" ? link.reason : unread);
    return { status: "fail", observed: link.name, message: link.reason, fix };
  },
};

export const windowLength: EligibilityRule = {
  id: "window-length",
  severity: "warn",
  title: message("The window is long enough"),
  sources: [automaticUpgrade],
  check: (scaleSet, facts) => {
    if (facts.configurations === undefined) return lacksFacts(unread);
    const lengths = osImageLinks(facts.configurations).flatMap(({ configuration: { resource } }) => {
      const length = readDuration(readWindow(resource).duration ?? "");
      return length === undefined ? [] : length / minuteMs;
    });
    if (lengths.length === 0) {
      return lacksFacts(message("The length of its windows is unknown."));
    }
    const estimate = upgradeEstimate(scaleSet, facts);
    if (estimate === undefined) {
      return lacksMember("sku.capacity");
    }
    const minutes = Math.min(...lengths);
    const observed = `${estimate.minutes}/${minutes} min`;
    return fitsInto(estimate, minutes)
      ? { status: "pass", observed, message: inTime(estimate, minutes) }
      : {
          status: "fail",
          observed,
          message: tooLong(estimate.minutes, minutes, inputsOf(estimate)),
          fix: moreTime,
          repair: "rollingPolicy",
        };
  },
};

/** That every batch begins in a window; where the last one goes on after its end, that too. */
function inTime(estimate: UpgradeEstimate, windowMinutes: number): Message {
  const { minutes, lastBatchMinutes } = estimate;
  return minutes <= windowMinutes
    ? message(
        "An upgrade takes about {0} minutes. The window lasts {1} minutes. {2}",
        minutes,
        windowMinutes,
        inputsOf(estimate),
      )
    : message(
        "An upgrade takes about {0} minutes. Its last batch starts after {1} minutes, before the window closes after {2} minutes. {3}",
        minutes,
        Math.ceil(lastBatchMinutes),
        windowMinutes,
        inputsOf(estimate),
      );
}

/** What an estimate is made of, so that the reader can judge it. */
function inputsOf(estimate: UpgradeEstimate): Message {
  return joined(" ", [timesOf(estimate), ...waitsInWords(estimate)]);
}

function timesOf(estimate: UpgradeEstimate): Message {
  const { instances, batchPercent, batchSize, batches, pauseSeconds, minutesPerBatch } = estimate;
  const counts = [
    instancesInWords(instances),
    batches === 1 ? message("1 batch") : message("{0} batches", batches),
  ] as const;
  return estimate.basis === "measured"
    ? message(
        "Estimate: {0} in {1} of {2} ({3} %), {4} minutes each (measured at the last upgrade), {5} s between batches.",
        ...counts,
        batchSize,
        batchPercent,
        minutesPerBatch,
        pauseSeconds,
      )
    : message(
        "Estimate: {0} in {1} of {2} ({3} %), {4} minutes each (assumed), {5} s between batches.",
        ...counts,
        batchSize,
        batchPercent,
        minutesPerBatch,
        pauseSeconds,
      );
}

interface OsImageLink {
  readonly link: Exclude<Link, { state: "otherScope" }>;
  readonly configuration: KnownConfiguration;
}

/** What the configurations for OS images give; those of other scopes left out. */
export function osImageLinks(configurations: readonly KnownConfiguration[]): readonly OsImageLink[] {
  return configurations.flatMap((configuration) => {
    const link = linkTo(textAt(configuration.resource, "id") ?? "", () => configuration);
    return link.state === "otherScope" ? [] : { link, configuration };
  });
}
