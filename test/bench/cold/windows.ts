// Run in a process of its own, in which no zone has been asked for yet: works out the next windows of a large fleet and prints
// how long that took. The modules are loaded before: what is shipped is one file.
import { WINDOWS_TO_IANA_MAP } from "windows-iana";
import { occurrences } from "../../../src/core/windows/occurrences.ts";
import type { WindowFields } from "../../../src/core/windows/window.ts";

const configurations = 1000;
const each = 30;

/**
 * As OS image windows are: `Day` is the one value that every page of Microsoft's accepts, some take up to a week, and Microsoft's
 * own examples have months.
 */
const recurrences = [
  ...Array.from({ length: 12 }, () => "Day"),
  ...["2Days", "3Days", "5Days", "Week", "Week Sunday", "Week Saturday,Sunday", "2Weeks Monday"],
  "Month Last Sunday",
];
// Not through `allZones`, which asks for each of them.
const zones = WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === "001").map(
  ({ windowsName }) => windowsName,
);
const two = (value: number) => String(value).padStart(2, "0");

/** Different starts, from 2020 to 2026; the zones and the recurrences in all combinations. */
const fleet = Array.from({ length: configurations }, (_, index): WindowFields => ({
  startDateTime: `${2020 + (index % 7)}-${two(1 + (index % 12))}-${two(1 + (index % 28))} ${two(index % 24)}:${index % 2 === 0 ? "30" : "00"}`,
  expirationDateTime: "9999-12-31 23:59:59",
  duration: "05:00",
  timeZone: zones[index % zones.length],
  recurEvery: recurrences[index % recurrences.length],
}));

const start = performance.now();
let windows = 0;
for (const fields of fleet) {
  windows += occurrences(fields, { from: "2026-11-23T00:00:00Z", count: each }).length;
}
const ms = performance.now() - start;
if (windows !== configurations * each) throw new Error(`There are ${windows} windows.`);
console.log(JSON.stringify({ ms, windows, zones: zones.length }));
