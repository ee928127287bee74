import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isSettled, provisioningStateOf } from "../../../../src/core/resources/provisioning.ts";

const inState = (provisioningState: string | null) => ({ properties: { provisioningState } });

describe("a resource", () => {
  it("is settled unless Azure is at work on it, in whatever casing Azure says so", () => {
    for (const state of ["Creating", "Updating", "Deleting", "Migrating", "UPDATING"])
      assert.equal(isSettled(inState(state)), false, state);
    for (const state of ["Succeeded", "Failed", "Canceled", "Not updating", "SomethingNew"])
      assert.equal(isSettled(inState(state)), true, state);
  });

  it("of which nothing is known is settled", () => {
    for (const resource of [undefined, {}, inState(null)]) {
      assert.equal(provisioningStateOf(resource), undefined);
      assert.equal(isSettled(resource), true);
    }
  });
});
