import { fileURLToPath } from "node:url";
import { Failure } from "../../scripts/bootstrap/failure.mjs";
import { runNode } from "../../scripts/lib/processes.ts";
import type { Measured } from "../../scripts/tasks/bench.ts";
import { median } from "../support/statistics.ts";

const processes = 7;
const cold = fileURLToPath(new URL("cold/windows.ts", import.meta.url));

/** How long the next 30 windows of 1,000 configurations in all time zones take, each time in a new process. */
export async function run(): Promise<Measured> {
  const runs: { readonly ms: number; readonly windows: number; readonly zones: number }[] = [];
  for (let count = 0; count < processes; count++) {
    const { code, output } = await runNode([cold]);
    if (code !== 0) throw new Failure(output.trim());
    runs.push(JSON.parse(output));
  }
  const [{ windows, zones } = { windows: NaN, zones: NaN }] = runs;
  const ms = median(runs.map((each) => each.ms));
  const perOccurrenceUs = Math.round((ms / windows) * 100_000) / 100;
  return {
    figures: { ms, perOccurrenceUs, windows, zones },
    table: [
      {
        what: `1,000 configurations × 30 windows in ${zones} zones, median of ${processes} new processes`,
        figure: ms,
        unit: "ms",
      },
      { what: "for each window", figure: perOccurrenceUs, unit: "µs" },
    ],
  };
}
