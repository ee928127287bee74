/** What commands wait for while the fleet is being read, and how that is cancelled. */
import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Azure } from "../../../src/azure/contracts.ts";
import type * as flowRunners from "../../../src/commands/flowRunner.ts";
import type * as azures from "../../../src/commands/session/chosenAzure.ts";
import type { Session } from "../../../src/commands/session/session.ts";
import type * as properties from "../../../src/commands/view/viewProperties.ts";
import type { Plan } from "../../../src/core/plans/plan.ts";
import type { FlowContext } from "../../../src/flows/engine/context.ts";
import type { TreeNode } from "../../../src/tree/treeNode.ts";
import type { Documents } from "../../../src/ui/documents.ts";
import * as vscode from "../../support/vscodeStandIn.ts";
import * as fake from "../fleet/fakes.ts";

const standIn = new URL("../../support/vscodeStandIn.ts", import.meta.url).href;
const row = { kind: "scaleSet", resourceId: fake.web.id } as unknown as TreeNode;

describe("while the fleet is being read", () => {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
  });
  let commands: typeof azures & typeof flowRunners & typeof properties;
  let read: PromiseWithResolvers<void>;
  /** The first that is shown. */
  let progress: PromiseWithResolvers<vscode.ShownProgress>;
  const store = fake.newStore();

  before(async () => {
    commands = {
      ...(await import("../../../src/commands/session/chosenAzure.ts")),
      ...(await import("../../../src/commands/flowRunner.ts")),
      ...(await import("../../../src/commands/view/viewProperties.ts")),
    };
  });
  beforeEach(() => {
    read = Promise.withResolvers();
    progress = Promise.withResolvers();
    vscode.progress.onShow = progress.resolve;
  });
  after(() => hooks.deregister());

  /** A session that has connected and reads its fleet until `read` says so. */
  function reading(azure: Azure = fake.fakeAzure()): Session {
    let isReading = true;
    const whenRead = read.promise.then(() => void (isReading = false));
    const session = {
      azure,
      connected: async () => azure,
      get isReading() {
        return isReading;
      },
      whenRead: () => whenRead,
    };
    return session as unknown as Session;
  }

  /** What a flow was given when it began; undefined until then. */
  function begunBy(session: Session, options: flowRunners.FlowRun) {
    const begun = Promise.withResolvers<FlowContext>();
    const runner = new commands.FlowRunner({
      session,
      store,
      storage: { get: () => undefined, update: async () => undefined },
    } as unknown as flowRunners.FlowRunnerOptions);
    const run = runner.run(async (_, context): Promise<Plan | undefined> => {
      begun.resolve(context);
      return undefined;
    }, options);
    return { begun: begun.promise, run };
  }

  it("View Properties shows a resource that it was called on", async () => {
    const shown: unknown[] = [];
    const documents = { showJson: async (_: string, value: unknown) => void shown.push(value) };
    const session = reading(fake.fakeAzure({ read: async (id) => ({ id }) }));
    const options = { session, store, documents: documents as unknown as Documents };
    await commands.viewProperties(options)([row], []);
    assert.deepEqual(shown, [{ id: fake.web.id }]);
    assert.equal(session.isReading, true);
  });

  it("cancelling View Properties reaches the wire", async () => {
    const asked = Promise.withResolvers<AbortSignal>();
    const azure = fake.fakeAzure({
      read: (_, signal) => {
        asked.resolve(signal);
        return new Promise((_resolve, reject) =>
          signal.addEventListener("abort", () => reject(signal.reason as Error)),
        );
      },
    });
    const documents = { showJson: () => assert.fail("nothing was read") } as unknown as Documents;
    const viewing = commands.viewProperties({ session: reading(azure), store, documents })([row], []);
    const signal = await asked.promise;
    const { title, cancel } = await progress.promise;
    assert.equal(title, "Loading web");
    cancel();
    await assert.rejects(viewing, { name: "Canceled" });
    assert.equal(signal.aborted, true);
  });

  it("what needs the whole fleet waits under a progress, and cancelling that leaves the reading alone", async () => {
    const session = reading();
    const chosen = commands.chosenAzure(session);
    (await progress.promise).cancel();
    await assert.rejects(chosen, { name: "Canceled" });
    assert.equal(session.isReading, true);
    read.resolve();
    await session.whenRead();
    vscode.progress.onShow = () => assert.fail("there is nothing to wait for");
    assert.equal(await commands.chosenAzure(session), session.azure);
  });

  it("a flow begins at once where the fleet knows enough, and can wait for the rest of it", async () => {
    const session = reading();
    const { begun, run } = begunBy(session, { knows: (snapshot) => snapshot === store.snapshot });
    const context = await begun;
    assert.equal(session.isReading, true);
    await assert.rejects(run, { name: "Canceled" });
    const abort = new AbortController();
    const cancelled = context.whenRead(abort.signal);
    const whole = context.whenRead(new AbortController().signal).then(() => session.isReading);
    abort.abort(new Error("closed"));
    await assert.rejects(cancelled, /closed/);
    read.resolve();
    assert.equal(await whole, false);
  });

  it("else it begins once the fleet is read", async () => {
    const session = reading();
    const { begun, run } = begunBy(session, { knows: () => false });
    const wasReading = begun.then(() => session.isReading);
    const { title } = await Promise.race([
      progress.promise,
      begun.then(() => assert.fail("it did not wait")),
    ]);
    assert.equal(title, "Loading your fleet…");
    read.resolve();
    assert.equal(await wasReading, false);
    await assert.rejects(run, { name: "Canceled" });
  });
});
