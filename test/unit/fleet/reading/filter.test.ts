import assert from "node:assert/strict";
import { test } from "node:test";
import { filterEntries, subscriptionFilter } from "../../../../src/fleet/reading/filter.ts";
import { subscriptionA, subscriptionB } from "../fakes.ts";

const shown = (...entries: string[]) => [subscriptionA, subscriptionB].filter(subscriptionFilter(entries));

test("subscriptions are wanted by id or by name, in any casing, and all of them without an entry", () => {
  assert.deepEqual(shown("aaaa"), [subscriptionA]);
  assert.deepEqual(shown(" bETA "), [subscriptionB]);
  assert.deepEqual(shown("alph"), []);
  assert.deepEqual(shown(), [subscriptionA, subscriptionB]);
  assert.deepEqual(shown("", " "), [subscriptionA, subscriptionB]);
});

test("the entries for a choice are the ids chosen, and none where nothing is left out", () => {
  const listed = [subscriptionA, subscriptionB];
  assert.deepEqual(filterEntries([subscriptionA], listed, []), ["AAAA"]);
  assert.deepEqual(filterEntries([subscriptionA], listed, ["Beta", "aaaa"]), ["AAAA"]);
  assert.deepEqual(filterEntries(listed, listed, ["AAAA"]), []);
  assert.deepEqual(filterEntries([], listed, ["AAAA"]), []);
});

test("a choice keeps the entries of subscriptions that could not be listed", () => {
  assert.deepEqual(filterEntries([subscriptionA], [subscriptionA, subscriptionB], ["Gamma", " ", "beta"]), [
    "AAAA",
    "Gamma",
  ]);
});
