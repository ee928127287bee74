/** Which commands begin with the row that they are called on while the rest of the fleet is being read. */
import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { after, before, test } from "node:test";
import type { FlowRun, FlowRunner } from "../../../src/commands/flowRunner.ts";
import type { Handler } from "../../../src/commands/handler.ts";
import type { FleetStore } from "../../../src/fleet/store.ts";
import type { TreeNode } from "../../../src/tree/treeNode.ts";
import * as fake from "../fleet/fakes.ts";

const standIn = new URL("../../support/vscodeStandIn.ts", import.meta.url).href;
const hooks = registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
after(() => hooks.deregister());

let flowCommands: typeof import("../../../src/commands/flowCommands.ts").flowCommands;
let store: FleetStore;
before(async () => {
  ({ flowCommands } = await import("../../../src/commands/flowCommands.ts"));
  store = await fake.readStore();
});

const set = { kind: "scaleSet", resourceId: fake.web.id, subscriptionId: "aaaa" };
const configuration = { kind: "configuration", resourceId: fake.weekly.id, subscriptionId: "bbbb" };

/** The commands that begin at once on these nodes, of which the fleet knows all that it can. */
async function beginningOn(...nodes: readonly object[]): Promise<readonly string[]> {
  const beginning: string[] = [];
  let called = "";
  const flows = {
    run: async (_: unknown, { knows }: FlowRun = {}) => {
      if (knows?.(store.snapshot) === true) beginning.push(called);
    },
  } as unknown as FlowRunner;
  const fleetView = { grouping: { by: "state" }, filter: "", shownScaleSets: () => [] } as const;
  const commands = flowCommands({ flows, store, fleetView, log: fake.silentLog });
  for (const [name, command] of Object.entries<Handler>(commands)) {
    called = name;
    await command(nodes as readonly TreeNode[], []);
  }
  return beginning.sort();
}

test("on a scale set, those that ask about it alone", async () => {
  assert.deepEqual(await beginningOn(set), [
    "approveUpgrade",
    "cancelUpgrade",
    "createConfiguration", // in its subscription
    "disableAutomaticUpgrades",
    "editUpgradePolicy",
    "enableAutomaticUpgrades",
    "removeAssociation",
    "startUpgrade",
  ]);
});

test("on a configuration, those that ask about it alone: not what becomes of the scale sets that have it", async () => {
  const expected = ["createConfiguration", "editConfiguration", "pauseConfiguration", "resumeConfiguration"];
  assert.deepEqual(await beginningOn(configuration), expected);
});

test("on scale sets and the configuration that they get, those that associate them", async () => {
  const beginning = await beginningOn(configuration, set);
  assert.equal(beginning.includes("associate"), true);
  assert.equal(beginning.includes("setUp"), true);
  assert.equal(beginning.includes("moveScaleSets"), false);
});

test("from the palette none", async () => {
  assert.deepEqual(await beginningOn(), []);
});

test("from elsewhere each comes with what the selected rows stand for", async () => {
  const selected = new Map<string, unknown>();
  let called = "";
  const flows = {
    run: async (_: unknown, run: FlowRun = {}) => void selected.set(called, run.selected),
  } as unknown as FlowRunner;
  const fleetView = { grouping: { by: "state" }, filter: "", shownScaleSets: () => [] } as const;
  const commands = flowCommands({ flows, store, fleetView, log: fake.silentLog });
  const run = async (
    name: "associate" | "startUpgrade" | "editConfiguration",
    ...rows: readonly object[]
  ) => {
    called = name;
    await commands[name]([], rows as readonly TreeNode[]);
    return selected.get(name);
  };
  assert.deepEqual(await run("associate", set), { scaleSetIds: [fake.web.id], configurationIds: [] });
  assert.deepEqual(await run("startUpgrade", set, configuration), { scaleSetIds: [fake.web.id] });
  assert.deepEqual(await run("editConfiguration", configuration), { configurationIds: [fake.weekly.id] });
});
