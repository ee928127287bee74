// `npm test [-- <layer>...]`: all the tests, or those of the layers named.
import { Failure } from "../bootstrap/failure.mjs";
import { task } from "../lib/task.ts";
import * as checks from "../layers/checks.ts";
import { host } from "../layers/host.ts";
import { add, inWords, verdict, type Counts, type Layer } from "../layers/layer.ts";
import { nodeTests } from "../layers/nodeTests.ts";
import { packageLayer } from "../layers/package.ts";
import { ui } from "../layers/ui.ts";

const layers: Readonly<Record<string, Layer>> = {
  format: checks.format,
  lint: checks.lint,
  types: checks.types,
  unit: () => nodeTests("unit", { parallel: 2, patience: 60_000 }),
  contract: () => nodeTests("contract", { parallel: 2, patience: 120_000 }),
  host,
  ui,
  package: packageLayer,
};

await task(`npm test [-- ${Object.keys(layers).join(" | ")}]`, {}, async (_, names) => {
  const unknown = names.find((name) => !(name in layers));
  if (unknown)
    throw new Failure(`There is no layer "${unknown}". The layers are: ${Object.keys(layers).join(", ")}.`);
  let total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, layer] of Object.entries(layers)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const counts = await section(name, layer);
    total = add(total, counts);
  }
  console.log(`\n${inWords(total)}`);
  return total.failed > 0 ? 1 : 0;
});

async function section(name: string, layer: Layer): Promise<Counts> {
  const start = performance.now();
  console.log(`\n── ${name} ${"─".repeat(60 - name.length)}`);
  const counts = await layer().catch((error: unknown) => {
    console.log(error instanceof Failure ? error.message : error);
    return verdict(false);
  });
  console.log(`${name}: ${inWords(counts)} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return counts;
}
