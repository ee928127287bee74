import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import type { Memento, Uri } from "vscode";
import { scratchFolder } from "../../../../scripts/lib/scratch.ts";
import { connectToEndpoint } from "../../../../src/azure/accounts/endpointConnection.ts";
import { problemOf } from "../../../../src/azure/errors/errors.ts";
import type { Connection } from "../../../../src/azure/contracts.ts";
import type * as fleetMemory from "../../../../src/commands/session/fleetMemory.ts";
import type { SandboxHost } from "../../../../src/commands/session/sandboxHost.ts";
import type * as sessions from "../../../../src/commands/session/session.ts";
import { SavedFleets } from "../../../../src/fleet/saved/savedFleets.ts";
import { savedFolder } from "../../../../src/commands/session/savedFolder.ts";
import type { FleetStore } from "../../../../src/fleet/store.ts";
import { Sandbox, sandboxEndpoint, sandboxHttpClient } from "../../../../src/sandbox/sandbox.ts";
import type { Runner } from "../../../../src/ui/run.ts";
import * as vscode from "../../../support/vscodeStandIn.ts";
import * as fake from "../../fleet/fakes.ts";

const standIn = new URL("../../../support/vscodeStandIn.ts", import.meta.url).href;
const megan = { id: "m", label: "megan@contoso.com" };
const adele = { id: "a", label: "adele@contoso.com" };

describe("a session, with what an earlier window saved", () => {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
  });
  let session: typeof sessions;
  let memory: typeof fleetMemory;
  let scratch: ReturnType<typeof scratchFolder>;
  let kept: Map<string, unknown>;

  before(async () => {
    session = await import("../../../../src/commands/session/session.ts");
    memory = await import("../../../../src/commands/session/fleetMemory.ts");
  });
  beforeEach(() => {
    scratch = scratchFolder("session");
    kept = new Map();
    for (const name of Object.keys(vscode.settings)) delete vscode.settings[name];
  });
  afterEach(() => scratch[Symbol.asyncDispose]());
  after(() => hooks.deregister());

  /** A window whose sandbox is served; `connection` is what it connects to. */
  function open(connection: () => Promise<Connection>) {
    const store = fake.newStore({ problemOf });
    const sandbox = { connection, isInProcess: false, servedAt: sandboxEndpoint } as unknown as SandboxHost;
    const storage = {
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    } as unknown as Memento;
    const options = { store, sandbox, storage, version: "1", log: fake.silentLog };
    const remembering = new memory.FleetMemory({
      ...options,
      folder: { fsPath: scratch.path } as Uri,
      wanted: () => () => true,
      now: () => fake.now,
    });
    const runner = {} as Runner;
    const opened = new session.Session({ ...options, runner, memory: remembering });
    return { store, memory: remembering, session: opened };
  }

  /** `graph`: resolves when Resource Graph answers. */
  const sandboxConnection = async (graph: Promise<void> = Promise.resolve()) => {
    const sandbox = new Sandbox({ fleet: "small", now: () => new Date(fake.now), operationSeconds: 0 });
    const client = sandboxHttpClient(sandbox);
    const httpClient: typeof client = {
      sendRequest: async (request) => {
        if (request.url.includes("Microsoft.ResourceGraph")) await graph;
        return client.sendRequest(request);
      },
    };
    return connectToEndpoint({
      origin: "sandbox",
      endpoint: sandboxEndpoint,
      token: sandbox.token,
      httpClient,
    });
  };

  /** Writes what a store shows, as another window would some seconds after its reading. */
  async function save(
    store: FleetStore,
    origin: "azure" | "sandbox",
    endpoint: string,
    accounts?: (typeof megan)[],
  ) {
    const log = { warn: assert.fail, error: assert.fail };
    const to = savedFolder(join(scratch.path, "fleet"));
    const fleets = new SavedFleets({
      folder: to,
      store,
      version: "1",
      wanted: () => () => true,
      now: () => fake.now,
      log,
    });
    await fleets.follow({ origin, endpoint, accounts });
    await fleets.save();
    fleets.dispose();
  }

  it("shows it while it connects, and then what it reads", async () => {
    const first = open(sandboxConnection);
    await first.session.openSandbox();
    await first.store.settled();
    await save(first.store, "sandbox", sandboxEndpoint);
    const gate = Promise.withResolvers<void>();
    const second = open(() => gate.promise.then(() => sandboxConnection()));
    const painted = new Promise<void>((resolve) => second.store.onDidChange(() => resolve()));
    const opening = second.session.openSandbox();
    await painted;
    assert.equal(second.session.state, "connecting");
    assert.equal(second.store.snapshot.scaleSets.size, first.store.snapshot.scaleSets.size);
    assert.equal(second.store.snapshot.savedAt, fake.now);
    gate.resolve();
    await opening;
    assert.equal(second.session.state, "connected");
    assert.equal(second.store.snapshot.savedAt, undefined);
    for (const one of [first, second]) {
      one.session.dispose();
      one.memory.dispose();
    }
  });

  it("is connected before its fleet is read, whoever has begun it", async () => {
    const connecting = Promise.withResolvers<void>();
    const graph = Promise.withResolvers<void>();
    const window = open(async () => {
      await connecting.promise;
      return sandboxConnection(graph.promise);
    });
    const opening = window.session.openSandbox();
    const connected = window.session.connected();
    assert.equal(window.session.azure, undefined);
    connecting.resolve();
    assert.equal((await connected)?.origin, "sandbox");
    assert.equal(window.session.isReading, true);
    assert.equal(window.store.snapshot.scaleSets.size, 0);
    graph.resolve();
    await window.session.whenRead();
    assert.equal(window.session.isReading, false);
    assert.ok(window.store.snapshot.scaleSets.size > 0);
    await opening;
    window.session.dispose();
    window.memory.dispose();
  });

  it("has no Azure where an attempt ends without one, and says why one fails", async () => {
    const window = open(() => Promise.reject(new Error("refused")));
    assert.equal(await window.session.connected(Promise.resolve()), undefined);
    await assert.rejects(window.session.connected(window.session.openSandbox()), /refused/);
    window.session.dispose();
    window.memory.dispose();
  });

  it("shows it no more where there is no connection", async () => {
    const first = open(sandboxConnection);
    await first.session.openSandbox();
    await save(first.store, "sandbox", sandboxEndpoint);
    const second = open(() => Promise.reject(new Error("refused")));
    await assert.rejects(second.session.openSandbox(), /refused/);
    assert.equal(second.session.state, "failed");
    assert.equal(second.store.snapshot.scaleSets.size, 0);
    for (const one of [first, second]) {
      one.session.dispose();
      one.memory.dispose();
    }
  });

  it("shows nobody the fleet of another account, and nothing to who has signed out", async () => {
    const endpoint = "https://management.azure.com";
    await save(await fake.readStore(), "azure", endpoint, [megan]);
    const { session: window, memory: remembering, store } = open(sandboxConnection);
    vscode.authentication.getAccounts = async () => [megan];
    assert.equal(await remembering.recall("azure"), undefined, "until it is known where these accounts lead");
    kept.set("fleet.cloud", [JSON.stringify([undefined, undefined]), endpoint]);
    assert.equal((await remembering.recall("azure"))?.fleet.snapshot.subscriptions.size, 2);
    vscode.authentication.getAccounts = async () => [adele];
    assert.equal(await remembering.recall("azure"), undefined);
    vscode.settings["microsoft-sovereign-cloud.environment"] = "ChinaCloud";
    vscode.authentication.getAccounts = async () => [megan];
    assert.equal(await remembering.recall("azure"), undefined, "of another cloud");
    delete vscode.settings["microsoft-sovereign-cloud.environment"];
    const seen: number[] = [];
    store.onDidChange(() => seen.push(store.snapshot.subscriptions.size));
    await window.useAccounts();
    assert.equal(window.state, "signedOut");
    assert.deepEqual([seen[0], seen.at(-1)], [2, 0], "her session had ended");
    const connection = { origin: "azure", cloud: { endpoint }, accounts: async () => [{ name: adele }] };
    await remembering.follow(connection as unknown as Connection);
    assert.deepEqual(readdirSync(join(scratch.path, "fleet")), []);
    window.dispose();
    remembering.dispose();
  });
});
