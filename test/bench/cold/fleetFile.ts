// Reads the large generated fleet into a store, writes the file that would be saved of it, and prints what the store costs. `node --expose-gc`.
import { writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { connectToEndpoint } from "../../../src/azure/accounts/endpointConnection.ts";
import { openAzure } from "../../../src/azure/open.ts";
import { problemOf } from "../../../src/azure/errors/errors.ts";
import { eligibility } from "../../../src/core/eligibility/eligibility.ts";
import { freshnessOf } from "../../../src/core/upgrades/freshness.ts";
import type { JsonObject } from "../../../src/core/resources/json.ts";
import { inSlices } from "../../../src/core/slices.ts";
import { scheduleFacts } from "../../../src/core/windows/facts.ts";
import { atOnce } from "../../../src/core/slices.ts";
import type { FleetChange } from "../../../src/fleet/snapshot/changes.ts";
import { encode } from "../../../src/fleet/saved/encode.ts";
import { Filter } from "../../../src/tree/fleet/filter.ts";
import { FleetStore } from "../../../src/fleet/store.ts";
import { generatedFleet, largeFleet } from "../../../src/sandbox/fleet/generated.ts";
import { Sandbox, sandboxEndpoint, sandboxHttpClient } from "../../../src/sandbox/sandbox.ts";
import { placesToRefresh } from "../../../src/tree/fleet/refresh.ts";
import { rootsOf } from "../../../src/tree/fleet/roots.ts";
import { sceneOf } from "../../../src/tree/fleet/scene.ts";
import type { Scene } from "../../../src/tree/fleet/scene.ts";
import { longestBlock } from "../../support/longestBlock.ts";
import { median } from "../../support/statistics.ts";

const at = "2026-11-23T06:00:00Z";
const nothing = () => undefined;
const log = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: console.error };
const clock = { now: at, locale: "en", zone: "UTC" };

async function readFleet() {
  const sandbox = new Sandbox({
    fleet: generatedFleet(largeFleet),
    now: () => new Date(at),
    operationSeconds: 0,
  });
  const connection = connectToEndpoint({
    origin: "sandbox",
    endpoint: sandboxEndpoint,
    token: sandbox.token,
    httpClient: sandboxHttpClient(sandbox),
  });
  const store = new FleetStore({
    loadRules: async () => ({ eligibility, freshnessOf, scheduleFacts }),
    problemOf,
    wanted: () => () => true,
    now: () => at,
    log,
  });
  store.connect(openAzure(connection, log, "0.0.0"));
  await store.refresh(new AbortController().signal);
  await store.settled();
  return { store, sandbox };
}

function heapUsed(): number {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("Run with --expose-gc.");
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}

function timed<T>(work: () => T): { readonly ms: number; readonly result: T } {
  const start = performance.now();
  const result = work();
  return { ms: performance.now() - start, result };
}

/** What is said of one set after the other, as a write does, with the tree that follows. */
async function changes(store: FleetStore) {
  const scene = (before?: Scene) =>
    sceneOf(
      {
        snapshot: store.snapshot,
        clock,
        grouping: { by: "subscription" },
        filter: "",
        isWorstFirst: true,
        opened: new Map(),
      },
      before,
    );
  let shown = scene();
  const held = rootsOf(shown).flatMap((root) => ("view" in root ? [] : [root]));
  const times: number[] = [];
  const counts: number[] = [];
  let change: FleetChange = { ids: new Set() };
  const listening = store.onDidChange((one) => (change = one));
  for (const record of [...store.snapshot.scaleSets.values()].filter((_, index) => index % 500 === 0)) {
    const properties = record.resource["properties"] as JsonObject;
    const resource = { ...record.resource, properties: { ...properties, provisioningState: "Updating" } };
    const start = performance.now();
    await store.put({ kind: "resource", id: record.id, resource });
    const ms = performance.now() - start;
    times.push(ms);
    const after = scene(shown);
    const places = change.ids === "all" ? "all" : atOnce(placesToRefresh(held, shown, after));
    counts.push(places === "all" ? Infinity : places.length);
    shown = after;
  }
  listening.dispose();
  return { changeMs: median(times), nodesRefreshed: Math.max(...counts) };
}

/** Writes the file and measures what is done with the fleet. */
async function measure(store: FleetStore, file: string) {
  const { snapshot, facts } = store.derived;
  const as = { version: "bench", key: "bench", at, isIn: () => true };
  const saving = await longestBlock(() => inSlices(encode(facts, snapshot, as)));
  writeFileSync(file, saving.result);
  const sets = [...snapshot.scaleSets.values()];
  const texts = [
    "web",
    "state:blocked region:westeurope",
    'reason:"maintenance configuration"',
    "nothing-has-this",
  ];
  const filterMs = median(
    texts.map((text) => {
      const filter = new Filter(text, snapshot);
      return timed(() => sets.filter((set) => filter.passes(set))).ms;
    }),
  );
  const grouping = { by: "state" } as const;
  const grouped = timed(
    () =>
      sceneOf({ snapshot, clock, grouping, filter: "", isWorstFirst: true, opened: new Map() }).layout.groups,
  );
  return {
    filterMs,
    groupMs: grouped.ms,
    saveMs: saving.ms,
    saveStretchMs: saving.blockMs,
    fileKB: Math.round(saving.result.length / 100) / 10,
    scaleSets: sets.length,
    danglingAssociations: snapshot.danglingAssociations.size,
    states: Object.fromEntries([...grouped.result].map(([state, sets]) => [state, sets.length])),
    ...(await changes(store)),
  };
}

const [file = ""] = process.argv.slice(2);
const { store, sandbox } = await readFleet();
const figures = await measure(store, file);
const full = heapUsed();
store.dispose();
const heapMB = (full - heapUsed()) / 1e6;
console.log(JSON.stringify({ ...figures, heapMB }));
// It is held until here, so that what it has does not count as the store's.
void sandbox.token;
