import assert from "node:assert/strict";
import { test } from "node:test";
import { message } from "../../../src/core/text/message.ts";
import { Failure } from "../../../src/ui/failure.ts";

const problem = { kind: "validation", summary: message("The setting {0} is not a URL.", "x") } as const;

test("a Failure reads as its problem's summary", () => {
  assert.equal(new Failure(problem).message, "The setting x is not a URL.");
});

test("the guard knows a Failure of another bundle's copy, which instanceof would not", async () => {
  const fresh = "../../../src/ui/failure.ts?anew";
  const copy = (await import(fresh)) as typeof import("../../../src/ui/failure.ts");
  const foreign = new copy.Failure(problem);
  assert.equal(foreign instanceof Failure, false);
  assert.equal(Failure.is(foreign), true);
  assert.equal(Failure.is(new Error("x")), false);
  assert.equal(Failure.is(undefined), false);
});
