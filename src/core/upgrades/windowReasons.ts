import type { JsonObject } from "../resources/json.ts";
import type { KnownConfiguration } from "../associations/link.ts";
import { joined, message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { occurrences } from "../windows/occurrences.ts";
import { pauseOf } from "../windows/pause.ts";
import type { Occurrence } from "../windows/types.ts";
import { readWindow } from "../windows/window.ts";
import { osImageLinks } from "../eligibility/configuration.ts";
import { dayMs } from "../milliseconds.ts";
import { publishedOf } from "./freshness.ts";
import type { Reason, UpgradeSituation } from "./reason.ts";

/** As many windows are counted as there are days in which an image is usually the newest, with a margin. */
const maxCountedWindows = 60;

/** What the windows of a set, or the want of them, say of when it upgrades. */
export function windowReasons({ facts, now }: UpgradeSituation): readonly Reason[] {
  const { configurations, newestImage } = facts;
  if (configurations === undefined) {
    return [{ kind: "unknown", message: message("Maintenance configurations aren't loaded.") }];
  }
  const links = osImageLinks(configurations);
  if (links.length === 0) {
    return [
      {
        kind: "open",
        message: message("No maintenance configuration: upgrades can start at any time."),
        next: message("Associate the scale set with a maintenance configuration of scope OSImage."),
      },
    ];
  }
  return links.flatMap(({ link, configuration }): readonly Reason[] => {
    if (link.state === "unknown") return [{ kind: "unknown", message: link.reason }];
    if (link.state === "broken") {
      return [
        {
          kind: "windows",
          message: link.reason,
          next: message("Fix the configuration, or associate the scale set with another one."),
        },
      ];
    }
    return reasonsOf(link.name, configuration, publishedOf(newestImage), now);
  });
}

function reasonsOf(
  name: string,
  { resource, schedule }: KnownConfiguration,
  published: string | undefined,
  now: string,
): readonly Reason[] {
  const zone = readWindow(resource).timeZone ?? "UTC";
  const next = schedule?.next.find(({ end }) => Date.parse(end) > Date.parse(now));
  const pause = pauseOf(resource);
  const isOpen = next !== undefined && Date.parse(next.start) <= Date.parse(now);
  if (pause !== undefined && next !== undefined && !isOpen && next.localStart.slice(0, 10) <= pause.until) {
    return [
      {
        kind: "windows",
        message: message("{0} is paused: no window starts before {1} ({2}).", name, next.localStart, zone),
        next: message("Resume the configuration to upgrade earlier."),
      },
    ];
  }
  const upcoming: readonly Reason[] =
    next === undefined ? [] : [{ kind: "windows", message: nextInWords(name, next, zone, now) }];
  return [...sincePublished(name, resource, published, now), ...upcoming];
}

/** The window that is open, or the next one. Of a start that comes twice it is not known which of the two counts. */
function nextInWords(name: string, next: Occurrence, zone: string, now: string): Message {
  const { start, laterStart, localStart, localEnd } = next;
  const hasCome = (instant: string) => Date.parse(instant) <= Date.parse(now);
  if (!hasCome(start)) {
    const opens = message("The next window of {0} starts at {1} ({2}).", name, localStart, zone);
    return laterStart === undefined ? opens : joined(" ", [opens, startsTwice]);
  }
  if (laterStart === undefined || hasCome(laterStart)) {
    return message("A window of {0} is open until {1} ({2}).", name, localEnd, zone);
  }
  const mayBeOpen = message("A window of {0} may be open until {1} ({2}).", name, localEnd, zone);
  return joined(" ", [mayBeOpen, startsTwice]);
}

const startsTwice = message(
  "The window's start occurs twice when clocks go back. Not documented: which one counts.",
);

/** How many windows have closed since the newest image came out. */
function sincePublished(
  name: string,
  configuration: JsonObject,
  published: string | undefined,
  now: string,
): readonly Reason[] {
  if (published === undefined) return [];
  // From the end of the day: an image is not there at its first minute.
  const from = new Date(Date.parse(published) + dayMs).toISOString();
  const closed = occurrences(readWindow(configuration), { from, count: maxCountedWindows }).filter(
    ({ end }) => Date.parse(end) <= Date.parse(now),
  ).length;
  return [
    closed === 0
      ? {
          kind: "windows",
          message: message(
            "No window of {0} has closed since the latest image was published on {1}.",
            name,
            published,
          ),
          next: message("Wait for the next window, or start an upgrade now, outside any window."),
        }
      : {
          kind: "windows",
          message:
            closed === 1
              ? message(
                  "1 window of {0} has closed since the latest image was published on {1}.",
                  name,
                  published,
                )
              : message(
                  "{0} windows of {1} have closed since the latest image was published on {2}.",
                  closed === maxCountedWindows ? `${maxCountedWindows}+` : closed,
                  name,
                  published,
                ),
          next: message(
            "If the image has reached the region, check the upgrade history, or start an upgrade now.",
          ),
        },
  ];
}
