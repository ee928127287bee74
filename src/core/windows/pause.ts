import { objectAt, textAt } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { readWallClock, sinceEpoch } from "./calendar.ts";
import type { Occurrence } from "./types.ts";
import { readWindow } from "./window.ts";

/**
 * A pause moves the start of a configuration forward and keeps the original one in this tag, so that anyone can resume.
 * That Azure opens no window before the start is our inference from its contract; Microsoft documents no pause.
 */
export const pauseTag = "scaleSetMaintenance-originalStart";

export interface Pause {
  /** The start before the first pause, as it was written. */
  readonly originalStart: string;
  /** `YYYY-MM-DD` in the configuration's zone: the day of the first window after the pause. */
  readonly until: string;
}

/**
 * The pause of a configuration: it has the tag, and a start after the one in the tag. The tag stays when the pause has run out,
 * see `isPauseOver`.
 */
export function pauseOf(configuration: JsonObject): Pause | undefined {
  const originalStart = originalStartOf(configuration)?.value;
  const { startDateTime } = readWindow(configuration);
  if (originalStart === undefined || startDateTime === undefined) return undefined;
  const [original, start] = [readWallClock(originalStart), readWallClock(startDateTime)];
  const isPaused =
    typeof original === "string" || typeof start === "string" || sinceEpoch(original) < sinceEpoch(start);
  return isPaused ? { originalStart, until: startDateTime.trim().slice(0, 10) } : undefined;
}

/** Whether the windows have begun again. `next`: the configuration's next windows; `now`: ISO instant. */
export function isPauseOver({ until }: Pause, next: readonly Occurrence[], now: string): boolean {
  const [first] = next;
  if (first === undefined) return false;
  return first.localStart.slice(0, 10) > until || Date.parse(first.start) <= Date.parse(now);
}

/** The tag as it stands on the configuration: Azure compares names of tags without case. */
export function originalStartOf(
  configuration: JsonObject,
): { readonly name: string; readonly value: string } | undefined {
  const tags = objectAt(configuration, "tags") ?? {};
  const name = Object.keys(tags).find((tag) => tag.toLowerCase() === pauseTag.toLowerCase());
  const value = name === undefined ? undefined : textAt(tags, name);
  return name === undefined || value === undefined ? undefined : { name, value };
}
