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
    sources: [sources.contract],
    check: ({ window }) => {
      const text = window?.expirationDateTime;
      return text !== undefined && readWallClock(text) === "malformed"
        ? message(
            "The expiry “{0}” isn't written as YYYY-MM-DD hh:mm. Enter it like 2027-11-01 22:00, or none.",
            text,
          )
        : undefined;
    },
  },
  {
    id: "expiry-impossible",
    severity: "block",
    sources: [sources.contract],
    check: ({ window }) => {
      const text = window?.expirationDateTime;
      return text !== undefined && readWallClock(text) === "impossible"
        ? message("The expiry “{0}” isn't a real date and time. Choose another, or none.", text)
        : undefined;
    },
  },
  {
    id: "expiry-before-start",
    severity: "block",
    sources: [sources.contract],
    check: ({ window }) => {
      const { startDateTime = "", expirationDateTime = "" } = window ?? {};
      const [start, expiry] = [readWallClock(startDateTime), readWallClock(expirationDateTime)];
      if (typeof start === "string" || typeof expiry === "string" || sinceEpoch(start) < sinceEpoch(expiry)) {
        return undefined;
      }
      return message(
        "The expiry “{0}” isn't after the start “{1}”, so no window starts. Choose a later expiry, or none.",
        expirationDateTime,
        startDateTime,
      );
    },
  },
  {
    id: "expired",
    severity: "block",
    sources: [sources.contract],
    check: ({ window, now }) => {
      const text = window?.expirationDateTime ?? "";
      const expiry = readWallClock(text);
      const ianaId = ianaOf(window?.timeZone ?? "");
      if (typeof expiry === "string" || ianaId === undefined || expiry.day === lastDay) return undefined;
      return offsetsOf(ianaId).instantOf(sinceEpoch(expiry)).instant <= Date.parse(now)
        ? message(
            "The expiry “{0}” has passed, so no more windows start. Choose a future date, or none.",
            text,
          )
        : undefined;
    },
  },
];
