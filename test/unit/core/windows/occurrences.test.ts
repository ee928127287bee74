import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { occurrences } from "../../../../src/core/windows/occurrences.ts";
import type { Occurrence } from "../../../../src/core/windows/types.ts";
import { window } from "./arbitraries.ts";
import { handChecked } from "./handChecked.ts";

const line = ({ localStart, start, marks }: Occurrence) => [localStart, start, ...marks].join(" ");

describe("occurrences", () => {
  for (const { why, fields, from, opens, closes, thenNone } of handChecked) {
    it(why, () => {
      const count = thenNone === true ? opens.length + 3 : opens.length;
      const found = occurrences(window(fields), { from, count });
      assert.deepEqual(found.map(line), opens);
      if (closes !== undefined) {
        assert.deepEqual(
          found.map(({ localEnd }) => localEnd),
          closes,
        );
      }
    });
  }

  it("tells all of an occurrence", () => {
    const query = { from: "2026-03-08T00:00:00Z", count: 1 };
    const fields = window({ timeZone: "Pacific Standard Time", startDateTime: "2026-03-07 22:00" });
    assert.deepEqual(occurrences(fields, query), [
      {
        start: "2026-03-08T06:00:00Z",
        end: "2026-03-08T11:00:00Z",
        localStart: "2026-03-07 22:00",
        localEnd: "2026-03-08 04:00",
        marks: ["shift"],
      },
    ]);
  });
});
