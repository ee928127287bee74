import assert from "node:assert/strict";
import { it } from "node:test";
import { eligibility } from "../../../../src/core/eligibility/eligibility.ts";
import { eligibilityFactsOf } from "../../../../src/fleet/snapshot/eligibilityFacts.ts";
import { sandboxFleet } from "../../tree/sandboxFleet.ts";
import { noSignal } from "../fakes.ts";

it("is what the findings of each record were made of, before its facts were read and after", async () => {
  const { store } = await sandboxFleet();
  const agree = () => {
    for (const record of store.snapshot.scaleSets.values())
      assert.deepEqual(
        eligibility(record.resource, eligibilityFactsOf(record, store.snapshot)),
        record.findings,
        record.name,
      );
  };
  agree();
  await store.readEligibilityFacts(store.snapshot.scaleSets.keys(), noSignal());
  agree();
  assert.ok(
    [...store.snapshot.scaleSets.values()].every(({ eligibilityFacts }) => eligibilityFacts !== undefined),
  );
});
