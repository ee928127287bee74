import assert from "node:assert/strict";
import { before, test } from "node:test";
import { searching } from "../../../../src/fleet/snapshot/search.ts";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import type { Row, Sort, View } from "../../../../src/report/fleet/contract.ts";
import type { Column } from "../../../../src/report/fleet/column.ts";
import type { FleetReport } from "../../../../src/report/fleet/fleetReport.ts";
import {
  columns,
  isFiltered,
  orderOf,
  shownBy,
  sortedBy,
  textOf,
  wholeView,
} from "../../../../src/report/fleet/table.ts";
import { sandboxFleet } from "../../tree/sandboxFleet.ts";
import { reportOf } from "./support.ts";

let snapshot: Snapshot;
let report: FleetReport;
let rows: readonly Row[];
before(async () => {
  snapshot = (await sandboxFleet()).store.snapshot;
  report = reportOf(snapshot);
  rows = [...report.rows.values()];
});

const sorted = (some: readonly Row[], sort: readonly Sort[]) =>
  some.toSorted(orderOf(sort, report.data.names, "en"));
const names = (shown: readonly Row[]) => shown.map(({ name }) => name);
const filtered = (over: Partial<View>) => rows.filter(shownBy({ ...wholeView, ...over }));

test("every word is looked for in name, resource group, tags and image, in any case", () => {
  assert.deepEqual(names(filtered({ text: "VMSS-WEB prod" })), ["vmss-web-prod"]);
  assert.equal(filtered({ text: "web nothing-like-it" }).length, 0);
  assert.ok(filtered({ text: "ubuntu" }).length > 0);
  const [tagged] = rows.filter(({ tags }) => tags !== "");
  assert.ok(tagged && filtered({ text: tagged.tags.split(" ")[0] ?? "" }).includes(tagged));
  assert.equal(filtered({ text: "  " }).length, rows.length);
});

test("the words find what they find in the Fleet view", () => {
  for (const text of [
    "prod",
    "ubuntu latest",
    "WEB",
    "rg-web",
    "gallery image",
    "env:",
    ":prod",
    "x y z",
    "",
  ]) {
    const has = searching(text);
    const expected = [...snapshot.scaleSets.values()].filter(has).map(({ name }) => name);
    assert.deepEqual(names(filtered({ text })), expected, text);
  }
});

test("filters of the columns hold together, and a set of another service is in no state but its own", () => {
  const controlled = filtered({ state: "controlled" });
  assert.ok(
    controlled.length > 0 && controlled.every(({ state, managedBy }) => state === "controlled" && !managedBy),
  );
  const others = filtered({ state: "others" });
  assert.ok(others.length > 0 && others.every(({ managedBy }) => managedBy !== undefined));
  const [one] = controlled;
  assert.ok(one);
  const [configuration = ""] = one.configurations;
  const { region, subscription } = one;
  const both = filtered({ state: "controlled", configuration, region, subscription });
  assert.ok(both.includes(one));
  assert.ok(both.every((row) => row.region === region && row.configurations.includes(configuration)));
  assert.equal(filtered({ freshness: "behind" }).length, 0);
  assert.equal(filtered({ freshness: "unchecked" }).length, rows.length - 1);
});

test("a view is filtered by anything but its order", () => {
  assert.equal(isFiltered({ ...wholeView, sort: [{ column: "name", descending: true }] }), false);
  assert.equal(isFiltered({ ...wholeView, region: "westeurope" }), true);
});

test("the reason is the third column and the image the last", () => {
  assert.deepEqual(columns.slice(0, 3), ["name", "state", "why"]);
  assert.equal(columns.at(-1), "image");
});

test("every column sorts both ways, and the columns that were sorted by before decide between equals", () => {
  const sortable: Column[] = [
    "name",
    "configuration",
    "image",
    "region",
    "subscription",
    "resourceGroup",
    "why",
  ];
  const { compare } = new Intl.Collator("en", { numeric: true });
  for (const column of sortable) {
    const text = (row: Row) => textOf(row, column, report.data.names);
    for (const descending of [false, true]) {
      const all = sorted(rows, [{ column, descending }]);
      assert.equal(new Set(all).size, rows.length);
      for (const [index, row] of all.slice(1).entries()) {
        const order = compare(text(all[index] ?? row), text(row));
        assert.ok(descending ? order >= 0 : order <= 0, `${column}: ${text(row)}`);
      }
    }
  }
  const byName = { column: "name", descending: true } as const;
  const byRegion = sorted(rows, [{ column: "region", descending: false }, byName]);
  const same = byRegion.filter(({ region }) => region === byRegion[0]?.region);
  assert.deepEqual(names(same), names(sorted(same, [byName])));
});

test("numbers in names sort as numbers", () => {
  const [row] = rows;
  assert.ok(row);
  const numbered = ["vmss-10", "vmss-9", "vmss-1"].map((name) => ({ ...row, name }));
  assert.deepEqual(names(sorted(numbered, [])), ["vmss-1", "vmss-9", "vmss-10"]);
});

test("two sets are never equal, so that each has its place whatever came first", () => {
  const [row] = rows;
  assert.ok(row);
  const alike = ["b", "a", "c"].map((id) => ({ ...row, id }));
  const ids = (some: readonly Row[]) => sorted(some, []).map(({ id }) => id);
  assert.deepEqual(ids(alike), ["a", "b", "c"]);
  assert.deepEqual(ids(alike.toReversed()), ["a", "b", "c"]);
});

test("without a choice the worst come first, then those of other services", () => {
  const all = sorted(rows.toReversed(), []);
  assert.equal(all[0]?.state, "unknown");
  assert.equal(all.at(-2)?.state, "controlled");
  assert.ok(all.at(-1)?.managedBy);
});

test("a column that is chosen again turns round; those before it decide between equals", () => {
  const once = sortedBy([], "name");
  assert.deepEqual(once, [{ column: "name", descending: false }]);
  const turned = sortedBy(once, "name");
  assert.deepEqual(turned, [{ column: "name", descending: true }]);
  assert.deepEqual(sortedBy(turned, "name"), once);
  assert.deepEqual(sortedBy(sortedBy(once, "name"), "region"), [
    { column: "region", descending: false },
    { column: "name", descending: true },
  ]);
});
