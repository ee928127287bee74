import assert from "node:assert/strict";
import { test } from "node:test";
import { inEnglish, message } from "../../../src/core/text/message.ts";
import { mayPass, problemLine, problemLines, unforeseen } from "../../../src/ui/problemReport.ts";

const summary = message("Couldn't load {0}.", "web");

test("a notification is one line: what failed and the way out", () => {
  assert.equal(inEnglish(problemLine({ kind: "network", summary })), "Couldn't load web.");
  const wayOut = message("Check the connection.");
  assert.equal(
    inEnglish(problemLine({ kind: "network", summary, wayOut })),
    "Couldn't load web. Check the connection.",
  );
});

test("the details hold no empty line for what Azure did not say", () => {
  assert.deepEqual(problemLines({ kind: "network", summary }).map(inEnglish), ["Couldn't load web."]);
});

test("a code of the network is no answer of Azure's", () => {
  for (const kind of ["network", "tls", "proxy"] as const)
    assert.deepEqual(problemLines({ kind, summary, code: "ECONNRESET" }).map(inEnglish), [
      "Couldn't load web.",
      "Error code: ECONNRESET",
    ]);
  const refused = { kind: "proxy", summary, code: "Denied", status: 407 } as const;
  assert.equal(problemLines(refused).map(inEnglish)[1], "Azure answered: 407 Denied");
});

test("Azure's own words are shown as they are, placeholders and all", () => {
  const lines = problemLines({ kind: "server", summary, detail: "use {0} not $(x)", status: 500 }).map(
    inEnglish,
  );
  assert.deepEqual(lines, ["Couldn't load web.", "Azure answered: 500", "use {0} not $(x)"]);
});

test("details are shown with their codes and targets, each once", () => {
  const details = [
    { code: "RollingUpgradeCanceled", message: "Not\nupgraded.", target: "3" },
    { code: "RollingUpgradeCanceled", message: "Not\nupgraded.", target: "4" },
    { code: "Bare" },
    { message: "Words." },
  ];
  const detail = "It was cancelled.\nNot\nupgraded.\nWords.";
  assert.deepEqual(problemLines({ kind: "conflict", summary, detail, details }).slice(1).map(inEnglish), [
    "It was cancelled.",
    "Not",
    "upgraded. (RollingUpgradeCanceled, 3)",
    "upgraded. (RollingUpgradeCanceled, 4)",
    "Bare",
    "Words.",
  ]);
});

test("only what may pass by itself is worth a retry", () => {
  assert.equal(mayPass({ kind: "throttled", summary }), true);
  assert.equal(mayPass({ kind: "forbidden", summary }), false);
  assert.equal(mayPass({ kind: "validation", summary }), false);
});

test("an error that nobody foresaw is shown with its own message", () => {
  assert.equal(
    inEnglish(unforeseen(new TypeError("x is not a function")).summary),
    "Unexpected error: x is not a function",
  );
});
