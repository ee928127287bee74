import { idOfDisplayName } from "../../core/windows/displayNames.ts";
import { nextChange, offsetNow, windowsOf, type OffsetChange, type Zone } from "../../core/windows/zones.ts";
import { abbreviationsOf } from "../../core/windows/zoneNames.ts";

/** A zone with all that it is found by. */
export interface KnownZone {
  readonly zone: Zone;
  /** `UTC-08:00` */
  readonly offset: string;
  readonly change: OffsetChange | undefined;
  readonly abbreviations: readonly string[];
}

/** A zone that was found, and the city that it was found by, where it was one. */
export interface FoundZone {
  readonly known: KnownZone;
  readonly city?: string | undefined;
}

export function known(zone: Zone, now: string): KnownZone {
  const { ianaId } = zone;
  return {
    zone,
    offset: offsetNow(ianaId, now),
    change: nextChange(ianaId, now),
    abbreviations: abbreviationsOf(ianaId, now),
  };
}

/** Minutes east of UTC: -570 of `UTC-09:30`. */
export function minutesEast(offset: string): number {
  const [, sign = "+", hours, minutes] = /([+-])(\d+):(\d+)$/.exec(offset) ?? [];
  return Number(`${sign}1`) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/** Searches `zones` for a text: an offset, or words that names begin with. The best come first, then as the zones stand. */
export function zoneFinder(zones: readonly KnownZone[]): (text: string) => readonly FoundZone[] {
  const named = zones.map((one) => ({ one, names: namesOf(one) }));
  return (text) => {
    const offset = readOffset(text);
    const scored =
      offset === undefined
        ? named.flatMap(({ one, names }) => byName(one, names, plain(text)))
        : zones.flatMap((one) => byOffset(one, offset));
    const found = scored.length > 0 ? scored : byNewName(zones, text);
    return found.toSorted((a, b) => a.score - b.score);
  };
}

interface Scored extends FoundZone {
  /** 0 for the best. */
  readonly score: number;
}

interface Name {
  readonly text: string;
  readonly city?: string;
  /** Nobody says that the zone is called so. */
  readonly isGuess?: true;
}

function namesOf({ zone, abbreviations }: KnownZone): readonly Name[] {
  const { name, windowsId, ianaId, otherIanaIds, cities } = zone;
  const texts = [name, windowsId, ianaId, ...otherIanaIds, ...abbreviations];
  return [
    ...cities.map((city) => ({ text: plain(city), city })),
    ...texts.map((text) => ({ text: plain(text) })),
    { text: initials(name), isGuess: true },
  ];
}

function byName(known: KnownZone, names: readonly Name[], typed: string): readonly Scored[] {
  const words = typed.split(" ");
  const scoreOf = ({ text, isGuess }: Name) => {
    if (text === typed) return isGuess ? 1 : 0;
    if (text.startsWith(typed)) return 1;
    const parts = text.split(" ");
    return words.every((word) => parts.some((part) => part.startsWith(word))) ? 2 : undefined;
  };
  const [best] = names
    .flatMap((name) => {
      const score = scoreOf(name);
      return score === undefined ? [] : [{ score, city: name.city }];
    })
    .toSorted((a, b) => a.score - b.score);
  if (best === undefined) return [];
  // Of the zones that share PST the one that is called so comes first.
  const isCalledSo = initials(known.zone.windowsId) === typed;
  return [{ known, city: best.city, score: isCalledSo ? best.score - 0.5 : best.score }];
}

/** The zones with this offset now, then those that will have it. */
function byOffset(known: KnownZone, isIt: (offset: string) => number | undefined): readonly Scored[] {
  const now = isIt(known.offset);
  if (now !== undefined) return [{ known, score: now }];
  const then = known.change && isIt(known.change.offset);
  return then === undefined ? [] : [{ known, score: then + 2 }];
}

/** Reads `+05:30`, `UTC+2`, `gmt -9`; answers how well an offset fits: 0 exactly, 1 as the hour that was typed. Undefined for other text. */
function readOffset(text: string): ((offset: string) => number | undefined) | undefined {
  const form = /^(?:utc|gmt)?\s*([+\-−–])\s*(\d{1,2})(?::?(\d{0,2}))?$/i;
  const [, sign, hours = "", minutes = ""] = form.exec(text.trim()) ?? [];
  if (sign === undefined) return undefined;
  const wanted = `UTC${sign === "+" ? "+" : "-"}${hours.padStart(2, "0")}:${minutes}`;
  const exact = wanted.padEnd("UTC+00:00".length, "0");
  return (offset) => (offset === exact ? 0 : offset.startsWith(wanted) ? 1 : undefined);
}

/** CLDR keeps the names that zones began with; by a newer one, such as Kyiv, the runtime tells. Windows has display names of its own. */
function byNewName(zones: readonly KnownZone[], text: string): readonly Scored[] {
  const name = text.trim().replaceAll(" ", "_");
  const ids = name.includes("/") ? [name] : ianaAreas.map((area) => `${area}/${name}`);
  const windowsIds = new Set([...ids.map(windowsOf), idOfDisplayName(text)]);
  const found = zones.filter(({ zone }) => windowsIds.has(zone.windowsId));
  return found.map((known) => ({ known, score: 0 }));
}

/** The areas of the world that IANA names zones by. */
const ianaAreas = [
  "Africa",
  "America",
  "Antarctica",
  "Asia",
  "Atlantic",
  "Australia",
  "Europe",
  "Indian",
  "Pacific",
];

/** `jst` of Japan Standard Time: CLDR has no abbreviation for many a zone that people know by one. */
const initials = (name: string) =>
  plain(name)
    .split(" ")
    .map((word) => word.slice(0, 1))
    .join("");

/** Words without accents, case and punctuation, a space between each two. */
const plain = (text: string) =>
  text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
