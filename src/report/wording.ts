import type { Attempt } from "../core/upgrades/attempts.ts";
import type { Finding } from "../core/eligibility/rule.ts";
import { memo } from "../core/memo.ts";
import { message, verbatim } from "../core/text/message.ts";
import type { Message } from "../core/text/message.ts";
import type { Occurrence } from "../core/windows/types.ts";
import type { Explanation } from "./upgrades/explanation.ts";

/** How a page puts things into the user's language, calendar and clock. */
export interface PlainWording {
  say(text: Message): string;
  /** BCP 47, with the user's hour cycle. */
  readonly locale: string;
  /** The user's IANA time zone. */
  readonly zone: string;
}

/** The same with the words that a page about conditions needs. */
export interface Wording extends PlainWording {
  /** A window on the clocks of its zone, and on the user's own. */
  windowInWords(window: Occurrence): Message;
  /** The title of a rule, by its id. */
  titleOf(rule: string): Message;
}

/** A state by a sign, a word and a colour, each of which would do. */
export interface Mark {
  readonly sign: string;
  readonly word: Message;
  readonly tone: "bad" | "doubtful" | "open" | "good";
}

export function markOf({ status, severity }: Pick<Finding, "status" | "severity">): Mark {
  switch (status) {
    case "fail":
      return severity === "block"
        ? { sign: "✕", word: message("Blocks"), tone: "bad" }
        : { sign: "!", word: message("Warns"), tone: "doubtful" };
    case "unknown":
      return { sign: "?", word: message("Unknown"), tone: "open" };
    case "pass":
      return { sign: "✓", word: message("Met"), tone: "good" };
  }
}

export function verdictMark({ verdict }: Pick<Explanation, "verdict">): Mark {
  const marks: Readonly<Record<Explanation["verdict"], Mark>> = {
    blocked: { sign: "✕", word: message("Blocked"), tone: "bad" },
    warnings: { sign: "!", word: message("Eligible, with warnings"), tone: "doubtful" },
    eligible: { sign: "✓", word: message("Eligible"), tone: "good" },
  };
  return marks[verdict];
}

/** What the verdict means for this set. */
export function verdictInWords({ verdict, findings, upgradesOn }: Explanation): Message {
  const blocking = findings.filter(
    ({ status, severity }) => status === "fail" && severity === "block",
  ).length;
  switch (verdict) {
    case "blocked":
      return upgradesOn
        ? blocking === 1
          ? message("Automatic OS upgrades are on, but 1 required condition isn't met.")
          : message("Automatic OS upgrades are on, but {0} required conditions aren't met.", blocking)
        : blocking === 1
          ? message("1 condition must be fixed before you can turn on automatic OS upgrades.")
          : message("{0} conditions must be fixed before you can turn on automatic OS upgrades.", blocking);
    case "warnings":
      return message("All known required conditions are met. See the warnings below.");
    case "eligible":
      return message("All known conditions are met.");
  }
}

/** "Faulted, Fri, Nov 20, 2026, 22:04 – 22:41". */
export function attemptInWords({ status, started, ended }: Attempt, wording: PlainWording): Message {
  const state = status === "" ? "–" : status;
  if (started === undefined) return verbatim(state);
  return ended === undefined
    ? message("{0}, started {1}", state, instantInWords(started, wording))
    : message("{0}, {1}", state, timesInWords(started, ended, wording));
}

/** How many instances of an upgrade stand where. */
export function instancesInWords({ successful, failed, inProgress, pending }: Attempt["progress"]): Message {
  return message(
    "{0} upgraded, {1} failed, {2} in progress, {3} pending",
    successful,
    failed,
    inProgress,
    pending,
  );
}

function timesInWords(start: string, end: string, wording: PlainWording): string {
  const [from, to] = [new Date(start), new Date(end)];
  return to >= from
    ? dateAndTime(wording).formatRange(from, to)
    : `${instantInWords(start, wording)} – ${instantInWords(end, wording)}`;
}

/** "Fri, Nov 20, 2026, 22:04" of an ISO instant, on the user's clock; text that is none as it is. */
export function instantInWords(instant: string, wording: PlainWording): string {
  const time = new Date(instant);
  return Number.isNaN(time.getTime()) ? instant : dateAndTime(wording).format(time);
}

/** The same to the second, of milliseconds since the epoch. */
export function secondInWords(at: number, { locale, zone }: PlainWording): string {
  return formatter("second")(locale)(zone).format(at);
}

function dateAndTime({ locale, zone }: PlainWording): Intl.DateTimeFormat {
  return formatter("minute")(locale)(zone);
}

const toTheMinute = {
  weekday: "short",
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
} as const;
const forms = { minute: toTheMinute, second: { ...toTheMinute, second: "2-digit" } } as const;

/** Making one takes a hundred times longer than formatting with it. */
const formatter = memo((form: keyof typeof forms) =>
  memo((locale: string) =>
    memo((timeZone: string) => new Intl.DateTimeFormat(locale, { ...forms[form], timeZone })),
  ),
);

/** What a page of documentation is called in a link: its section or page, or the issue, and where it is. */
export function sourceName(address: string): string {
  const { hostname, pathname, hash } = new URL(address);
  const parts = pathname.split("/").filter((part) => part !== "");
  if (hostname === "github.com") {
    const [owner = "", repository = "", , ...rest] = parts;
    const last = rest.at(-1) ?? "";
    return `${owner}/${repository}${/^\d+$/.test(last) ? ` #${last}` : ` ${last}`}`;
  }
  const page = hash === "" ? (parts.at(-1) ?? hostname) : hash.slice(1);
  return `${page.replaceAll("-", " ")} (${hostname})`;
}
