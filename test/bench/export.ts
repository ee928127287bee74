// Whether exported scripts do what their plans do: random plans of the sandbox's fleet, each made by our own client, by the Azure CLI script under
// real bash, and by the PowerShell script; see test/unit/export/code/scripts.test.ts.
import { Bash } from "../support/az/bash.ts";
import { applied, differences } from "../support/exported/compare.ts";
import { holdingsOf } from "../support/exported/holdings.ts";
import { randomPlan } from "../support/exported/plans.ts";
import { World } from "../support/exported/world.ts";
import { parserOf } from "../support/treeSitter.ts";
import type { BenchOptions, Measured } from "../../scripts/tasks/bench.ts";

export async function run({ runs = 200 }: BenchOptions = {}): Promise<Measured> {
  await using world = await new World().open();
  await using bash = await new Bash().open();
  const parser = await parserOf("powershell");
  await world.reset();
  const beginning = await holdingsOf(world);
  const table: Measured["table"][number][] = [];
  const counts = new Map<string, number>();
  let plans = 0;
  for (let seed = 0; plans < runs; seed++) {
    const plan = await applied(world, randomPlan(seed, beginning), seed);
    if (plan === undefined) continue;
    plans++;
    for (const { kind } of plan.plan.changes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    for (const difference of await differences(world, plan, { bash, parser }))
      table.push({ plan: seed, difference });
  }
  const changes = [...counts].map(([kind, count]) => ({ kind, changes: count }));
  return { figures: { plans, differences: table.length }, table: [...changes, ...table] };
}
