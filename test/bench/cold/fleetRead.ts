// Reads a served fleet into a store in this new process: cold, again with nothing changed, and after somebody else has changed one scale set.
// Prints what each reading took. `NODE_EXTRA_CA_CERTS=<certificate> node --expose-gc fleetRead.ts <url> <certificate> <token> [<profile>]`;
// where a file is named, the CPU profile of the cold reading is written there, which costs time.
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { performance } from "node:perf_hooks";
import { connectToEndpoint } from "../../../src/azure/accounts/endpointConnection.ts";
import { problemOf } from "../../../src/azure/errors/errors.ts";
import { openAzure } from "../../../src/azure/open.ts";
import { eligibility } from "../../../src/core/eligibility/eligibility.ts";
import { freshnessOf } from "../../../src/core/upgrades/freshness.ts";
import { scheduleFacts } from "../../../src/core/windows/facts.ts";
import { FleetStore } from "../../../src/fleet/store.ts";
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
  loadRules: async () => ({ eligibility, freshnessOf }),
  scheduleFacts: async (configuration) => scheduleFacts(configuration, now()),
  problemOf,
  wanted: () => () => true,
  now,
  log,
});

/** The longest time until a timer of a millisecond got its turn: for so long nothing else did. */
function watchBlocks() {
  let [last, longestMs] = [performance.now(), 0];
  const look = () => {
    const at = performance.now();
    longestMs = Math.max(longestMs, at - last - 1);
    last = at;
    timer = setTimeout(look, 1);
  };
  let timer = setTimeout(look, 1);
  return () => {
    clearTimeout(timer);
    return Math.max(longestMs, performance.now() - last);
  };
}

const idleBytes = heapUsed();

/** One reading until the last state is known. */
async function read() {
  let firstRowsMs = 0;
  const cpu = process.cpuUsage();
  const stopWatching = watchBlocks();
  const start = performance.now();
  const listening = store.onDidChange(() => {
    if (firstRowsMs === 0 && store.snapshot.scaleSets.size > 0) firstRowsMs = performance.now() - start;
  });
  await store.refresh(new AbortController().signal);
  await store.settled();
  const settledMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const longestBlockMs = stopWatching();
  listening.dispose();
  return {
    firstRowsMs,
    settledMs,
    cpuMs: (user + system) / 1000,
    longestBlockMs,
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
