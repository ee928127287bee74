import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { after, test } from "node:test";
import type { ReadPlansOptions } from "../../../../src/commands/plans/readPlans.ts";
import { message } from "../../../../src/core/text/message.ts";
import type { Plan } from "../../../../src/core/plans/plan.ts";
import * as vscode from "../../../support/vscodeStandIn.ts";
import * as fake from "../../fleet/fakes.ts";

const standIn = new URL("../../../support/vscodeStandIn.ts", import.meta.url).href;
const hooks = registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
after(() => hooks.deregister());

test("a few interrupted plans are offered one by one, and of many more their number is told", async () => {
  const { readPlans } = await import("../../../../src/commands/plans/readPlans.ts");
  const offers = async (count: number) => {
    const plan: Plan = { title: message("Plan"), changes: [], leftOut: [], warnings: [] };
    const kept = { plan, sent: new Map(), outcomes: new Map(), state: "open" };
    const offers = Array.from({ length: count }, (_, index) => ({
      id: `${index}`,
      plan,
      origin: "azure",
      results: [],
    }));
    const keeper = { takeOffers: async () => offers, find: async () => ({ state: "interrupted", kept }) };
    const options = {
      session: { azure: fake.fakeAzure({ origin: "azure" }) },
      keeper: async () => keeper,
      log: fake.silentLog,
    };
    await readPlans(options as unknown as ReadPlansOptions);
    return vscode.warnings.splice(0);
  };
  assert.equal((await offers(5)).length, 5);
  const lines = await offers(65);
  assert.equal(lines.length, 6);
  assert.match(lines[0] ?? "", /Interrupted: Plan\./);
  assert.equal(lines[5], "More changes were interrupted. Resume them in the Activity view.");
});
