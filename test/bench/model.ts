import fc from "fast-check";
import { Failure } from "../../scripts/bootstrap/failure.mjs";
import type { BenchOptions, Measured } from "../../scripts/tasks/bench.ts";
import { reportOf } from "../model/report.ts";
import { runScenario } from "../model/run.ts";
import { scenarios } from "../model/scenario.ts";
import { promises, verdictOn } from "../model/verdict.ts";

const usualRuns = 1000;
/** Scenarios are made so many at a time, each lot by a seed of its own. */
const lot = 500;
const firstSeed = 1;
/** Runs that break a promise are told as a whole, up to so many. */
const mostReported = 5;

/** How many promises are broken in so many random runs of the model, and how often another's change was overwritten in the gap. */
export async function run({ runs = usualRuns }: BenchOptions = {}): Promise<Measured> {
  if (!Number.isInteger(runs) || runs < 1) throw new Failure("--runs must be a whole number of at least 1.");
  const broken = new Map<string, number>(Object.keys(promises).map((promise) => [promise, 0]));
  const sum = { runs: 0, plans: 0, writes: 0, violations: 0, raced: 0, broken: 0 };
  const start = performance.now();
  for (let seed = firstSeed; sum.runs < runs; seed++) {
    for (const scenario of fc.sample(scenarios, { seed, numRuns: Math.min(lot, runs - sum.runs) })) {
      const done = await runScenario(scenario);
      const verdict = verdictOn(done);
      sum.runs += 1;
      sum.plans += done.plans.length;
      sum.writes += verdict.writes;
      sum.raced += verdict.raced;
      sum.violations += verdict.violations.length;
      sum.broken += verdict.violations.length > 0 ? 1 : 0;
      for (const { promise } of verdict.violations) broken.set(promise, (broken.get(promise) ?? 0) + 1);
      if (verdict.violations.length > 0 && sum.broken <= mostReported)
        console.error(`seed ${seed}\n${reportOf(done, verdict)}\n`);
    }
  }
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  const { runs: made, plans, writes, violations, raced, broken: brokenRuns } = sum;
  return {
    figures: { runs: made, plans, writes, violations, brokenRuns, raced, seconds },
    table: [
      { what: "random runs", figure: made, unit: "" },
      { what: "plans that were applied in them", figure: plans, unit: "" },
      { what: "writes that reached the world", figure: writes, unit: "" },
      { what: "violations", figure: violations, unit: "" },
      ...Object.entries(promises).map(([promise, words]) => ({
        what: `of “${words}”`,
        figure: broken.get(promise) ?? 0,
        unit: "",
      })),
      { what: "others' changes overwritten in the gap between look and write", figure: raced, unit: "" },
      { what: "time", figure: seconds, unit: "s" },
    ],
  };
}
