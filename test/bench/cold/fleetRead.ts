// Reads a served fleet into a store in this new process: cold, again with nothing changed, and after somebody else has changed one scale set.
// Prints what each reading took. `NODE_EXTRA_CA_CERTS=<certificate> node --expose-gc fleetRead.ts <url> <certificate> <token> [<profile>]`;
// where a file is named, the CPU profile of the cold reading is written there, which costs time.
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { connectToEndpoint } from "../../../src/azure/accounts/endpointConnection.ts";
import { problemOf } from "../../../src/azure/errors/errors.ts";
import { openAzure } from "../../../src/azure/open.ts";
import { eligibility } from "../../../src/core/eligibility/eligibility.ts";
import { freshnessOf } from "../../../src/core/upgrades/freshness.ts";
import { scheduleFacts } from "../../../src/core/windows/facts.ts";
import { FleetStore } from "../../../src/fleet/store.ts";
import { moment, watchLoop } from "../fleet/probe/loop.cjs";
import { changeOneSet } from "../fleet/foreignChange.ts";

const [url = "", certificate = "", token = "", profile] = process.argv.slice(2);
const now = () => new Date().toISOString();
const nothing = () => undefined;
const log = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: console.error };

const { gc } = globalThis;
if (gc === undefined) throw new Error("Run with --expose-gc.");
const heapUsed = () => {
  gc();
  gc();
  return process.memoryUsage().heapUsed;
};

const connection = connectToEndpoint({ origin: "sandbox", endpoint: url, token });
const store = new FleetStore({
  loadRules: async () => ({ eligibility, freshnessOf, scheduleFacts }),
  problemOf,
  wanted: () => () => true,
  now,
  log,
});

const idleBytes = heapUsed();

/** One reading until the last state is known. */
async function read() {
  let firstRowsMs = 0;
  const loop = watchLoop();
  const began = loop.begin();
  const listening = store.onDidChange(() => {
    if (firstRowsMs === 0 && store.snapshot.scaleSets.size > 0) firstRowsMs = performance.now() - began.at;
  });
  await store.refresh(new AbortController().signal);
  await store.settled();
  const settled = moment();
  await setTimeout(5); // until the last block has been seen
  const blocks = loop.end();
  listening.dispose();
  return {
    firstRowsMs,
    settledMs: settled.at - began.at,
    cpuMs: settled.cpuMs - began.cpuMs,
    longestBlockMs: Math.max(0, ...blocks.map(({ startUs, endUs }) => (endUs - startUs) / 1000)),
    longestBlockCpuMs: Math.max(0, ...blocks.map(({ cpuMs }) => cpuMs)),
    heapMB: (heapUsed() - idleBytes) / 1e6,
  };
}

store.connect(openAzure(connection, log, "0.0.0"));
const inspector = profile === undefined ? undefined : new Session();
inspector?.connect();
await inspector?.post("Profiler.enable");
await inspector?.post("Profiler.start");
const cold = await read();
if (profile !== undefined && inspector !== undefined) {
  writeFileSync(profile, JSON.stringify((await inspector.post("Profiler.stop")).profile));
  inspector.disconnect();
}
const warm = await read();
await changeOneSet({ url, certificate, token }, [...store.snapshot.scaleSets.values()][0]?.id ?? "");
const changed = await read();
const { scaleSets } = store.snapshot;
store.dispose();
console.log(JSON.stringify({ cold, warm, changed, sets: scaleSets.size }));
