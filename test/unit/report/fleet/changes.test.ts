import assert from "node:assert/strict";
import { before, test } from "node:test";
import { atOnce } from "../../../../src/core/slices.ts";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { changesBetween as changesInPieces } from "../../../../src/report/fleet/changes.ts";
import { ReportMaker } from "../../../../src/report/fleet/fleetReport.ts";
import type { FleetReport, ReportInput } from "../../../../src/report/fleet/fleetReport.ts";
import { sandboxFleet } from "../../tree/sandboxFleet.ts";
import { changed, inputOf } from "./support.ts";

let snapshot: Snapshot;
before(async () => {
  snapshot = (await sandboxFleet()).store.snapshot;
});

const making = () => {
  const maker = new ReportMaker();
  return (input: ReportInput) => atOnce(maker.make(input));
};
const changesBetween = (first: FleetReport | undefined, then: FleetReport) =>
  atOnce(changesInPieces(first, then));

test("where nothing differs nothing is sent, though all was refreshed", () => {
  const make = making();
  const first = make(inputOf(snapshot));
  assert.equal(changesBetween(first, make(inputOf(snapshot))), undefined);
  const reread = changed(snapshot, (record) => ({ resource: { ...record.resource } }));
  assert.equal(changesBetween(first, make(inputOf(reread))), undefined);
});

test("a set that changes its state is sent with the counts, and nothing else", () => {
  const make = making();
  const first = make(inputOf(snapshot));
  const after = changed(snapshot, ({ name, coverage }) =>
    name === "vmss-web-prod" ? { coverage: { ...coverage, state: "idle", needsAttention: true } } : undefined,
  );
  const changes = changesBetween(first, make(inputOf(after, { now: "2026-11-23T06:00:05Z" })));
  assert.deepEqual(
    changes?.put.map(({ name, state }) => [name, state]),
    [["vmss-web-prod", "idle"]],
  );
  assert.deepEqual(changes?.removed, []);
  assert.deepEqual(Object.keys(changes?.data ?? {}).sort(), ["calendar", "needs", "totals"]);
});

test("a set that was removed is sent by its id", () => {
  const make = making();
  const first = make(inputOf(snapshot));
  const [removed, ...others] = [...snapshot.scaleSets];
  const changes = changesBetween(first, make(inputOf({ ...snapshot, scaleSets: new Map(others) })));
  assert.deepEqual(changes?.removed, [removed?.[1].id]);
  assert.deepEqual(changes?.put, []);
});
