import assert from "node:assert/strict";
import { test } from "node:test";
import { generatedFleet, largeFleet } from "../../../src/sandbox/fleet/generated.ts";
import { shortConflicts, shortNotes } from "../../../src/tree/upcoming/conflicts.ts";
import { stateOf } from "../../../src/tree/upcoming/state.ts";
import { sandboxFleet } from "./sandboxFleet.ts";
import { clock } from "./walk.ts";

const { store } = await sandboxFleet(generatedFleet(largeFleet));
const { snapshot } = store;

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
