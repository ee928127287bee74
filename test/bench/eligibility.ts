import { fileURLToPath } from "node:url";
import { Failure } from "../../scripts/bootstrap/failure.mjs";
import { runNode } from "../../scripts/lib/processes.ts";
import type { Measured } from "../../scripts/tasks/bench.ts";
import { median } from "../support/statistics.ts";

const processes = 7;
const cold = fileURLToPath(new URL("cold/eligibility.ts", import.meta.url));

/** How long all rules take over 10,000 scale sets, each time in a new process. */
export async function run(): Promise<Measured> {
  const runs: { readonly ms: number; readonly sets: number; readonly blocked: number }[] = [];
  for (let count = 0; count < processes; count++) {
    const { code, output } = await runNode([cold]);
    if (code !== 0) throw new Failure(output.trim());
    runs.push(JSON.parse(output));
  }
  const [{ sets, blocked } = { sets: NaN, blocked: NaN }] = runs;
  const ms = median(runs.map((each) => each.ms));
  const perSetUs = Math.round((ms / sets) * 10_000) / 10;
  return {
    figures: { ms, perSetUs, sets, blocked },
    table: [
      {
        what: `all rules over ${sets} scale sets, median of ${processes} new processes`,
        figure: ms,
        unit: "ms",
      },
      { what: "for each set", figure: perSetUs, unit: "µs" },
    ],
  };
}
