import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { requestOf } from "../../../../src/report/fleet/request.ts";
import { wholeView } from "../../../../src/report/fleet/table.ts";
import { sandboxFleet } from "../../tree/sandboxFleet.ts";

let snapshot: Snapshot;
let id = "";
before(async () => {
  snapshot = (await sandboxFleet()).store.snapshot;
  id = [...snapshot.scaleSets.values()][0]?.id ?? "";
});
const asked = (value: unknown) => requestOf(value, snapshot);

test("what the page may ask for is taken, ids as the fleet has them", () => {
  assert.deepEqual(asked({ kind: "ready" }), { kind: "ready", day: undefined });
  assert.deepEqual(asked({ kind: "day", day: "2026-11-24" }), { kind: "day", day: "2026-11-24" });
  const run = { kind: "run", command: "explainEligibility" };
  assert.deepEqual(asked({ ...run, ids: [id.toUpperCase()] }), { ...run, ids: [id] });
  assert.deepEqual(asked({ kind: "run", command: "refresh", ids: [] }), {
    kind: "run",
    command: "refresh",
    ids: [],
  });
  const onNeed = { kind: "runOn", command: "associate", need: "uncontrolled" };
  assert.deepEqual(asked(onNeed), onNeed);
  assert.deepEqual(asked({ kind: "reveal", id }), { kind: "reveal", id });
  const view = { ...wholeView, text: "web", sort: [{ column: "name", descending: true }] };
  assert.deepEqual(asked({ kind: "export", format: "csv", view, more: 1 }), {
    kind: "export",
    format: "csv",
    view,
  });
});

test("nothing else is", () => {
  const other = `${id}x`;
  const byName = { column: "name", descending: true };
  const bad: readonly unknown[] = [
    undefined,
    null,
    "ready",
    [],
    {},
    { kind: "constructor" },
    { kind: "ready", day: 7 },
    { kind: "day", day: "tomorrow" },
    { kind: "run", command: "deleteConfiguration", ids: [id] },
    { kind: "run", command: "workbench.action.quit", ids: [] },
    { kind: "run", command: "toString", ids: [id] },
    { kind: "run", command: "explainEligibility", ids: [] },
    { kind: "run", command: "refresh", ids: [id] },
    { kind: "run", command: "explainEligibility", ids: [id, other] },
    { kind: "run", command: "explainEligibility", ids: [7] },
    { kind: "run", command: "explainEligibility", ids: id },
    { kind: "run", command: ["explainEligibility"], ids: [id] },
    { kind: "runOn", command: "associate", need: "everything" },
    { kind: "runOn", command: "refresh", need: "idle" },
    { kind: "runOnShown", command: "associate" },
    { kind: "reveal", id: other },
    { kind: "reveal" },
    { kind: "export", format: "exe", view: wholeView },
    { kind: "export", format: "csv", view: { ...wholeView, text: 1 } },
    { kind: "export", format: "csv", view: { ...wholeView, text: "x".repeat(5000) } },
    { kind: "export", format: "csv", view: { ...wholeView, state: "happy" } },
    { kind: "export", format: "csv", view: { ...wholeView, freshness: "rotten" } },
    {
      kind: "export",
      format: "csv",
      view: { ...wholeView, sort: [{ column: "__proto__", descending: true }] },
    },
    { kind: "export", format: "csv", view: { ...wholeView, sort: [{ column: "name", descending: "yes" }] } },
    { kind: "export", format: "csv", view: { ...wholeView, sort: "name" } },
    { kind: "export", format: "csv", view: { ...wholeView, sort: Array(100).fill(byName) } },
  ];
  for (const value of bad) assert.equal(asked(value), undefined, JSON.stringify(value));
});
