import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { inEnglish } from "../../../src/core/message.ts";
import { AzureError } from "../../../src/azure/errors.ts";
import { message } from "../../../src/core/message.ts";
import { draftsIn } from "../../../src/flows/drafts.ts";
import { failureRows } from "../../../src/flows/failure.ts";
import { regionRows } from "../../../src/flows/lists.ts";
import { tomorrowEvening, wallClockIn } from "../../../src/flows/localTime.ts";
import { readPastedIds } from "../../../src/flows/pastedIds.ts";
import { escapeIcons, wrapped } from "../../../src/flows/rowText.ts";
import { parseTags } from "../../../src/flows/tags.ts";
import { textsOf } from "./support.ts";

describe("rows", () => {
  test("an icon in a name is shown as it is written", () => {
    assert.equal(escapeIcons("vmss-$(trash)-$(sync~spin)"), String.raw`vmss-\$(trash)-\$(sync~spin)`);
    assert.equal(escapeIcons("$ (x) $() cost $(a b)"), "$ (x) $() cost $(a b)");
  });

  const words = fc.array(fc.stringMatching(/^\S{1,12}$/)).map((all) => all.join(" "));

  test("lines are no longer than the width, and lose nothing", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 40 }), (text, width) => {
        const lines = wrapped(text, width);
        assert.equal(lines.join(" "), text);
        assert.ok(lines.every((line) => line.length <= width || !line.includes(" ")));
      }),
    );
  });

  test("a failed list says what Azure said and how to go on, and can be tried again", async () => {
    const error = new AzureError({
      kind: "forbidden",
      summary: message("Could not list the resource groups."),
      wayOut: message("Ask for the role Reader."),
    });
    let tries = 0;
    const rows = failureRows(error, async () => void tries++);
    assert.deepEqual(textsOf(rows), [
      "Try again",
      "Could not list the resource groups. | Ask for the role Reader.",
    ]);
    if (rows[0]?.kind === "action") await rows[0].run();
    assert.equal(tries, 1);
    assert.match(
      textsOf(failureRows(new Error("socket hang up"), async () => undefined)).join(),
      /socket hang up/,
    );
  });

  test("regions without metadata are offered too, and logical ones are not", () => {
    const rows = regionRows([
      { name: "newregion" },
      { name: "europe", metadata: { regionType: "Logical" } },
      { name: "westeurope", displayName: "West Europe", metadata: { regionCategory: "Recommended" } },
    ]);
    assert.deepEqual(textsOf(rows), [
      "Recommended",
      "West Europe | westeurope",
      "Other regions",
      "newregion | newregion",
    ]);
  });
});

describe("time", () => {
  test("tomorrow evening is tomorrow of the zone, not of the machine", () => {
    assert.equal(tomorrowEvening("Asia/Tokyo", "2026-12-31T20:00:00Z"), "2027-01-02 22:00");
    assert.equal(tomorrowEvening("America/Los_Angeles", "2026-12-31T05:00:00Z"), "2026-12-31 22:00");
  });

  test("midnight is written 00:00", () => {
    assert.equal(wallClockIn("Europe/Berlin", "2026-06-30T22:00:00Z"), "2026-07-01 00:00");
  });
});

describe("typed lists", () => {
  test("tags keep everything behind the first =, and are told apart without case", () => {
    assert.deepEqual(parseTags(" a = b=c , ,d=\ne=1").tags, { a: "b=c", d: "", e: "1" });
    const { problems } = parseTags("Team=a,team=b,alone,=x");
    assert.deepEqual(
      problems.map((problem) => inEnglish(problem.message)),
      [
        "The tag team is there twice",
        "“alone” is not a tag: write name=value",
        "“=x” has no name before the =",
      ],
    );
  });

  test("ids that a paste glued together come apart", () => {
    const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/";
    assert.deepEqual(readPastedIds(`${id}a${id}b`), [`${id}a`, `${id}b`]);
    assert.deepEqual(readPastedIds(`${id}a;${id.toUpperCase()}A\n`), [`${id.toUpperCase()}A`]);
  });
});

describe("drafts", () => {
  function storage() {
    const kept = new Map<string, unknown>();
    return {
      kept,
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) =>
        void (value === undefined ? kept.delete(key) : kept.set(key, value)),
    };
  }

  test("come back as they were saved, one per flow, and go when they are cleared", async () => {
    const memento = storage();
    const drafts = draftsIn(memento);
    const draft = { given: { a: "1" }, answers: { b: ["2", "3"] }, at: "c" };
    await drafts.save("one", draft);
    assert.deepEqual(drafts.load("one"), draft);
    assert.equal(drafts.load("two"), undefined);
    await drafts.clear("one");
    assert.equal(memento.kept.size, 0);
  });

  test("of a plan that failed can be put back, after its flow has ended", async () => {
    const memento = storage();
    const drafts = draftsIn(memento);
    const draft = { given: {}, answers: { a: "1" } };
    await drafts.restore();
    assert.equal(memento.kept.size, 0);
    await drafts.save("one", draft);
    await drafts.clear("one");
    await drafts.restore();
    assert.deepEqual(drafts.load("one"), draft);
  });

  test("in a shape of another version are none", () => {
    const memento = storage();
    const drafts = draftsIn(memento);
    for (const value of [
      "text",
      7,
      { answers: {} },
      { given: {}, answers: { a: 1 } },
      { given: { a: [1] }, answers: {} },
    ]) {
      memento.kept.set("draft.one", value);
      assert.equal(drafts.load("one"), undefined, JSON.stringify(value));
    }
  });
});
