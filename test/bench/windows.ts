import { fileURLToPath } from "node:url";
import { Failure } from "../../scripts/bootstrap/failure.mjs";
import { runNode } from "../../scripts/lib/processes.ts";
import type { Measured } from "../../scripts/tasks/bench.ts";
import { median } from "../support/statistics.ts";

const processes = 7;
const cold = fileURLToPath(new URL("cold/windows.ts", import.meta.url));
const coldView = fileURLToPath(new URL("cold/upcoming.ts", import.meta.url));

/**
 * How long the next 30 windows of 1,000 configurations in all time zones take, each time in a new process, and how long the Upcoming Windows
 * view of 10,000 scale sets takes.
 */
export async function run(): Promise<Measured> {
  const runs: { readonly ms: number; readonly windows: number; readonly zones: number }[] = [];
  for (let count = 0; count < processes; count++) {
    const { code, output } = await runNode([cold]);
    if (code !== 0) throw new Failure(output.trim());
    runs.push(JSON.parse(output));
  }
  const { code, output } = await runNode([coldView]);
  if (code !== 0) throw new Failure(output.trim());
  const { unfoldMs, refreshMs } = JSON.parse(output) as {
    readonly unfoldMs: number;
    readonly refreshMs: number;
  };
  const [{ windows, zones } = { windows: NaN, zones: NaN }] = runs;
  const ms = median(runs.map((each) => each.ms));
  const perOccurrenceUs = Math.round((ms / windows) * 100_000) / 100;
  return {
    figures: { ms, perOccurrenceUs, windows, zones, unfoldMs, refreshMs },
    table: [
      {
        what: `1,000 configurations × 30 windows in ${zones} zones, median of ${processes} new processes`,
        figure: ms,
        unit: "ms",
      },
      { what: "for each window", figure: perOccurrenceUs, unit: "µs" },
      { what: "Upcoming Windows of 10,000 scale sets, unfolded", figure: unfoldMs, unit: "ms" },
      { what: "the same after the fleet was read anew", figure: refreshMs, unit: "ms" },
    ],
  };
}
