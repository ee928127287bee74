import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { generatedScaleSets } from "../../../support/generatedScaleSets/generated.ts";
import { type Answer, compute, createLab, type Lab } from "../support.ts";

const generated = generatedScaleSets();

/** Makes the scale set, with its load balancer, and enables upgrades on it: the first answer that says no, else the last. */
async function enable(
  lab: Lab,
  { scaleSet, facts, enable: body }: (typeof generated)[number],
): Promise<Answer> {
  const { loadBalancer } = facts;
  if (loadBalancer !== undefined) {
    await lab.ask("PUT", `${loadBalancer.id}?api-version=2024-05-01`, loadBalancer);
  }
  const made = await lab.ask("PUT", `${scaleSet.id}?${compute}`, scaleSet);
  return made.status >= 400 ? made : lab.ask("PATCH", `${scaleSet.id}?${compute}`, body);
}

describe("generated scale sets", () => {
  it("are many, of every verdict, each rule alone and with others", () => {
    assert.ok(generated.length >= 200, `${generated.length}`);
    for (const verdict of ["eligible", "warnings", "blocked"]) {
      assert.ok(generated.filter((one) => one.expected.verdict === verdict).length >= 10, verdict);
    }
    const rules = new Set(generated.flatMap(({ expected }) => expected.failing));
    for (const rule of rules) {
      const alone = generated.filter(({ expected }) => expected.failing.join() === rule);
      assert.ok(alone.length >= 2, rule);
    }
    assert.equal(rules.size, 11);
  });

  let lab: Lab;
  before(() => {
    lab = createLab({ operationSeconds: 0 });
  });

  for (const one of generated) {
    const { refusals } = one.expected;
    it(`${one.what}: ${refusals.length > 0 ? "refused" : "accepted"}`, async () => {
      const { status, body } = await enable(lab, one);
      if (refusals.length === 0) {
        assert.equal(status, 200, body?.error?.message);
        assert.equal(body.properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade, true);
      } else {
        assert.equal(status, body.error.code === "OperationNotAllowed" ? 409 : 400);
        assert.ok(refusals.includes(body.error.message), body.error.message);
      }
    });
  }
});
