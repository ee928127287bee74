/** Whose upgrade it is that a read shows, and which one an action made again is about. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOf } from "../../../../src/core/plans/kinds/kinds.ts";
import { again } from "../../../../src/core/plans/again.ts";
import { cancelUpgrade, startUpgrade } from "../../../../src/core/plans/upgradePlans.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import { scaleSet } from "../scaleSets.ts";

const resource = scaleSet({});
const change = { ...startUpgrade({ id: resource.id, resource }), before: {} };
const startTime = "2026-11-26T12:00:05Z";
const latestUpgrade: JsonObject = { properties: { runningStatus: { code: "RollingForward", startTime } } };
const entryOf = (startedBy: string): JsonObject => ({
  value: [{ properties: { startedBy, runningStatus: { startTime } } }],
});
const standing = (isAccepted: boolean, upgradeHistory?: JsonObject) =>
  kindOf(change).confirmation(
    change,
    { latestUpgrade, upgradeHistory },
    { at: Date.parse("2026-11-26T12:00:00Z"), isAccepted },
  );

test("an upgrade that the platform began is someone else's, whether or not Azure's answer was heard", () => {
  assert.equal(standing(true, entryOf("Platform")), "other");
  assert.equal(standing(false, entryOf("Platform")), "other");
});

test("an upgrade that the user began is the one that was started", () => {
  assert.equal(standing(true, entryOf("User")), "after");
  assert.equal(standing(false, entryOf("User")), "after");
});

test("while the history has no entry, Azure's answer decides", () => {
  assert.equal(standing(true), "after");
  assert.equal(standing(false), "before");
});

test("a start that is made again takes whatever upgrade is the latest, which may be the one that failed", () => {
  const made = again(change, { resource });
  assert.ok("change" in made && made.change.before === undefined);
});

test("a cancellation that is made again is still about the upgrade that was reviewed", () => {
  const cancellation = cancelUpgrade({ id: resource.id, resource, upgrade: latestUpgrade });
  const made = again(cancellation, { resource });
  assert.ok("change" in made);
  const another = {
    properties: { runningStatus: { code: "RollingForward", startTime: "2026-11-26T13:00:00Z" } },
  };
  const { premise } = kindOf(made.change);
  assert.equal(premise(made.change, { latestUpgrade }), "before");
  assert.equal(premise(made.change, { latestUpgrade: another }), "other");
});
