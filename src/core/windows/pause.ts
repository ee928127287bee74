import { objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { readWallClock, sinceEpoch } from "./calendar.ts";
import { readWindow } from "./window.ts";

/**
 * A pause moves the start of a configuration forward and keeps the original one in this tag, so that anyone can resume.
 * That Azure opens no window before the start is our inference from its contract; Microsoft documents no pause.
 */
export const pauseTag = "scaleSetMaintenance-originalStart";

export interface Pause {
  /** The start before the first pause, as it was written. */
  readonly originalStart: string;
  /** `YYYY-MM-DD` in the configuration's zone: the day of its start, before which no window opens. */
  readonly until: string;
}

/**
 * The pause of a configuration: it has the tag, and a start after the one in the tag. The tag stays when the pause has run out,
 * which `ScheduleFacts.begins` tells.
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

/** The tag as it stands on the configuration: Azure compares names of tags without case. */
export function originalStartOf(
  configuration: JsonObject,
): { readonly name: string; readonly value: string } | undefined {
  const tags = objectAt(configuration, "tags") ?? {};
  const name = Object.keys(tags).find((tag) => tag.toLowerCase() === pauseTag.toLowerCase());
  const value = name === undefined ? undefined : textAt(tags, name);
  return name === undefined || value === undefined ? undefined : { name, value };
}
