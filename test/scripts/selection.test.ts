import assert from "node:assert/strict";
import { test } from "node:test";
import { select } from "../../scripts/layers/selection.ts";

const [store, journal, csv, wizard] = [
  "test/unit/fleet/store.test.ts",
  "test/unit/fleet/journal.test.ts",
  "test/unit/export/csv.test.ts",
  "test/ui/wizard.test.ts",
];
const all = new Map<string, readonly string[]>([
  ["types", []],
  ["unit", [csv, journal, store]],
  ["ui", [wizard]],
]);

test("no word chooses everything", () => {
  assert.deepEqual([...select([], all)], [...all]);
});

/** Words of a command line, with what they choose. */
const choices: readonly (readonly [string, readonly (readonly [string, readonly string[]])[]])[] = [
  ["types", [["types", []]]],
  ["unit", [["unit", [csv, journal, store]]]],
  ["unit/fleet", [["unit", [journal, store]]]],
  ["unit/fleet/", [["unit", [journal, store]]]],
  ["unit/fleet/store", [["unit", [store]]]],
  ["ui/wizard", [["ui", [wizard]]]],
  [
    "ui/wizard unit/export types",
    [
      ["types", []],
      ["unit", [csv]],
      ["ui", [wizard]],
    ],
  ],
  ["unit/fleet/store unit/fleet unit/export", [["unit", [csv, journal, store]]]],
];

for (const [words, expected] of choices) {
  test(`“${words}” chooses that alone, in the order of the layers`, () => {
    assert.deepEqual([...select(words.split(" "), all)], expected);
  });
}

/** Words that choose nothing, with what the answer names. */
const unknown: readonly (readonly [string, RegExp])[] = [
  ["nonsense", /No layer "nonsense".*types, unit, ui/],
  ["nonsense/fleet", /No layer "nonsense"/],
  ["unit/flee", /No "unit\/flee" in unit\. Choose one of: export, fleet\./],
  ["unit/fleet/stor", /No "unit\/fleet\/stor"/],
  ["ui/wizard.test.ts", /No "ui\/wizard\.test\.ts".*wizard/],
  ["types/src", /run types as a whole/],
];

for (const [word, says] of unknown) {
  test(`“${word}” is refused with what there is instead`, () => {
    assert.throws(() => select(["types", word], all), says);
  });
}
