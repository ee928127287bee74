/**
 * Calendars as RFC 5545 has them (https://www.rfc-editor.org/rfc/rfc5545), with times in UTC, which every calendar shows on
 * its reader's own clock.
 */

export interface CalendarEvent {
  /** The same for the same event in every export, so that a calendar updates it rather than showing it twice. */
  readonly uid: string;
  /** ISO instants. */
  readonly start: string;
  readonly end: string;
  readonly summary: string;
  /** Line breaks are kept. */
  readonly description: string;
  readonly categories: readonly string[];
}

export interface Calendar {
  readonly name: string;
  /** When it was made: an ISO instant. */
  readonly stamp: string;
  readonly events: readonly CalendarEvent[];
}

const product = "-//scale-set-maintenance//azure-scale-set-maintenance//EN";

/** The text of an `.ics` file, piece by piece: one of a large fleet has tens of megabytes. */
export function* icsOf({ name, stamp, events }: Calendar): Generator<string, void, void> {
  yield linesText([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    `PRODID:${product}`,
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escaped(name)}`,
  ]);
  for (const event of events) yield linesText(linesOf(event, stamp));
  yield linesText(["END:VCALENDAR"]);
}

function linesText(lines: readonly string[]): string {
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function linesOf({ uid, start, end, summary, description, categories }: CalendarEvent, stamp: string) {
  return [
    "BEGIN:VEVENT",
    `UID:${escaped(uid)}`,
    `DTSTAMP:${utc(stamp)}`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(end)}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    ...(categories.length > 0 ? [`CATEGORIES:${categories.map(escaped).join(",")}`] : []),
    // A window does not take up its reader's time.
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

/** `20261101T050000Z` */
function utc(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

/** Text as a value: controls are not allowed in one, line breaks apart (§3.3.11). */
function escaped(text: string): string {
  return (
    text
      .replaceAll(/\r\n?/g, "\n")
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
      .replaceAll(/[\\;,]/g, String.raw`\$&`)
      .replaceAll("\n", String.raw`\n`)
  );
}

/** Of a line, in UTF-8, without its line break (§3.1). */
const maxLineOctets = 75;

/** The line in pieces that begin with a space, none cut within a character. */
function folded(line: string): string {
  let octets = 0;
  let text = "";
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0) ?? 0);
    if (octets + size > maxLineOctets) {
      text += "\r\n ";
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}

/** Of a character in UTF-8. */
function octetsOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
