import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import type { Freshness, RunningVersion } from "./freshness.ts";

/** In a sentence: "3 of 20 instances behind the latest image, 20348.4514.261010, by up to 61 days." */
export function freshnessInWords(freshness: Freshness): Message {
  if (freshness.state === "unknown") return freshness.reason;
  const { state, newest, running, instancesBehind, daysBehind } = freshness;
  if (state === "current") return message("All instances run the latest image, {0}.", newest);
  const instances = running.reduce((sum, { instances: count }) => sum + count, 0);
  return daysBehind === undefined
    ? message("{0} of {1} instances behind the latest image, {2}.", instancesBehind, instances, newest)
    : message(
        "{0} of {1} instances behind the latest image, {2}, by up to {3}.",
        instancesBehind,
        instances,
        newest,
        daysBehind === 1 ? message("1 day") : message("{0} days", daysBehind),
      );
}

/** In a few words: "61 days behind". Undefined where there is nothing to say of it. */
export function behindInWords(freshness: Freshness | undefined): Message | undefined {
  if (freshness?.state !== "behind") return undefined;
  return freshness.daysBehind === undefined
    ? message("behind the latest image")
    : daysBehindInWords(freshness.daysBehind);
}

/** In a few words, whatever there is to say: "61 days behind", "the latest", "not checked". */
export function imagesInWords(freshness: Freshness | undefined): Message {
  if (freshness === undefined) return message("not checked");
  if (freshness.state === "current") return message("latest image");
  return behindInWords(freshness) ?? message("unknown");
}

/** How far one running version is behind the newest. */
export function versionInWords({ instances, daysBehind }: RunningVersion): Message {
  const count = instancesInWords(instances);
  if (daysBehind === undefined) return message("{0}, days behind unknown", count);
  return daysBehind === 0 ? count : message("{0}, {1}", count, daysBehindInWords(daysBehind));
}

/** "1 instance", "20 instances". */
export function instancesInWords(count: number): Message {
  return count === 1 ? message("1 instance") : message("{0} instances", count);
}

function daysBehindInWords(days: number): Message {
  return days === 1 ? message("1 day behind") : message("{0} days behind", days);
}
