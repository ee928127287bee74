import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answer, createLab, type Lab, never, scaleSet } from "../support.ts";

const set = scaleSet("vmss-web-prod");
const others = Array.from({ length: 40 }, (_, index) => scaleSet(`vmss-${index}`));
const namespace = "Microsoft.Maintenance";
const words = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
const code = "MissingSubscriptionRegistration";

const unregistered: Readonly<Record<string, unknown>> = {
  "as the contract has it": { error: { code, message: words } },
  "with capitals": { Error: { Code: code, Message: words } },
  "without a code, of a state": {
    Message: `The subscription registration is in 'Unregistered' state. The subscription must be registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`,
  },
};

const isAsked = (path: string) => path.toLowerCase().includes("/configurationassignments");
const askedOf = (lab: Lab) => lab.sent.filter(({ path }) => isAsked(path)).length;
/** Refuses every list of assignments as of a provider that is not registered, but for what `first` answers. */
function refuse(lab: Lab, body: unknown, first?: readonly [status: number, code: string]): void {
  let isFirstAnswered = false;
  lab.fault = (request) => {
    if (!isAsked(new URL(request.url).pathname)) return undefined;
    if (first === undefined || isFirstAnswered) return answer(request, 409, body);
    isFirstAnswered = true;
    return answer(request, first[0], { error: { code: first[1], message: "No." } });
  };
}

describe("assignments where the provider is not registered", () => {
  for (const [form, body] of Object.entries(unregistered)) {
    it(`are none of any set, told by one call ${form}`, async () => {
      const lab = createLab();
      refuse(lab, body);
      const all = await Promise.all([set, ...others].map((id) => lab.azure.assignmentsOf(id, never)));
      assert.ok(all.every((of) => of.length === 0));
      assert.equal(askedOf(lab), 1);
    });
  }

  for (const first of [
    [404, "ResourceGroupNotFound"],
    [403, "AuthorizationFailed"],
  ] as const) {
    it(`are told by a few calls where the first set answers ${first[0]}`, async () => {
      const lab = createLab();
      refuse(lab, unregistered["as the contract has it"], first);
      await assert.rejects(lab.azure.assignmentsOf(set, never));
      for (const id of others) assert.deepEqual(await lab.azure.assignmentsOf(id, never), []);
      assert.equal(askedOf(lab), 2);
    });
  }

  it("are asked for anew a minute later, since it may be registered by then", async () => {
    const lab = createLab();
    refuse(lab, unregistered["as the contract has it"]);
    assert.deepEqual(await lab.azure.assignmentsOf(set, never), []);
    lab.fault = undefined;
    lab.turn(60_000);
    const [found] = await lab.azure.assignmentsOf(set, never);
    assert.equal(found?.["type"], "Microsoft.Maintenance/configurationAssignments");
  });
});
