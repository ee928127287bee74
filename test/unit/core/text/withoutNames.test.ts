import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { inEnglish, joined, message, verbatim } from "../../../../src/core/text/message.ts";
import { messageWithoutNames, withoutNames } from "../../../../src/core/text/withoutNames.ts";

const cases: readonly (readonly [string, string])[] = [
  ["", ""],
  ["nothing to hide: 1 of 2, at 5 o'clock", "nothing to hide: 1 of 2, at 5 o'clock"],
  [
    "The client 'megan@contoso.com' with object id '12-34' does not have authorization to perform action 'a/b'.",
    "The client '…' with object id '…' does not have authorization to perform action 'a/b'.",
  ],
  ["User 'Megan Bowen' is blocked", "User '…' is blocked"],
  ["the client 'Megan Bow", "the client '…'"],
  ["<megan@contoso.com>, (o'hara@contoso.com)", "<…>, (…)"],
  ["ask megan_contoso.com#EXT#@fabrikam.com; or a@b, c@d", "ask …; or …, …"],
  ["a@b@c @ d @e f@ @", "… @ d @e f@ @"],
  ["'megan@contoso.com', ''megan@contoso.com''", "'…', ''…''"],
];

test("text that is kept names nobody", () => {
  for (const [text, kept] of cases) assert.equal(withoutNames(text), kept);
});

test("no address is left, whatever stands around it, and a text without any stays", () => {
  const address = fc.emailAddress({ size: "small" });
  const words = fc.stringMatching(/^[ a-z0-9.:/-]{0,20}$/);
  fc.assert(
    fc.property(words, address, words, (before, name, after) => {
      assert.ok(!withoutNames(`${before} ${name} ${after}`).includes(name));
      assert.equal(withoutNames(before + after), before + after);
    }),
  );
});

test("a message keeps its template, and what fills it names nobody, in whatever depth", () => {
  const text = joined(" ", [
    message("Couldn't load the tenants of {0}.", verbatim("megan@contoso.com")),
    message("{0} of {1} at {2}", 1, "b@c", { timeOfDay: "22:00" }),
  ]);
  const kept = messageWithoutNames(text);
  assert.equal(kept.template, text.template);
  assert.equal(inEnglish(kept), "Couldn't load the tenants of …. 1 of … at 22:00");
});

test("of a very long text the beginning is kept", () => {
  for (const text of ["a", "@", "a@", "client '", "'", " "].map((part) => part.repeat(100_000)))
    assert.ok(withoutNames(text).length <= 8010);
  assert.match(withoutNames(`megan@contoso.com ${"a".repeat(100_000)}`), /^… a{7000,}…$/);
});
