import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import ICAL from "ical.js";
import { icsOf } from "../../../src/export/ics.ts";
import type { CalendarEvent } from "../../../src/export/ics.ts";

const stamp = "2026-11-23T06:00:00.123Z";
const event: CalendarEvent = {
  uid: "20261123T210000Z-0a1b@azure-scale-set-maintenance",
  start: "2026-11-23T21:00:00Z",
  end: "2026-11-24T02:00:00Z",
  summary: "OS upgrades: mc-prod; nightly, “22:00”",
  description: "2 scale sets\n- a\\b: will upgrade, not; sure",
  categories: ["OS upgrades", "Contoso, Production"],
};
const pieces = (events: readonly CalendarEvent[]) => [
  ...icsOf({ name: "Windows of a fleet", stamp, events }),
];
const calendar = (events: readonly CalendarEvent[]) => pieces(events).join("");

/** Read by an independent parser (ical.js), which throws at what is not iCalendar. */
function parsed(text: string) {
  const component = ICAL.Component.fromString(text);
  return {
    component,
    events: component.getAllSubcomponents("vevent").map((one) => ({
      event: new ICAL.Event(one, { strictExceptions: true }),
      categories: one.getFirstProperty("categories")?.getValues(),
      stamp: String(one.getFirstPropertyValue("dtstamp")),
      component: one,
    })),
  };
}

test("an independent parser reads a calendar with its name and product, and one event per window, in UTC", () => {
  const { component, events } = parsed(calendar([event, { ...event, uid: "other" }]));
  assert.equal(component.getFirstPropertyValue("version"), "2.0");
  assert.match(String(component.getFirstPropertyValue("prodid")), /azure-scale-set-maintenance/);
  assert.equal(component.getFirstPropertyValue("x-wr-calname"), "Windows of a fleet");
  assert.equal(events.length, 2);
  const [read] = events;
  assert.equal(read?.event.uid, event.uid);
  assert.equal(read?.event.summary, event.summary);
  assert.equal(read?.event.description, event.description);
  assert.deepEqual(read?.categories, event.categories);
  assert.equal(read?.stamp, "2026-11-23T06:00:00Z");
  assert.equal(read?.event.startDate.zone, ICAL.Timezone.utcTimezone);
  assert.equal(read?.event.startDate.toJSDate().toISOString(), "2026-11-23T21:00:00.000Z");
  assert.equal(read?.event.endDate.toJSDate().toISOString(), "2026-11-24T02:00:00.000Z");
});

test("whatever a name holds comes back from the parser, and no line is longer than 75 octets or cut within a character", () => {
  const text = fc.string({ unit: "binary", maxLength: 300 }).map((any) => any.toWellFormed());
  fc.assert(
    fc.property(text, text, (summary, description) => {
      const ics = calendar([{ ...event, summary, description }]);
      assert.ok(ics.endsWith("END:VCALENDAR\r\n"));
      for (const line of ics.slice(0, -2).split("\r\n")) {
        assert.ok(Buffer.byteLength(line) <= 75, line);
        assert.ok(line.isWellFormed() && !/[\n\r]/.test(line), line);
      }
      const [read] = parsed(ics).events;
      assert.equal(read?.event.summary ?? "", kept(summary));
      assert.equal(read?.event.description ?? "", kept(description));
    }),
  );
});

/** Control characters have no place in a calendar; line breaks are all `\n`. */
function kept(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/\r\n?/g, "\n").replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
}

test("an empty calendar is one", () => {
  assert.equal(parsed(calendar([])).events.length, 0);
});

test("each event is a piece of its own, so that a long calendar can be written bit by bit", () => {
  const events = Array.from({ length: 50 }, (_, index) => ({ ...event, uid: String(index) }));
  assert.equal(pieces(events).length, events.length + 2);
});
