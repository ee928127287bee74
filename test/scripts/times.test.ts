import assert from "node:assert/strict";
import { test } from "node:test";
import { timesInWords } from "../../scripts/layers/times.ts";

const counts = { passed: 1, failed: 0, skipped: 0 };

test("layers and the ten slowest files are told, the slowest first", () => {
  const files = Array.from({ length: 12 }, (_, index) => ({ name: `unit/file${index}`, seconds: index }));
  const lines = timesInWords([
    { name: "types", seconds: 3, counts, times: [] },
    { name: "unit", seconds: 71.26, counts, times: files },
  ]).split("\n");
  assert.deepEqual(lines.slice(1, 3), ["    71.3 s  unit", "     3.0 s  types"]);
  assert.equal(lines[4], "    11.0 s  unit/file11");
  assert.equal(lines.at(-1), "     2.0 s  unit/file2");
});

test("where no layer has files none are told", () => {
  assert.doesNotMatch(timesInWords([{ name: "types", seconds: 3, counts, times: [] }]), /files/);
});
