// Shows a saved fleet once, in this new process: from the file to the view's counts and the nodes that it asks for. Prints the time and what
// was shown.
import { basename, dirname } from "node:path";
import { performance } from "node:perf_hooks";
import { savedFolder } from "../../../src/commands/session/savedFolder.ts";
import { inSlices } from "../../../src/core/slices.ts";
import { verbatim } from "../../../src/core/text/message.ts";
import { decode } from "../../../src/fleet/saved/decode.ts";
import { linesOf } from "../../../src/fleet/saved/format.ts";
import { recall } from "../../../src/fleet/saved/recall.ts";
import { FleetStore } from "../../../src/fleet/store.ts";
import { summaryOf } from "../../../src/fleet/snapshot/summary.ts";
import { childrenOf, viewOf } from "../../../src/tree/fleet/nodes.ts";
import type { FleetNode } from "../../../src/tree/fleet/node.ts";
import { sceneOf } from "../../../src/tree/fleet/scene.ts";
import { longestBlock } from "../../support/longestBlock.ts";

const now = "2026-11-23T09:00:00Z";
const nothing = () => undefined;
const never = () =>
  Promise.reject(new Error("The first sight of the fleet needs neither rules nor time arithmetic."));

const store = new FleetStore({
  loadRules: never,
  problemOf: (error) => ({ kind: "server", summary: verbatim(String(error)) }),
  wanted: () => () => true,
  now: () => now,
  log: { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: console.error },
});

const [file = "", by = "subscription"] = process.argv.slice(2);
const start = performance.now();
const text = (await savedFolder(dirname(file)).read(basename(file))) ?? "";
const read = performance.now();
const of = await inSlices(linesOf(text, { key: "bench", version: "bench" }, now));
const fleet = await inSlices(decode([{ ...of, account: undefined }], "sandbox", () => true));
const decoded = performance.now();
const { derived, rest } = recall(fleet);
store.connect(undefined, undefined, derived);
const connected = performance.now();
const clock = { now, locale: "en", zone: "UTC" };
const grouping = { by: by as "subscription" | "state" };
const summary = summaryOf(store.snapshot.scaleSets);
const scene = sceneOf({
  snapshot: store.snapshot,
  clock,
  grouping,
  filter: "",
  isWorstFirst: true,
  opened: new Map(),
});
const roots = childrenOf(undefined, scene);
const shown: FleetNode[] = [];
const show = (node: FleetNode) => {
  viewOf(node, scene);
  shown.push(node);
};
for (const root of roots) show(root);
for (const root of roots) {
  if (shown.length >= roots.length + 200) break;
  for (const child of childrenOf(root, scene)) {
    if (child.kind !== "scaleSets") {
      if (child.kind === "scaleSet") show(child);
      continue;
    }
    for (const set of childrenOf(child, scene)) show(set);
  }
}
const end = performance.now();
// What follows once the fleet is shown.
const after = await longestBlock(() => inSlices(rest));
console.log(
  JSON.stringify({
    afterMs: after.ms,
    afterBlockMs: after.blockMs,
    ms: end - start,
    readMs: read - start,
    decodeMs: decoded - read,
    storeMs: connected - decoded,
    nodesMs: end - connected,
    roots: roots.length,
    nodes: shown.length,
    scaleSets: store.snapshot.scaleSets.size,
    needAttention: summary.needAttention,
  }),
);
