import assert from "node:assert/strict";
import { test } from "node:test";
import { subscriptionFilter } from "../../../src/fleet/filter.ts";
import { subscriptionA, subscriptionB } from "./fakes.ts";

const shown = (...entries: string[]) => [subscriptionA, subscriptionB].filter(subscriptionFilter(entries));

test("subscriptions are wanted by id or by name, in any casing, and all of them without an entry", () => {
  assert.deepEqual(shown("aaaa"), [subscriptionA]);
  assert.deepEqual(shown(" bETA "), [subscriptionB]);
  assert.deepEqual(shown("alph"), []);
  assert.deepEqual(shown(), [subscriptionA, subscriptionB]);
  assert.deepEqual(shown("", " "), [subscriptionA, subscriptionB]);
});
