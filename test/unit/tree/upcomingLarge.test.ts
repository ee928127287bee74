import assert from "node:assert/strict";
import { test } from "node:test";
import { atOnce } from "../../../src/core/slices.ts";
import { inEnglish } from "../../../src/core/text/message.ts";
import { generatedFleet, largeFleet } from "../../../src/sandbox/fleet/generated.ts";
import { shortConflicts, shortNotes } from "../../../src/tree/upcoming/conflicts.ts";
import { childrenOf, viewOf } from "../../../src/tree/upcoming/nodes.ts";
import { nodesToRefresh } from "../../../src/tree/upcoming/refresh.ts";
import { tooltipMarkdown } from "../../../src/tree/tooltip.ts";
import { stateOf } from "../../../src/tree/upcoming/state.ts";
import { sandboxFleet } from "./sandboxFleet.ts";
import { clock } from "./walk.ts";

const { store } = await sandboxFleet(generatedFleet(largeFleet));
const { snapshot } = store;

test("a day with many windows tells how they lie, and has them by the hour", () => {
  const state = stateOf(snapshot, clock);
  const day = childrenOf(undefined, state).find(({ id }) => id === "day#2026-11-29") ?? assert.fail();
  const view = viewOf(day, state) ?? assert.fail();
  assert.match(
    inEnglish(view.description ?? assert.fail()),
    /^813 windows · 112 in conflict · \d+ with nothing to upgrade · busiest at \d\d:00: \d+ windows$/,
  );
  assert.match(
    tooltipMarkdown(view.tooltip(), inEnglish),
    /^First: 00.*^Last: 23.*^Most scale sets: .*\(\d+\\\)$/ms,
  );
  const hours = childrenOf(day, state);
  assert.equal(hours.length, 24);
  const windows = hours.flatMap((hour) => childrenOf(hour, state));
  assert.deepEqual(
    windows.map(({ id }) => id),
    (state.upcoming.agenda.days.get("2026-11-29") ?? []).map(
      ({ key, occurrence }) => `${key}#${occurrence.start}`,
    ),
  );
  const views = hours.map((hour) => viewOf(hour, state));
  assert.equal(inEnglish(views[7]?.label ?? assert.fail()), "07:00");
  assert.match(inEnglish(views[7]?.description ?? assert.fail()), /^\d+ windows · \d+ in conflict/);
  assert.ok(views.every((one) => one?.children === "collapsed"));
  const known = {
    nodes: [day, ...hours, ...windows],
    opened: new Set([day.id, ...hours.map(({ id }) => id)]),
  };
  const again = stateOf({ ...snapshot }, clock);
  assert.deepEqual(atOnce(nodesToRefresh(known, state, again)), []);
});

test("in a fleet of 1,000 configurations few windows of a day are in conflict, however many paired regions there are", () => {
  const state = stateOf(snapshot, clock, true);
  const windows = state.upcoming.agenda.days.get("2026-11-29") ?? [];
  const inConflict = windows.filter((window) => shortConflicts(window, state).length > 0);
  const noted = windows.filter((window) => shortNotes(window, state).length > 0);
  assert.equal(windows.length, 813);
  assert.equal(inConflict.length, 112);
  // As many as were in conflict while a note was one.
  assert.equal(new Set([...inConflict, ...noted]).size, 794);
});
