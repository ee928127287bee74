import { message } from "../../text/message.ts";
import { lastDay, readWallClock, sinceEpoch } from "../calendar.ts";
import { offsetsOf } from "../offsets.ts";
import { ianaOf } from "../zones.ts";
import type { ScheduleRule } from "./input.ts";
import { sources } from "./sources.ts";

export const expiryRules: readonly ScheduleRule[] = [
  {
    id: "expiry-format",
    severity: "block",
    title: message("The expiry is written YYYY-MM-DD hh:mm"),
    sources: [sources.contract],
    check: ({ window }) => {
      const text = window?.expirationDateTime;
      return text !== undefined && readWallClock(text) === "malformed"
        ? message(
            "The expiry “{0}” is not written as YYYY-MM-DD hh:mm: enter it like 2027-11-01 22:00, or none.",
            text,
          )
        : undefined;
    },
  },
  {
    id: "expiry-impossible",
    severity: "block",
    title: message("The expiry is a date and time that exist"),
    sources: [sources.contract],
    check: ({ window }) => {
      const text = window?.expirationDateTime;
      return text !== undefined && readWallClock(text) === "impossible"
        ? message(
            "The expiry “{0}” does not exist in the calendar: choose a date and a time of day that do, or none.",
            text,
          )
        : undefined;
    },
  },
  {
    id: "expiry-before-start",
    severity: "block",
    title: message("The expiry comes after the start"),
    sources: [sources.contract],
    check: ({ window }) => {
      const { startDateTime = "", expirationDateTime = "" } = window ?? {};
      const [start, expiry] = [readWallClock(startDateTime), readWallClock(expirationDateTime)];
      if (typeof start === "string" || typeof expiry === "string" || sinceEpoch(start) < sinceEpoch(expiry)) {
        return undefined;
      }
      return message(
        "The expiry “{0}” does not come after the start “{1}”, so that no window would open: choose a later expiry, or none.",
        expirationDateTime,
        startDateTime,
      );
    },
  },
  {
    id: "expired",
    severity: "block",
    title: message("The expiry lies in the future"),
    sources: [sources.contract],
    check: ({ window, now }) => {
      const text = window?.expirationDateTime ?? "";
      const expiry = readWallClock(text);
      const ianaId = ianaOf(window?.timeZone ?? "");
      if (typeof expiry === "string" || ianaId === undefined || expiry.day === lastDay) return undefined;
      return offsetsOf(ianaId).instantOf(sinceEpoch(expiry)).instant <= Date.parse(now)
        ? message(
            "The expiry “{0}” has passed, so that no window opens any more: choose a date in the future, or none.",
            text,
          )
        : undefined;
    },
  },
];
