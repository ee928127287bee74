import type { WindowFields } from "../../../../src/core/windows/window.ts";
import { never } from "./arbitraries.ts";

/** A window that somebody has worked out by hand, with the reason why it opens then. */
export interface Case {
  readonly why: string;
  readonly fields: Partial<WindowFields>;
  readonly from: string;
  /** `localStart start marks`, of as many occurrences as there are lines. */
  readonly opens: readonly string[];
  /** `localEnd` of the same, where the clock's changes matter to it. */
  readonly closes?: readonly string[];
  /** There are no more than those. */
  readonly thenNone?: boolean;
}

const pacific = "Pacific Standard Time";
const berlin = "W. Europe Standard Time";
const sydney = "AUS Eastern Standard Time";
const lordHowe = "Lord Howe Standard Time";

export const handChecked: readonly Case[] = [
  // Days
  {
    why: "a daily window's first occurrence is its start",
    fields: {},
    from: "2026-01-01T00:00:00Z",
    opens: ["2026-11-01 22:00 2026-11-01T22:00:00Z", "2026-11-02 22:00 2026-11-02T22:00:00Z"],
  },
  {
    why: "one that starts at the very instant asked from counts",
    fields: {},
    from: "2026-11-05T22:00:00Z",
    opens: ["2026-11-05 22:00 2026-11-05T22:00:00Z"],
  },
  {
    why: "a second later it is the next day's",
    fields: {},
    from: "2026-11-05T22:00:01Z",
    opens: ["2026-11-06 22:00 2026-11-06T22:00:00Z"],
  },
  {
    why: "n days count from the start date, however long ago that is",
    fields: { startDateTime: "2020-10-01 00:00", recurEvery: "3Days" },
    from: "2026-11-23T00:00:00Z",
    opens: ["2026-11-23 00:00 2026-11-23T00:00:00Z", "2026-11-26 00:00 2026-11-26T00:00:00Z"],
  },
  {
    why: "the wall time stays through the end of daylight saving, the instant moves",
    fields: { timeZone: pacific, startDateTime: "2026-10-31 22:00" },
    from: "2026-10-31T00:00:00Z",
    opens: ["2026-10-31 22:00 2026-11-01T05:00:00Z shift", "2026-11-01 22:00 2026-11-02T06:00:00Z"],
  },
  {
    why: "the zone's date may lag that of UTC",
    fields: { timeZone: "Samoa Standard Time", startDateTime: "2026-06-01 00:30" },
    from: "2026-05-31T11:30:00Z",
    opens: ["2026-06-01 00:30 2026-05-31T11:30:00Z"],
  },
  // Daylight saving
  {
    why: "a start that spring skips moves forward by the gap",
    fields: { timeZone: pacific, startDateTime: "2026-03-07 02:30" },
    from: "2026-03-07T00:00:00Z",
    opens: [
      "2026-03-07 02:30 2026-03-07T10:30:00Z",
      "2026-03-08 03:30 2026-03-08T10:30:00Z gap",
      "2026-03-09 02:30 2026-03-09T09:30:00Z",
    ],
  },
  {
    why: "the first minute of the gap is skipped, the one before it is not",
    fields: { timeZone: berlin, startDateTime: "2026-03-29 02:00" },
    from: "2026-03-29T00:00:00Z",
    opens: ["2026-03-29 03:00 2026-03-29T01:00:00Z gap"],
  },
  {
    why: "the end of the gap exists",
    fields: { timeZone: berlin, startDateTime: "2026-03-29 03:00" },
    from: "2026-03-29T00:00:00Z",
    opens: ["2026-03-29 03:00 2026-03-29T01:00:00Z"],
  },
  {
    why: "of a start that comes twice the first is taken, and the offset changes while it is open",
    fields: { timeZone: pacific, startDateTime: "2026-11-01 01:30" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 01:30 2026-11-01T08:30:00Z overlap shift", "2026-11-02 01:30 2026-11-02T09:30:00Z"],
  },
  {
    why: "the second pass of that hour is no occurrence",
    fields: { timeZone: pacific, startDateTime: "2026-11-01 01:30" },
    from: "2026-11-01T08:30:01Z",
    opens: ["2026-11-02 01:30 2026-11-02T09:30:00Z"],
  },
  {
    why: "the hour in which the overlap ends comes once",
    fields: { timeZone: berlin, startDateTime: "2026-10-25 03:00" },
    from: "2026-10-25T00:00:00Z",
    opens: ["2026-10-25 03:00 2026-10-25T02:00:00Z"],
  },
  {
    why: "south of the equator spring is in October",
    fields: { timeZone: sydney, startDateTime: "2026-10-04 02:15" },
    from: "2026-10-03T00:00:00Z",
    opens: ["2026-10-04 03:15 2026-10-03T16:15:00Z gap"],
  },
  {
    why: "and autumn in April",
    fields: { timeZone: sydney, startDateTime: "2026-04-05 02:15" },
    from: "2026-04-04T00:00:00Z",
    opens: ["2026-04-05 02:15 2026-04-04T15:15:00Z overlap shift"],
  },
  {
    why: "Lord Howe's clocks skip half an hour",
    fields: { timeZone: lordHowe, startDateTime: "2026-10-04 02:10" },
    from: "2026-10-03T00:00:00Z",
    opens: ["2026-10-04 02:40 2026-10-03T15:40:00Z gap", "2026-10-05 02:10 2026-10-04T15:10:00Z"],
  },
  {
    why: "and repeat half an hour",
    fields: { timeZone: lordHowe, startDateTime: "2026-04-05 01:45" },
    from: "2026-04-04T00:00:00Z",
    opens: ["2026-04-05 01:45 2026-04-04T14:45:00Z overlap shift"],
  },
  {
    why: "a quarter-hour zone",
    fields: { timeZone: "Nepal Standard Time", startDateTime: "2026-05-01 22:00" },
    from: "2026-05-01T00:00:00Z",
    opens: ["2026-05-01 22:00 2026-05-01T16:15:00Z"],
  },
  {
    why: "a 45-minute zone with daylight saving",
    fields: { timeZone: "Chatham Islands Standard Time", startDateTime: "2026-09-27 03:00" },
    from: "2026-09-26T00:00:00Z",
    opens: ["2026-09-27 04:00 2026-09-26T14:15:00Z gap"],
  },
  {
    why: "a zone whose clocks change at midnight has no midnight that day",
    fields: { timeZone: "Middle East Standard Time", startDateTime: "2026-03-29 00:00" },
    from: "2026-03-28T00:00:00Z",
    opens: ["2026-03-29 01:00 2026-03-28T22:00:00Z gap"],
  },
  {
    why: "a zone that gave up daylight saving keeps one offset",
    fields: { timeZone: "E. South America Standard Time", startDateTime: "2018-10-01 00:30" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 00:30 2026-11-01T03:30:00Z"],
  },
  {
    why: "a day that a zone skipped whole gives no second window on the next one",
    fields: { timeZone: "Samoa Standard Time", startDateTime: "2011-12-29 10:00" },
    from: "2011-12-29T00:00:00Z",
    opens: [
      "2011-12-29 10:00 2011-12-29T20:00:00Z",
      "2011-12-31 10:00 2011-12-30T20:00:00Z gap",
      "2012-01-01 10:00 2011-12-31T20:00:00Z",
    ],
  },
  {
    why: "an elapsed hour is lost in spring: the window ends an hour later on the clock",
    fields: { timeZone: pacific, startDateTime: "2026-03-07 22:00" },
    from: "2026-03-08T00:00:00Z",
    opens: ["2026-03-07 22:00 2026-03-08T06:00:00Z shift"],
    closes: ["2026-03-08 04:00"],
  },
  {
    why: "a window that ends a minute before the change sees nothing of it",
    fields: { timeZone: pacific, startDateTime: "2026-03-07 20:59" },
    from: "2026-03-08T00:00:00Z",
    opens: ["2026-03-07 20:59 2026-03-08T04:59:00Z"],
    closes: ["2026-03-08 01:59"],
  },
  {
    why: "one that ends at the change ends when the clock already shows the new time",
    fields: { timeZone: pacific, startDateTime: "2026-03-07 21:00" },
    from: "2026-03-08T00:00:00Z",
    opens: ["2026-03-07 21:00 2026-03-08T05:00:00Z shift"],
    closes: ["2026-03-08 03:00"],
  },
  {
    why: "one that starts at the change has it behind it",
    fields: { timeZone: pacific, startDateTime: "2026-03-08 03:00" },
    from: "2026-03-08T00:00:00Z",
    opens: ["2026-03-08 03:00 2026-03-08T10:00:00Z"],
    closes: ["2026-03-08 08:00"],
  },
  {
    why: "the minute before the hour that comes twice comes once, the offset changes later",
    fields: { timeZone: pacific, startDateTime: "2026-11-01 00:59" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 00:59 2026-11-01T07:59:00Z shift"],
    closes: ["2026-11-01 04:59"],
  },
  {
    why: "the first minute of the hour that comes twice",
    fields: { timeZone: pacific, startDateTime: "2026-11-01 01:00" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 01:00 2026-11-01T08:00:00Z overlap shift"],
  },
  {
    why: "a start that a gap moved counts from the instant it was moved to",
    fields: { timeZone: pacific, startDateTime: "2026-03-07 02:30" },
    from: "2026-03-08T10:30:00Z",
    opens: ["2026-03-08 03:30 2026-03-08T10:30:00Z gap"],
  },
  {
    why: "a window of weeks that the clock changes in and back in is open through changes, though it ends on the offset it began with",
    fields: {
      timeZone: "Morocco Standard Time",
      startDateTime: "2024-03-09 22:00",
      duration: "999:00",
      recurEvery: "60Days",
    },
    from: "2024-03-01T00:00:00Z",
    opens: ["2024-03-09 22:00 2024-03-09T21:00:00Z shift"],
    closes: ["2024-04-20 13:00"],
  },
  {
    why: "south of the equator, where clocks change at midnight: Santiago has no midnight that day",
    fields: { timeZone: "Pacific SA Standard Time", startDateTime: "2026-09-06 00:00" },
    from: "2026-09-05T00:00:00Z",
    opens: ["2026-09-06 01:00 2026-09-06T04:00:00Z gap"],
  },
  {
    why: "and the last hour of a Saturday twice",
    fields: { timeZone: "Pacific SA Standard Time", startDateTime: "2026-04-04 23:30" },
    from: "2026-04-04T00:00:00Z",
    opens: ["2026-04-04 23:30 2026-04-05T02:30:00Z overlap shift"],
  },
  {
    why: "New Zealand skips an hour a week before Australia",
    fields: { timeZone: "New Zealand Standard Time", startDateTime: "2026-09-27 02:30" },
    from: "2026-09-26T00:00:00Z",
    opens: ["2026-09-27 03:30 2026-09-26T14:30:00Z gap"],
  },
  {
    why: "Lord Howe's window is half an hour shorter on the clock in autumn",
    fields: { timeZone: lordHowe, startDateTime: "2026-04-04 22:00" },
    from: "2026-04-04T00:00:00Z",
    opens: ["2026-04-04 22:00 2026-04-04T11:00:00Z shift"],
    closes: ["2026-04-05 02:30"],
  },
  {
    why: "and half an hour longer in spring",
    fields: { timeZone: lordHowe, startDateTime: "2026-10-03 22:00" },
    from: "2026-10-03T00:00:00Z",
    opens: ["2026-10-03 22:00 2026-10-03T11:30:00Z shift"],
    closes: ["2026-10-04 03:30"],
  },
  {
    why: "a half-hour zone without daylight saving",
    fields: { timeZone: "India Standard Time", startDateTime: "2026-05-01 22:00" },
    from: "2026-05-01T00:00:00Z",
    opens: ["2026-05-01 22:00 2026-05-01T16:30:00Z"],
  },
  {
    why: "a half-hour zone west of Greenwich",
    fields: { timeZone: "Marquesas Standard Time", startDateTime: "2026-05-01 22:00" },
    from: "2026-05-01T00:00:00Z",
    opens: ["2026-05-01 22:00 2026-05-02T07:30:00Z"],
  },
  {
    why: "a half-hour zone with daylight saving, in the north",
    fields: { timeZone: "Newfoundland Standard Time", startDateTime: "2026-03-07 02:30" },
    from: "2026-03-07T00:00:00Z",
    opens: [
      "2026-03-07 02:30 2026-03-07T06:00:00Z",
      "2026-03-08 03:30 2026-03-08T06:00:00Z gap",
      "2026-03-09 02:30 2026-03-09T05:00:00Z",
    ],
  },
  {
    why: "a half-hour zone with daylight saving, in the south",
    fields: { timeZone: "Cen. Australia Standard Time", startDateTime: "2026-04-05 02:30" },
    from: "2026-04-04T00:00:00Z",
    opens: ["2026-04-05 02:30 2026-04-04T16:00:00Z overlap shift", "2026-04-06 02:30 2026-04-05T17:00:00Z"],
  },
  {
    why: "a 45-minute zone without daylight saving",
    fields: { timeZone: "Aus Central W. Standard Time", startDateTime: "2026-05-01 22:00" },
    from: "2026-05-01T00:00:00Z",
    opens: ["2026-05-01 22:00 2026-05-01T13:15:00Z"],
  },
  {
    why: "a 45-minute zone repeats an hour of its own",
    fields: { timeZone: "Chatham Islands Standard Time", startDateTime: "2026-04-05 03:00" },
    from: "2026-04-04T00:00:00Z",
    opens: ["2026-04-05 03:00 2026-04-04T13:15:00Z overlap shift"],
  },
  {
    why: "fourteen hours east the date leads that of UTC",
    fields: { timeZone: "Line Islands Standard Time", startDateTime: "2026-05-01 00:30" },
    from: "2026-04-30T10:30:00Z",
    opens: ["2026-05-01 00:30 2026-04-30T10:30:00Z"],
  },
  {
    why: "twelve hours west it lags",
    fields: { timeZone: "Dateline Standard Time", startDateTime: "2026-05-01 22:00" },
    from: "2026-05-02T00:00:00Z",
    opens: ["2026-05-01 22:00 2026-05-02T10:00:00Z"],
  },
  // Zones that changed their rules
  {
    why: "Mexico put its clocks back in October 2022 and never forward again",
    fields: {
      timeZone: "Central Standard Time (Mexico)",
      startDateTime: "2022-10-29 22:00",
      recurEvery: "155Days",
    },
    from: "2022-10-29T00:00:00Z",
    opens: ["2022-10-29 22:00 2022-10-30T03:00:00Z shift", "2023-04-02 22:00 2023-04-03T04:00:00Z"],
  },
  {
    why: "Turkey stayed on summer time in 2016",
    fields: {
      timeZone: "Turkey Standard Time",
      startDateTime: "2015-12-01 22:00",
      recurEvery: "12Months day1",
    },
    from: "2015-12-01T00:00:00Z",
    opens: ["2015-12-01 22:00 2015-12-01T20:00:00Z", "2016-12-01 22:00 2016-12-01T19:00:00Z"],
  },
  {
    why: "Volgograd moved to Moscow's time at the end of 2020",
    fields: { timeZone: "Volgograd Standard Time", startDateTime: "2020-12-26 22:00" },
    from: "2020-12-26T00:00:00Z",
    opens: ["2020-12-26 22:00 2020-12-26T18:00:00Z shift", "2020-12-27 22:00 2020-12-27T19:00:00Z"],
  },
  {
    why: "Jordan stayed on summer time in 2022",
    fields: { timeZone: "Jordan Standard Time", startDateTime: "2021-12-01 22:00", recurEvery: "365Days" },
    from: "2021-12-01T00:00:00Z",
    opens: ["2021-12-01 22:00 2021-12-01T20:00:00Z", "2022-12-01 22:00 2022-12-01T19:00:00Z"],
  },
  {
    why: "Greenland came an hour nearer to Europe in 2023",
    fields: { timeZone: "Greenland Standard Time", startDateTime: "2022-12-01 22:00", recurEvery: "365Days" },
    from: "2022-12-01T00:00:00Z",
    opens: ["2022-12-01 22:00 2022-12-02T01:00:00Z", "2023-12-01 22:00 2023-12-02T00:00:00Z"],
  },
  {
    why: "Egypt took daylight saving up again in 2023, at a midnight",
    fields: { timeZone: "Egypt Standard Time", startDateTime: "2022-04-28 00:00", recurEvery: "365Days" },
    from: "2022-04-27T00:00:00Z",
    opens: ["2022-04-28 00:00 2022-04-27T22:00:00Z", "2023-04-28 01:00 2023-04-27T22:00:00Z gap"],
  },
  {
    why: "Paraguay stayed on summer time in 2024",
    fields: {
      timeZone: "Paraguay Standard Time",
      startDateTime: "2024-07-01 22:00",
      recurEvery: "12Months day1",
    },
    from: "2024-07-01T00:00:00Z",
    opens: ["2024-07-01 22:00 2024-07-02T02:00:00Z", "2025-07-01 22:00 2025-07-02T01:00:00Z"],
  },
  {
    why: "where clocks follow the moon they may go forward for one week only",
    fields: { timeZone: "West Bank Standard Time", startDateTime: "2040-10-19 22:00" },
    from: "2040-10-19T00:00:00Z",
    opens: [
      "2040-10-19 22:00 2040-10-19T20:00:00Z shift",
      ...["20", "21", "22", "23", "24", "25"].map((day) => `2040-10-${day} 22:00 2040-10-${day}T19:00:00Z`),
      "2040-10-26 22:00 2040-10-26T19:00:00Z shift",
      "2040-10-27 22:00 2040-10-27T20:00:00Z",
    ],
  },
  // Ends of years and of months
  {
    why: "the year ends in the zone while it still lasts in UTC",
    fields: { timeZone: "Tokyo Standard Time", startDateTime: "2026-12-31 00:30" },
    from: "2026-12-31T00:00:00Z",
    opens: ["2027-01-01 00:30 2026-12-31T15:30:00Z"],
  },
  {
    why: "weeks go on counting across the year's end, also in a year of 53",
    fields: { startDateTime: "2026-12-18 22:00", recurEvery: "2Weeks Friday" },
    from: "2026-12-19T00:00:00Z",
    opens: ["2027-01-01 22:00 2027-01-01T22:00:00Z", "2027-01-15 22:00 2027-01-15T22:00:00Z"],
  },
  {
    why: "365 days after 29 February it is the 28th",
    fields: { startDateTime: "2024-02-29 22:00", recurEvery: "365Days" },
    from: "2024-03-01T00:00:00Z",
    opens: ["2025-02-28 22:00 2025-02-28T22:00:00Z", "2026-02-28 22:00 2026-02-28T22:00:00Z"],
  },
  {
    why: "a February of 28 days has no day 29",
    fields: { startDateTime: "2027-01-01 22:00", recurEvery: "Month day29" },
    from: "2027-01-01T00:00:00Z",
    opens: ["2027-01-29 22:00 2027-01-29T22:00:00Z", "2027-03-29 22:00 2027-03-29T22:00:00Z"],
  },
  {
    why: "of two days a month may have one",
    fields: { startDateTime: "2027-01-31 00:00", recurEvery: "Month day30,day31" },
    from: "2027-01-01T00:00:00Z",
    opens: ["01-31", "03-30", "03-31", "04-30", "05-30"].map(
      (day) => `2027-${day} 00:00 2027-${day}T00:00:00Z`,
    ),
  },
  {
    why: "every other month from February has a day 31 three times a year",
    fields: { startDateTime: "2026-02-01 22:00", recurEvery: "2Months day31" },
    from: "2026-02-01T00:00:00Z",
    opens: ["2026-08-31", "2026-10-31", "2026-12-31", "2027-08-31"].map(
      (day) => `${day} 22:00 ${day}T22:00:00Z`,
    ),
  },
  {
    why: "six days before the last Sunday of a February that ends on one",
    fields: { startDateTime: "2027-02-01 22:00", recurEvery: "Month Last Sunday Offset-6" },
    from: "2027-02-01T00:00:00Z",
    opens: ["2027-02-22 22:00 2027-02-22T22:00:00Z", "2027-03-22 22:00 2027-03-22T22:00:00Z"],
  },
  {
    why: "six days after the fourth Saturday it can be the next month",
    fields: { startDateTime: "2026-02-01 22:00", recurEvery: "Month Fourth Saturday Offset6" },
    from: "2026-02-01T00:00:00Z",
    opens: ["2026-03-06 22:00 2026-03-06T22:00:00Z", "2026-04-03 22:00 2026-04-03T22:00:00Z"],
  },
  {
    why: "n months count from the start's month, not from the month into which an offset leads",
    fields: { startDateTime: "2026-01-20 22:00", recurEvery: "2Months Last Saturday Offset6" },
    from: "2026-01-01T00:00:00Z",
    opens: ["2026-02-06 22:00 2026-02-06T22:00:00Z", "2026-04-03 22:00 2026-04-03T22:00:00Z"],
  },
  {
    why: "the month before the start's has no part in it, though an offset leads to after the start",
    fields: { startDateTime: "2026-01-02 22:00", recurEvery: "Month Last Saturday Offset6" },
    from: "2025-12-01T00:00:00Z",
    opens: ["2026-02-06 22:00 2026-02-06T22:00:00Z"],
  },
  // Extremes
  {
    why: "a start in the year 1 keeps its phase to this day",
    fields: { startDateTime: "0001-01-01 00:00", recurEvery: "week monday" },
    from: "2026-11-23T00:00:00Z",
    opens: ["2026-11-23 00:00 2026-11-23T00:00:00Z"],
  },
  {
    why: "the last day that can be written is the last to have a window",
    fields: { startDateTime: "9999-12-30 22:00", duration: "01:00" },
    from: "9999-01-01T00:00:00Z",
    opens: ["9999-12-30 22:00 9999-12-30T22:00:00Z", "9999-12-31 22:00 9999-12-31T22:00:00Z"],
    thenNone: true,
  },
  {
    why: "a period beyond all days leaves the start alone",
    fields: { recurEvery: "999999999999Days" },
    from: "2026-01-01T00:00:00Z",
    opens: ["2026-11-01 22:00 2026-11-01T22:00:00Z"],
    thenNone: true,
  },
  {
    why: "windows that overlap are all there",
    fields: { duration: "48:00" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 22:00 2026-11-01T22:00:00Z", "2026-11-02 22:00 2026-11-02T22:00:00Z"],
    closes: ["2026-11-03 22:00", "2026-11-04 22:00"],
  },
  // Weeks
  {
    why: "a week without weekdays repeats the weekday of the start",
    fields: { startDateTime: "2026-11-04 22:00", recurEvery: "Week" },
    from: "2026-01-01T00:00:00Z",
    opens: ["2026-11-04 22:00 2026-11-04T22:00:00Z", "2026-11-11 22:00 2026-11-11T22:00:00Z"],
  },
  {
    why: "the first of a weekly window is the first asked weekday at or after the start",
    fields: { startDateTime: "2026-11-04 22:00", recurEvery: "Week Monday" },
    from: "2026-01-01T00:00:00Z",
    opens: ["2026-11-09 22:00 2026-11-09T22:00:00Z"],
  },
  {
    why: "a start on the asked weekday counts",
    fields: { startDateTime: "2026-11-02 22:00", recurEvery: "1Week Monday" },
    from: "2026-01-01T00:00:00Z",
    opens: ["2026-11-02 22:00 2026-11-02T22:00:00Z", "2026-11-09 22:00 2026-11-09T22:00:00Z"],
  },
  {
    why: "weeks begin on Sunday: Sunday after a Saturday start is in the next week",
    fields: { startDateTime: "2026-11-07 22:00", recurEvery: "2Weeks Saturday,Sunday" },
    from: "2026-01-01T00:00:00Z",
    opens: [
      "2026-11-07 22:00 2026-11-07T22:00:00Z",
      "2026-11-15 22:00 2026-11-15T22:00:00Z",
      "2026-11-21 22:00 2026-11-21T22:00:00Z",
      "2026-11-29 22:00 2026-11-29T22:00:00Z",
    ],
  },
  {
    why: "weeks count from the start's week even where its asked weekday has passed",
    fields: { startDateTime: "2026-11-06 22:00", recurEvery: "2Weeks Monday" },
    from: "2026-01-01T00:00:00Z",
    opens: ["2026-11-16 22:00 2026-11-16T22:00:00Z", "2026-11-30 22:00 2026-11-30T22:00:00Z"],
  },
  {
    why: "asking from the middle of a week keeps the phase",
    fields: { startDateTime: "2020-01-01 22:00", recurEvery: "3Weeks Wednesday" },
    from: "2026-11-19T00:00:00Z",
    opens: ["2026-11-25 22:00 2026-11-25T22:00:00Z"],
  },
  // Months
  {
    why: "months by day numbers",
    fields: { recurEvery: "Month day23,day24" },
    from: "2026-11-24T00:00:00Z",
    opens: ["2026-11-24 22:00 2026-11-24T22:00:00Z", "2026-12-23 22:00 2026-12-23T22:00:00Z"],
  },
  {
    why: "months without the asked day are skipped",
    fields: { startDateTime: "2026-01-31 22:00", recurEvery: "Month day31" },
    from: "2026-01-01T00:00:00Z",
    opens: ["01-31", "03-31", "05-31", "07-31", "08-31", "10-31", "12-31"].map(
      (day) => `2026-${day} 22:00 2026-${day}T22:00:00Z`,
    ),
  },
  {
    why: "29 February comes in leap years",
    fields: { startDateTime: "2024-02-29 22:00", recurEvery: "12Months day29" },
    from: "2024-03-01T00:00:00Z",
    opens: ["2028-02-29 22:00 2028-02-29T22:00:00Z", "2032-02-29 22:00 2032-02-29T22:00:00Z"],
  },
  {
    why: "n months count from the start's month, though its day has passed",
    fields: { startDateTime: "2026-11-20 22:00", recurEvery: "2Months day10" },
    from: "2026-01-01T00:00:00Z",
    opens: ["2027-01-10 22:00 2027-01-10T22:00:00Z", "2027-03-10 22:00 2027-03-10T22:00:00Z"],
  },
  {
    why: "the year's end is passed",
    fields: { startDateTime: "2026-12-31 22:00", recurEvery: "Month day31" },
    from: "2026-12-31T00:00:00Z",
    opens: ["2026-12-31 22:00 2026-12-31T22:00:00Z", "2027-01-31 22:00 2027-01-31T22:00:00Z"],
  },
  {
    why: "the fourth Monday",
    fields: { recurEvery: "Month Fourth Monday" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-23 22:00 2026-11-23T22:00:00Z", "2026-12-28 22:00 2026-12-28T22:00:00Z"],
  },
  {
    why: "the last Sunday is the fifth where there are five",
    fields: { recurEvery: "Month Last Sunday" },
    from: "2026-11-01T00:00:00Z",
    opens: [
      "2026-11-29 22:00 2026-11-29T22:00:00Z",
      "2026-12-27 22:00 2026-12-27T22:00:00Z",
      "2027-01-31 22:00 2027-01-31T22:00:00Z",
    ],
  },
  {
    why: "an offset counts days back",
    fields: { recurEvery: "Month Last Sunday Offset-6" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-23 22:00 2026-11-23T22:00:00Z", "2026-12-21 22:00 2026-12-21T22:00:00Z"],
  },
  {
    why: "an offset can lead into the month before, and a first one before the start is left out",
    fields: { startDateTime: "2026-11-01 22:00", recurEvery: "Month First Sunday Offset-3" },
    from: "2026-01-01T00:00:00Z",
    opens: [
      "2026-12-03 22:00 2026-12-03T22:00:00Z",
      "2026-12-31 22:00 2026-12-31T22:00:00Z",
      "2027-02-04 22:00 2027-02-04T22:00:00Z",
    ],
  },
  {
    why: "an offset can lead into the month after, also where one asks from there",
    fields: { startDateTime: "2026-01-01 22:00", recurEvery: "Month Last Saturday Offset6" },
    from: "2026-12-04T00:00:00Z",
    opens: ["2026-12-04 22:00 2026-12-04T22:00:00Z", "2027-01-01 22:00 2027-01-01T22:00:00Z"],
  },
  {
    why: "a bare Month has no occurrences",
    fields: { recurEvery: "Month" },
    from: "2026-01-01T00:00:00Z",
    opens: [],
    thenNone: true,
  },
  {
    why: "a day that its months never have gives none",
    fields: { startDateTime: "2026-02-01 22:00", recurEvery: "12Months day30" },
    from: "2026-01-01T00:00:00Z",
    opens: [],
    thenNone: true,
  },
  // Expiry
  {
    why: "an occurrence at the expiry does not open",
    fields: { expirationDateTime: "2026-11-03 22:00" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 22:00 2026-11-01T22:00:00Z", "2026-11-02 22:00 2026-11-02T22:00:00Z"],
    thenNone: true,
  },
  {
    why: "one a minute before it does, and may end after it",
    fields: { expirationDateTime: "2026-11-03 22:01" },
    from: "2026-11-03T00:00:00Z",
    opens: ["2026-11-03 22:00 2026-11-03T22:00:00Z"],
    thenNone: true,
  },
  {
    why: "the expiry is a wall time of the zone",
    fields: { timeZone: pacific, expirationDateTime: "2026-11-02 22:00" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 22:00 2026-11-02T06:00:00Z"],
    thenNone: true,
  },
  {
    why: "Azure's default expiry is none",
    fields: { expirationDateTime: never, timeZone: pacific },
    from: "2030-06-01T00:00:00Z",
    opens: ["2030-05-31 22:00 2030-06-01T05:00:00Z"],
  },
  {
    why: "an expiry before the start leaves none",
    fields: { expirationDateTime: "2026-10-01 00:00" },
    from: "2026-01-01T00:00:00Z",
    opens: [],
    thenNone: true,
  },
  {
    why: "a start that a gap moves to the expiry does not open",
    fields: { timeZone: pacific, startDateTime: "2026-03-07 02:30", expirationDateTime: "2026-03-08 03:30" },
    from: "2026-03-07T00:00:00Z",
    opens: ["2026-03-07 02:30 2026-03-07T10:30:00Z"],
    thenNone: true,
  },
  {
    why: "an expiry on the year 9999's last day counts where the start does too",
    fields: { startDateTime: "9999-12-31 22:00", expirationDateTime: "9999-12-31 22:00" },
    from: "9999-01-01T00:00:00Z",
    opens: [],
    thenNone: true,
  },
  {
    why: "there is none left when one asks from the expiry on",
    fields: { expirationDateTime: "2026-11-03 22:00" },
    from: "2026-11-03T22:00:00Z",
    opens: [],
    thenNone: true,
  },
  // Tolerance and refusal
  {
    why: "seconds in the start are read",
    fields: { startDateTime: "2026-11-01 22:00:00" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 22:00 2026-11-01T22:00:00Z"],
  },
  {
    why: "a T between date and time is read",
    fields: { startDateTime: "2026-11-01T22:00" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 22:00 2026-11-01T22:00:00Z"],
  },
  {
    why: "weekdays are read in any case and with spaces between",
    fields: { recurEvery: "week Monday, Tuesday" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-02 22:00 2026-11-02T22:00:00Z", "2026-11-03 22:00 2026-11-03T22:00:00Z"],
  },
  {
    why: "a zone id is read in any casing",
    fields: { timeZone: "pacific standard time" },
    from: "2026-11-01T00:00:00Z",
    opens: ["2026-11-01 22:00 2026-11-02T06:00:00Z"],
  },
  ...(
    [
      ["a start that is missing", { startDateTime: undefined }],
      ["a start that does not exist", { startDateTime: "2026-02-30 22:00" }],
      ["a malformed start", { startDateTime: "tomorrow" }],
      ["a start that names its offset", { startDateTime: "2026-11-01T22:00Z" }],
      ["a start in the year 0", { startDateTime: "0000-01-01 00:00" }],
      ["an IANA zone", { timeZone: "Europe/Berlin" }],
      ["an unknown zone", { timeZone: "Middle-earth Standard Time" }],
      ["a missing zone", { timeZone: undefined }],
      ["a recurrence that is prose", { recurEvery: "every day" }],
      ["a missing recurrence", { recurEvery: undefined }],
      ["a missing duration", { duration: undefined }],
      ["a malformed duration", { duration: "five hours" }],
      ["a malformed expiry", { expirationDateTime: "soon" }],
    ] as const
  ).map(([what, fields]) => ({
    why: `${what} gives none rather than wrong ones`,
    fields,
    from: "2026-01-01T00:00:00Z",
    opens: [],
    thenNone: true,
  })),
];
