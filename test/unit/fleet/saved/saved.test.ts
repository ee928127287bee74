import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { InventoryEvent } from "../../../../src/azure/contracts.ts";
import { eligibility } from "../../../../src/core/eligibility/eligibility.ts";
import { idKey } from "../../../../src/core/resources/ids.ts";
import { textAt } from "../../../../src/core/resources/json.ts";
import type { JsonObject } from "../../../../src/core/resources/json.ts";
import {
  serviceFabricClusterOf,
  serviceFabricReportsHealth,
} from "../../../../src/core/resources/scaleSet.ts";
import { atOnce } from "../../../../src/core/slices.ts";
import { message } from "../../../../src/core/text/message.ts";
import { recall } from "../../../../src/fleet/saved/recall.ts";
import { encode } from "../../../../src/fleet/saved/encode.ts";
import { SavedFleets } from "../../../../src/fleet/saved/savedFleets.ts";
import type { Owner, SavedFolder } from "../../../../src/fleet/saved/savedFleets.ts";
import type { FleetStore } from "../../../../src/fleet/store.ts";
import { storageKey } from "../../../../src/fleet/storageKey.ts";
import { generatedScaleSets } from "../../../support/generatedScaleSets/generated.ts";
import * as fake from "../fakes.ts";

const megan = { id: "m", label: "megan@contoso.com" };
const adele = { id: "a", label: "adele@contoso.com" };
const endpoint = "https://example.invalid";
const owner: Owner = { origin: "azure", endpoint, accounts: [megan] };
const meganFile = `${storageKey(endpoint, "m")}.json`;

/** A folder in memory, and what is in it. */
function memory() {
  const files = new Map<string, string>();
  const folder: SavedFolder = {
    names: async () => [...files.keys()],
    read: async (name) => files.get(name),
    write: async (name, text) => void files.set(name, text),
    remove: async (name) => void files.delete(name),
  };
  return { files, folder };
}

interface Kept {
  readonly fleets: SavedFleets;
  readonly warnings: string[];
}

function fleetsOf(
  store: FleetStore,
  folder: SavedFolder,
  over: { version?: string; now?: string } = {},
): Kept {
  const warnings: string[] = [];
  const { version = "1", now = fake.now } = over;
  const log = {
    warn: (text: string) => void warnings.push(text),
    error: (text: string) => void warnings.push(text),
  };
  const fleets = new SavedFleets({ folder, store, version, wanted: () => () => true, now: () => now, log });
  return { fleets, warnings };
}

/** Saves what a store has read. */
async function saved(store: FleetStore, folder: SavedFolder, whose = owner): Promise<void> {
  const { fleets, warnings } = fleetsOf(store, folder);
  await fleets.follow(whose);
  await fleets.save();
  fleets.dispose();
  assert.deepEqual(warnings, []);
}

/** A store that shows what was saved and has neither rules nor an Azure. */
async function shownAgain(folder: SavedFolder, whose = owner, over = {}): Promise<FleetStore> {
  const store = fake.newStore({ loadRules: () => Promise.reject(new Error("not needed")) });
  const { fleets } = fleetsOf(store, folder, over);
  const fleet = await fleets.read(whose);
  fleets.dispose();
  if (fleet !== undefined) store.connect(undefined, undefined, recall(fleet).derived);
  return store;
}

const graphRows: readonly InventoryEvent[] = [
  ...fake.twoSubscriptions.slice(0, 2),
  {
    kind: "page",
    danglingAssociations: [],
    rows: [
      {
        subscriptionId: "AAAA",
        part: "scaleSets",
        resource: fake.web,
        assignments: [fake.assignment(fake.web, fake.weekly)],
      },
      {
        subscriptionId: "AAAA",
        part: "scaleSets",
        resource: { ...fake.idle, zones: ["1"], managedBy: "/x", sku: { name: "s" }, tags: { a: "b" } },
        assignments: [],
      },
      { subscriptionId: "bbbb", part: "configurations", resource: fake.weekly, assignments: [] },
    ],
  },
  { kind: "listed", subscriptionIds: ["AAAA", "bbbb"] },
];

describe("a saved fleet", () => {
  it("is shown as it was, with its age, before rules or time arithmetic are there", async () => {
    for (const events of [fake.twoSubscriptions, graphRows]) {
      const store = await fake.readStore(fake.fakeAzure({ events, assignmentsOf: async () => [] }));
      await store.settled();
      const { folder } = memory();
      await saved(store, folder);
      const { snapshot } = await shownAgain(folder);
      assert.equal(snapshot.savedAt, fake.now);
      assert.deepEqual([...snapshot.scaleSets.keys()].sort(), [...store.snapshot.scaleSets.keys()].sort());
      for (const [key, record] of store.snapshot.scaleSets) {
        const { coverage, resource, name, resourceGroup, subscriptionId } =
          snapshot.scaleSets.get(key) ?? assert.fail();
        assert.deepEqual(coverage, record.coverage);
        assert.deepEqual(
          [name, resourceGroup, subscriptionId],
          [record.name, record.resourceGroup, record.subscriptionId],
        );
        const { type: _, ...others } = resource;
        assert.deepEqual(others, JSON.parse(JSON.stringify(record.resource)));
      }
      const weekly = snapshot.configurations.get(idKey(fake.weekly.id));
      assert.deepEqual(weekly?.schedule, fake.schedule());
      assert.deepEqual(weekly.scaleSets, [idKey(fake.web.id)]);
      assert.deepEqual(
        [...snapshot.subscriptions.values()].map(({ subscription }) => subscription),
        [...store.snapshot.subscriptions.values()].map(({ subscription }) => subscription),
      );
    }
  });

  it("gives way as fresh parts come, and says until then how old the rest is", async () => {
    const { folder } = memory();
    await saved(await fake.readStore(), folder);
    const store = fake.newStore();
    const { fleets } = fleetsOf(store, folder);
    const fleet = (await fleets.read(owner)) ?? assert.fail();
    const gate = Promise.withResolvers<void>();
    const azure = fake.fakeAzure({
      async *inventory() {
        yield* fake.twoSubscriptions.slice(0, 3);
        await gate.promise;
        yield* fake.twoSubscriptions.slice(3);
      },
    });
    store.connect(undefined, undefined, recall(fleet).derived);
    const before = store.snapshot;
    store.connect(azure, undefined, store.derived);
    assert.equal(store.snapshot, before, "the same fleet is no change");
    const half = new Promise<void>((resolve) => {
      store.onDidChange(() => {
        if (store.snapshot.subscriptions.get("aaaa")?.configurations.state === "ready") resolve();
      });
    });
    const reading = store.refresh(fake.noSignal());
    await half;
    assert.equal(store.snapshot.savedAt, fake.now);
    gate.resolve();
    await reading;
    assert.equal(store.snapshot.savedAt, undefined);
    assert.equal(store.snapshot.scaleSets.get(idKey(fake.web.id))?.coverage.state, "controlled");
    assert.ok((store.snapshot.scaleSets.get(idKey(fake.web.id))?.findings.length ?? 0) > 0);
    fleets.dispose();
  });

  it("stays, marked, where the reading fails, and is not saved as if it had been read", async () => {
    const { files, folder } = memory();
    await saved(await fake.readStore(), folder);
    const text = files.get(meganFile);
    const store = await shownAgain(folder);
    const working = fake.newStore();
    working.connect(
      fake.fakeAzure({
        events: [{ kind: "tenantFailed", displayName: "AzureCloud", problem: fake.problem("network") }],
      }),
      undefined,
      store.derived,
    );
    await working.refresh(fake.noSignal());
    assert.equal(working.snapshot.savedAt, fake.now);
    assert.equal(working.snapshot.scaleSets.size, 2);
    const { fleets } = fleetsOf(working, folder, { now: "2026-11-24T09:00:00Z" });
    await fleets.follow(owner);
    await fleets.save();
    const again = await shownAgain(folder, owner, { now: "2026-11-24T09:00:00Z" });
    assert.equal(again.snapshot.savedAt, fake.now, "as old as it is");
    assert.notEqual(text, undefined);
    fleets.dispose();
  });

  it("that can't be used is none: another's, another version's, too old, cut off, or nonsense", async () => {
    const { files, folder } = memory();
    await saved(await fake.readStore(), folder);
    const text = files.get(meganFile) ?? assert.fail();
    const store = fake.newStore();
    const read = async (content: string, over = {}, whose = owner) => {
      files.set(`${storageKey(endpoint, whose.accounts?.[0]?.id)}.json`, content);
      const { fleets, warnings } = fleetsOf(store, folder, over);
      const fleet = await fleets.read(whose);
      fleets.dispose();
      return [fleet === undefined, warnings.length];
    };
    assert.deepEqual(await read(text), [false, 0]);
    assert.deepEqual(await read(text, {}, { ...owner, accounts: [adele] }), [true, 1], "another's");
    assert.deepEqual(await read(text, { version: "2" }), [true, 1]);
    assert.deepEqual(await read(text, { now: "2027-01-23T09:00:00Z" }), [true, 1]);
    for (const content of [
      "",
      "null",
      "[]",
      "{}",
      text.slice(0, text.length / 2),
      text.replace('"lists"', '"lusts"'),
    ])
      assert.deepEqual(await read(content), [true, 1], content.slice(0, 20));
    const numbers = text.replaceAll(/(?<=[[,])\d+(?=[\],])/g, "99999");
    assert.deepEqual(await read(numbers), [true, 1]);
    files.clear();
    assert.deepEqual((await shownAgain(folder)).snapshot.scaleSets.size, 0);
  });

  it("is not used where one character of it is another", async () => {
    const { files, folder } = memory();
    await saved(await fake.readStore(fake.fakeAzure({ events: graphRows })), folder);
    const text = files.get(meganFile) ?? assert.fail();
    for (let place = text.indexOf("\n"); place < text.length; place += 5) {
      for (const other of ["0", "1", "x", " "].filter((sign) => sign !== text[place])) {
        files.set(meganFile, text.slice(0, place) + other + text.slice(place + 1));
        const { fleets, warnings } = fleetsOf(fake.newStore(), folder);
        assert.equal(await fleets.read(owner), undefined);
        assert.equal(warnings.length, 1);
        fleets.dispose();
      }
    }
  });

  it("lacks nothing that a rule reads, but what may hold secrets", async () => {
    const sets = generatedScaleSets().map(({ scaleSet, facts }) => ({ set: scaleSet as JsonObject, facts }));
    const [of] = fake.twoSubscriptions;
    const events: readonly InventoryEvent[] = [
      of ?? assert.fail(),
      { kind: "scaleSets", subscriptionId: "AAAA", resources: sets.map(({ set }) => set) },
      fake.assignments("AAAA", [], new Map()),
    ];
    const { folder } = memory();
    await saved(await fake.readStore(fake.fakeAzure({ events, assignmentsOf: async () => [] })), folder);
    const { snapshot } = await shownAgain(folder);
    assert.equal(snapshot.scaleSets.size, sets.length);
    for (const {
      set,
      facts: { imageVersion, loadBalancer },
    } of sets) {
      const { resource } = snapshot.scaleSets.get(idKey(textAt(set, "id") ?? "")) ?? assert.fail();
      const known = {
        ...(imageVersion && { newestImage: imageVersion }),
        ...(loadBalancer && { loadBalancer }),
      };
      const findings = (one: JsonObject) =>
        eligibility(one, known).filter(({ rule }) => rule !== "external-references");
      assert.deepEqual(findings(resource), findings(set));
    }
  });

  it("is each account's own, and goes when the account does", async () => {
    const { files, folder } = memory();
    const ofAdele = { ...fake.subscriptionB, through: { ...fake.subscriptionB.through, account: adele } };
    const events = fake.twoSubscriptions.map((event): InventoryEvent =>
      event.kind === "subscriptions" && event.subscriptions[0]?.subscriptionId === "bbbb"
        ? { ...event, subscriptions: [ofAdele] }
        : event,
    );
    const store = await fake.readStore(fake.fakeAzure({ events }));
    await saved(store, folder, { ...owner, accounts: [megan, adele] });
    assert.equal(files.size, 2);
    const seen = async (accounts: Owner["accounts"]) =>
      [...(await shownAgain(folder, { ...owner, accounts })).snapshot.subscriptions.keys()].join();
    assert.deepEqual(
      [await seen([megan]), await seen([adele]), await seen([megan, adele])],
      ["aaaa", "bbbb", "aaaa,bbbb"],
    );
    assert.equal(await seen([{ id: "x", label: "x" }]), "");
    files.set(`${storageKey("https://other.invalid", "m")}.json`, "of another cloud");
    files.set(`${storageKey(endpoint, undefined)}.json`, "of the sandbox");
    const { fleets } = fleetsOf(store, folder);
    await fleets.follow({ ...owner, accounts: [adele] });
    assert.equal(files.has(meganFile), false);
    assert.equal(files.size, 3);
    await store.keepOnly(new Set(["a"]));
    assert.deepEqual([...store.snapshot.subscriptions.keys()], ["bbbb"]);
    fleets.dispose();
  });

  it("names no people and has no secrets, settings or words of the service", async () => {
    const profile = fake.web.properties.virtualMachineProfile;
    const settings = {
      fileUris: ["https://secret.invalid?sig=SECRET"],
      commandToExecute: "SECRET",
      gracePeriod: 601,
    };
    const osImageNotificationProfile = { enable: true, notBeforeTimeout: "PT15M" };
    const loud = {
      ...fake.web,
      systemData: { createdBy: "SECRET" },
      properties: {
        ...fake.web.properties,
        virtualMachineProfile: {
          ...profile,
          scheduledEventsProfile: { osImageNotificationProfile },
          osProfile: {
            adminUsername: "SECRET",
            customData: "SECRET",
            secrets: ["SECRET"],
            linuxConfiguration: { ssh: "SECRET" },
          },
          extensionProfile: {
            extensions: [
              { name: "x", properties: { publisher: "p", type: "t", settings, protectedSettings: "SECRET" } },
            ],
          },
        },
      },
    };
    const summary = message("{0} may not list it.", "SECRET@contoso.com");
    const detail = "The client 'SECRET' has no right";
    const refusal = { ...fake.problem(), summary, detail, requestId: "SECRET" };
    const events: readonly InventoryEvent[] = [
      ...fake.twoSubscriptions.slice(0, 4),
      { kind: "scaleSets", subscriptionId: "AAAA", resources: [loud, fake.idle] },
      fake.assignments("AAAA", [], new Map([[fake.idle.id.toLowerCase(), refusal]])),
    ];
    const { files, folder } = memory();
    await saved(await fake.readStore(fake.fakeAzure({ events })), folder);
    const text = [...files].join();
    assert.ok(text.includes("vmss") || text.includes("web"));
    for (const word of ["PT15M", "601"]) assert.ok(text.includes(word), `estimates need ${word}`);
    for (const word of ["SECRET", "contoso.com", "sig="]) assert.ok(!text.includes(word), word);
  });

  it("keeps of the extensions' settings what tells a Service Fabric node type, and of no other extension", async () => {
    const settings = {
      clusterEndpoint: "https://sf.invalid/c1",
      durabilityLevel: "Silver",
      dataPath: "SECRET",
    };
    const fabric = { publisher: "Microsoft.Azure.ServiceFabric", type: "ServiceFabricNode", settings };
    const other = { publisher: "Contoso", type: "Agent", settings: { clusterEndpoint: "SECRET" } };
    const node = {
      ...fake.web,
      properties: {
        ...fake.web.properties,
        virtualMachineProfile: {
          extensionProfile: {
            extensions: [
              { name: "fabric", properties: fabric },
              { name: "agent", properties: other },
            ],
          },
        },
      },
    };
    const events: readonly InventoryEvent[] = [
      ...fake.twoSubscriptions.slice(0, 4),
      { kind: "scaleSets", subscriptionId: "AAAA", resources: [node] },
      fake.assignments("AAAA", [], new Map()),
    ];
    const { files, folder } = memory();
    await saved(await fake.readStore(fake.fakeAzure({ events })), folder);
    const { fleets } = fleetsOf(fake.newStore(), folder);
    const { facts } = recall((await fleets.read(owner)) ?? assert.fail()).derived;
    const [kept] = [...facts.subscriptions.values()].flatMap(({ scaleSets }) => [
      ...scaleSets.items.values(),
    ]);
    assert.equal(serviceFabricClusterOf(kept ?? {}), "https://sf.invalid/c1");
    assert.equal(serviceFabricReportsHealth(kept ?? {}), true);
    assert.doesNotMatch([...files].join(), /SECRET/);
  });

  it("hides what the user's filter hides now", async () => {
    const { folder } = memory();
    await saved(await fake.readStore(), folder);
    const { fleets } = fleetsOf(fake.newStore(), folder);
    const { subscriptions, hidden } = ((await fleets.read(owner)) ?? assert.fail()).facts;
    assert.deepEqual([subscriptions.size, hidden.size], [2, 0]);
    const wanted =
      () =>
      ({ displayName }: { readonly displayName: string }) =>
        displayName === "Beta";
    const log = { warn: assert.fail, error: assert.fail };
    const filtered = new SavedFleets({
      folder,
      store: fake.newStore(),
      version: "1",
      wanted,
      now: () => fake.now,
      log,
    });
    const { facts } = (await filtered.read(owner)) ?? assert.fail();
    assert.deepEqual([[...facts.subscriptions.keys()], [...facts.hidden]], [["bbbb"], ["aaaa"]]);
  });

  it("is not written once it is another's turn, or the window ends", async () => {
    const sets = Array.from({ length: 3000 }, (_, index) => fake.scaleSet("AAAA", `set${index}`));
    const events: readonly InventoryEvent[] = [
      ...fake.twoSubscriptions.slice(0, 4),
      { kind: "scaleSets", subscriptionId: "AAAA", resources: sets },
      fake.assignments("AAAA", []),
    ];
    const store = await fake.readStore(fake.fakeAzure({ events, assignmentsOf: async () => [] }));
    const ends: ((fleets: SavedFleets) => unknown)[] = [
      (fleets) => fleets.follow(undefined),
      (fleets) => fleets.dispose(),
    ];
    for (const end of ends) {
      const { files, folder } = memory();
      const { fleets, warnings } = fleetsOf(store, folder);
      await fleets.follow(owner);
      const saving = fleets.save();
      await Promise.resolve();
      await end(fleets);
      await saving;
      assert.deepEqual([files.size, warnings], [0, []]);
      fleets.dispose();
    }
  });

  it("is the newest, and is written once, where it is saved while it is being saved", async () => {
    const store = await fake.readStore();
    const { files, folder } = memory();
    let writes = 0;
    const write: SavedFolder["write"] = (name, text) => {
      writes += 1;
      return folder.write(name, text);
    };
    const { fleets, warnings } = fleetsOf(store, { ...folder, write });
    await fleets.follow(owner);
    await Promise.all([fleets.save(), fleets.save(), fleets.save()]);
    assert.deepEqual([writes, files.size, warnings], [1, 1, []]);
    fleets.dispose();
  });

  it("that can't be written is a line in the log", async () => {
    const { folder } = memory();
    const store = await fake.readStore();
    const { fleets, warnings } = fleetsOf(store, {
      ...folder,
      write: () => Promise.reject(new Error("disk full")),
    });
    await fleets.follow(owner);
    await fleets.save();
    assert.match(warnings.join(), /disk full/);
    fleets.dispose();
  });

  it("has each value once", async () => {
    const store = await fake.readStore();
    const as = { version: "1", key: "k", at: fake.now, isIn: () => true };
    const text = atOnce(encode(store.derived.facts, store.snapshot, as));
    assert.equal(text.split("ApplicationHealthLinux").length, 2);
  });
});
