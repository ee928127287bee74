import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import type { FleetStore } from "../../../../src/fleet/store.ts";
import { explain } from "../../../../src/report/upgrades/explanation.ts";
import { sandboxFleet } from "../../tree/sandboxFleet.ts";
import { now, answers } from "../support.ts";

let store: FleetStore;
before(async () => {
  ({ store } = await sandboxFleet());
});

const upgrade = (code: string, startTime: string, successful: number, more: JsonObject = {}): JsonObject => ({
  properties: {
    runningStatus: { code, startTime },
    progress: { successfulInstanceCount: successful },
    ...more,
  },
});

function lastUpgrade(latest: JsonObject | undefined, upgradeHistory: readonly JsonObject[]) {
  const record = [...store.snapshot.scaleSets.values()].find(({ upgrade: known }) => known === undefined);
  assert.ok(record);
  const eligibilityFacts = { at: now, facts: { upgradeHistory }, unread: {} };
  const known = { ...record, eligibilityFacts, ...(latest && { upgrade: latest }) };
  return explain(known, store.snapshot, answers).lastUpgrade;
}

describe("the last upgrade of a set", () => {
  const bySet = { startedBy: "User", rollbackInfo: { successfullyRolledbackInstanceCount: 1 } };

  it("is how it stands now, with what only the history says of it, however Azure writes its start", () => {
    const known = lastUpgrade(upgrade("Completed", "2026-11-23T05:00:00Z", 8), [
      upgrade("RollingForward", "2026-11-23T05:00:00.0000000+00:00", 2, bySet),
    ]);
    assert.equal(known?.status, "Completed");
    assert.equal(known.progress.successful, 8);
    assert.equal(known.startedBy, "User");
    assert.equal(known.rolledBack, 1);
  });

  it("is the later of two different ones", () => {
    const before = upgrade("Faulted", "2026-11-22T23:30:00-02:00", 1, bySet);
    const after = upgrade("Completed", "2026-11-23T05:00:00Z", 8);
    assert.equal(lastUpgrade(after, [before])?.status, "Completed");
    assert.equal(lastUpgrade(before, [after])?.status, "Completed");
  });

  it("is the one that is known, or none", () => {
    const only = upgrade("Faulted", "2026-11-22T05:00:00Z", 1);
    assert.equal(lastUpgrade(only, [])?.status, "Faulted");
    assert.equal(lastUpgrade(undefined, [only])?.status, "Faulted");
    assert.equal(lastUpgrade(undefined, []), undefined);
  });
});
