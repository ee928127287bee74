import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { before, test } from "node:test";
import type { FlowRunner, FlowRunnerOptions } from "../../src/commands/flowRunner.ts";
import type { PlanRunner, PlanRunnerOptions } from "../../src/commands/plans/planRunner.ts";
import type { Azure } from "../../src/azure/contracts.ts";
import { problemOf } from "../../src/azure/errors/errors.ts";
import type { Plan } from "../../src/core/plans/plan.ts";
import { folderInMemory } from "../../src/fleet/plans/planFolder.ts";
import type { Origin } from "../../src/fleet/plans/planFile.ts";
import { Telemetry } from "../../src/telemetry/client.ts";
import type { Runner } from "../../src/ui/run.ts";
import { recordingLog } from "../unit/azure/support.ts";
import { journalOver, Kept } from "./support/kept.ts";
import { associateAll, enable, threeSteps } from "./support/plans.ts";
import { signedIn } from "./support/signedIn.ts";
import { takeShown } from "./support/vscode.ts";
import { createWorld, trustSandbox, type World } from "./support/world.ts";

trustSandbox();

const standIn = new URL("./support/vscode.ts", import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

let commands: {
  FlowRunner: typeof FlowRunner;
  PlanRunner: typeof PlanRunner;
  Runner: typeof Runner;
};
before(async () => {
  commands = {
    ...(await import("../../src/commands/flowRunner.ts")),
    ...(await import("../../src/commands/plans/planRunner.ts")),
    ...(await import("../../src/ui/run.ts")),
  };
});

/** The commands of a window on this world, and everything that they leave behind. */
function windowOn(world: World) {
  const { log, lines } = recordingLog();
  const storage = new Kept();
  const files = new Map<string, string>();
  const journal = journalOver(folderInMemory(files));
  const documents: string[] = [];
  const events: string[] = [];
  const telemetry = new Telemetry({
    key: "a key",
    isEnabled: () => true,
    openReporter: async () => ({
      sendTelemetryEvent: (...event) => void events.push(JSON.stringify(event)),
      dispose: async () => undefined,
    }),
    log,
  });
  const shared = {
    store: world.store,
    documents: { show: async (_: string, text: string) => void documents.push(text) },
  };
  const planRunner = new commands.PlanRunner({
    ...shared,
    telemetry,
    log,
    board: { plans: [] },
    keeper: async () => ({
      begin: (azure: Azure, plan: Plan, from: Origin) => journal.begin(plan, azure.origin, from),
    }),
    upgrades: { took: () => undefined }, // the plans of this run begin none
    refreshing: { soon: () => undefined },
  } as unknown as PlanRunnerOptions);
  const flows = new commands.FlowRunner({
    ...shared,
    session: {
      connected: async () => world.azure,
      isReading: true,
      azure: world.azure,
      whenRead: () => world.refresh(),
    },
    storage,
    planRunner,
  } as unknown as FlowRunnerOptions);
  const runner = new commands.Runner({
    log,
    telemetry,
    azureProblemOf: async (error) => problemOf(error),
    origin: () => "azure",
    showLog: () => undefined,
  });
  return {
    apply: (plan: Plan) => runner.command("setUp", () => flows.run(async () => plan)),
    /** By where they were left. */
    traces: () => ({
      log: [...world.log, ...lines].join("\n"),
      telemetry: events.join("\n"),
      storage: [...storage.everything, ...files.values()].join("\n"),
      documents: documents.join("\n"),
      shown: takeShown(),
    }),
  };
}

test("a full run with everything that may go wrong leaves no token and no signed address in log, telemetry, journal or on the screen", async () => {
  const session = signedIn({ whenChallenged: "passes" });
  await using world = await createWorld({ connect: session.connect, operationSeconds: 1 });
  const window = windowOn(world);
  const poll = { method: "GET", path: "/operations/" };
  const addresses: string[] = [];

  await world.order(
    {
      match: { method: "PUT", path: "/resourceGroups/rg-new\\?" },
      do: { status: 429, headers: { "retry-after": "1" } },
    },
    { match: { method: "PUT", path: "/maintenanceConfigurations/" }, do: { reset: "after" } },
    { match: { method: "PUT", path: "/configurationAssignments/" }, do: { status: 502, applied: true } },
    { match: poll, do: { status: 503 } },
    { match: { ...poll, nth: 2 }, do: { reset: "before" } },
  );
  await window.apply(threeSteps(world));
  const failure = { status: "Failed", error: { code: "Internal", message: "It failed." } };
  await world.order({ match: poll, times: "always", do: { status: 200, body: failure } });
  await window.apply(enable(world, "vmss-worker-prod"));
  await world.ask("DELETE", "/sandbox/faults");
  await world.order(
    { match: { path: "virtualMachineScaleSets\\?" }, do: { truncate: "short" } },
    { match: { method: "PUT" }, do: { status: 401, headers: { "www-authenticate": "Bearer" } } },
    { match: { method: "PUT", nth: 2 }, do: { status: 403, body: "<html>No" } },
  );
  await world.refresh();
  await window.apply(associateAll(world, "vmss-worker-prod"));
  await world.ask("PUT", "/sandbox/conditions", { strongWrites: true });
  await window.apply(associateAll(world, "vmss-worker-prod"));
  for (const { path } of await world.requests()) if (path.includes("/operations/")) addresses.push(path);

  const traces = window.traces();
  assert.match(traces.log, /PUT .*rg-new → 429/);
  assert.match(traces.log, /GET .*\/operations\/.* → 503/);
  assert.match(traces.telemetry, /"plan"[^]*"command"/);
  assert.match(traces.storage, /"line":"plan".*vmss-cache-prod/);
  assert.match(traces.storage, /"line":"sent".*vmss-cache-prod/);
  assert.match(traces.shown, /Azure asks to wait 1 s/);
  assert.match(traces.shown, /4 changes done/);
  assert.match(traces.shown, /1 change done/);
  assert.ok(addresses.length > 1);
  assert.equal(session.prompts.length, 1);
  assert.ok(session.tokens.length > 100);

  for (const [where, text] of Object.entries(traces)) {
    for (const token of [world.token, ...session.tokens])
      assert.ok(!text.includes(token), `${where} has a token`);
    assert.doesNotMatch(text, /authorization["':]|bearer /i, where);
    assert.doesNotMatch(text, /[?&](c|s|t|sig|monitor|api-version)=/, `${where} has a query`);
  }
  for (const path of addresses) {
    for (const [where, text] of Object.entries(traces))
      if (where !== "log") assert.ok(!text.includes(path), `${where} has the address of an operation`);
  }
});
