// Run in a process of its own: reads the large fleet of the sandbox, unfolds the Upcoming Windows view, refreshes it with the same fleet read
// anew, and prints how long each took, as the median of several times.
import { atOnce } from "../../../src/core/slices.ts";
import { generatedFleet, largeFleet } from "../../../src/sandbox/fleet/generated.ts";
import { childrenOf, viewOf } from "../../../src/tree/upcoming/nodes.ts";
import { nodesToRefresh } from "../../../src/tree/upcoming/refresh.ts";
import { stateAfter, stateOf } from "../../../src/tree/upcoming/state.ts";
import { median } from "../../support/statistics.ts";
import { sandboxFleet } from "../../unit/tree/sandboxFleet.ts";
import { clock } from "../../unit/tree/walk.ts";

const times = 15;
const { store } = await sandboxFleet(generatedFleet(largeFleet));

/** Milliseconds in which this thread had a processor, so that other work on the machine does not count. */
function timed(work: () => void): number {
  const start = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

const unfolds: number[] = [];
const refreshes: number[] = [];
for (let count = 0; count < times; count++) {
  const snapshot = { ...store.snapshot };
  let state = stateOf(snapshot, clock);
  unfolds.push(
    timed(() => {
      state = stateOf(snapshot, clock);
      for (const node of childrenOf(undefined, state)) viewOf(node, state);
    }),
  );
  const nodes = childrenOf(undefined, state);
  const known = { nodes, opened: new Set(nodes.map(({ id }) => id)) };
  const fresh = { ...snapshot, scaleSets: new Map(snapshot.scaleSets) };
  refreshes.push(timed(() => atOnce(nodesToRefresh(known, state, atOnce(stateAfter(fresh, clock, state))))));
}
console.log(JSON.stringify({ unfoldMs: median(unfolds), refreshMs: median(refreshes) }));
