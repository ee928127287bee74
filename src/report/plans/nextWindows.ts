import { configurationIdOf } from "../../core/associations/link.ts";
import { idKey, nameOf } from "../../core/resources/ids.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { InsideWindow } from "../../core/windows/insideWindow.ts";
import type { Occurrence } from "../../core/windows/types.ts";
import { isOsImage, readWindow } from "../../core/windows/window.ts";
import type { WindowFields } from "../../core/windows/window.ts";
import type { ConfigurationRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { knownConfiguration } from "../configurations.ts";

/** What of the fleet says which windows a scale set has. */
export type Fleet = Pick<Snapshot, "scaleSets" | "configurations" | "referenced">;

/** A configuration that controls the OS upgrades of a scale set. */
interface Holding extends Pick<ConfigurationRecord, "resource" | "schedule"> {
  readonly name: string;
}

/** The configurations of a set, or why they are not known. */
function holdingsOf(
  scaleSetId: string,
  snapshot: Fleet,
): { readonly held: readonly Holding[] } | { readonly why: Message } {
  const record = snapshot.scaleSets.get(idKey(scaleSetId));
  if (record === undefined) return { why: message("The scale set isn't loaded") };
  if ("unknown" in record.assignments) return { why: message("Couldn't load associations") };
  const ids = record.assignments.known.flatMap((assignment) => configurationIdOf(assignment) ?? []);
  const found = ids.map((id) => ({ name: nameOf(id), known: knownConfiguration(idKey(id), snapshot) }));
  const unread = found.find(({ known }) => known === undefined);
  const held = found.flatMap(({ name, known }) =>
    known !== undefined && isOsImage(known.resource) ? [{ ...known, name }] : [],
  );
  return held.length === 0 && unread !== undefined
    ? { why: message("Couldn't load configuration {0}", unread.name) }
    : { held };
}

/** The next window of a scale set, the one that is open included. */
export type NextWindow =
  | { readonly configuration: string; readonly window: Occurrence; readonly zone: string }
  /** It has none, or it is not known, for this reason. */
  | { readonly configuration?: string; readonly why: Message };

/** @param now an ISO instant */
export function nextWindow(scaleSetId: string, snapshot: Fleet, now: string): NextWindow {
  const found = holdingsOf(scaleSetId, snapshot);
  if ("why" in found) return found;
  const windows = found.held.flatMap(({ name, resource, schedule }) => {
    const window = schedule?.next.find(({ end }) => Date.parse(end) > Date.parse(now));
    const zone = readWindow(resource).timeZone ?? "UTC";
    return window === undefined ? [] : [{ configuration: name, window, zone }];
  });
  const [first] = windows.toSorted((a, b) => Date.parse(a.window.start) - Date.parse(b.window.start));
  if (first !== undefined) return first;
  const [only] = found.held;
  if (only === undefined) return { why: message("No maintenance configuration") };
  const why = only.schedule === undefined ? message("Loading…") : message("No known windows");
  return { configuration: only.name, why };
}

/** Whether an instant lies in a window of a scale set, by its configurations as they are known now. */
export interface WindowCheck {
  readonly inside: InsideWindow["inside"];
  /** Why it is unknown, or outside for want of a configuration. */
  readonly why?: Message;
  readonly configurations: readonly string[];
  /** Names of the configurations' time zones, as Azure has them. */
  readonly zones: readonly string[];
}

/** `insideWindow` of core, which is loaded where windows are worked out. */
export type IsInside = (at: string | undefined, fields: WindowFields) => InsideWindow;

/** @param at an ISO instant; undefined where it is not known */
export function windowCheck(
  scaleSetId: string,
  at: string | undefined,
  snapshot: Fleet,
  isInside: IsInside,
): WindowCheck {
  const found = holdingsOf(scaleSetId, snapshot);
  const none = { configurations: [], zones: [] };
  if ("why" in found) return { inside: "unknown", why: found.why, ...none };
  const all = found.held;
  if (all.length === 0) return { inside: "outside", why: message("No maintenance configuration"), ...none };
  const checks = all.map(({ resource }) => isInside(at, readWindow(resource)));
  const of = {
    configurations: all.map(({ name }) => name),
    zones: [...new Set(all.map(({ resource }) => readWindow(resource).timeZone ?? "UTC"))],
  };
  const [first] = checks;
  const unknown = checks.find((one) => one.inside === "unknown");
  if (unknown !== undefined) return { inside: "unknown", why: unknown.why, ...of };
  if (first === undefined || checks.some(({ inside }) => inside !== first.inside)) {
    const why = message("It has several configurations. Not documented: which one Azure uses.");
    return { inside: "unknown", why, ...of };
  }
  return { inside: first.inside, ...of };
}
