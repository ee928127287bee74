// `npm test [-- <layer>...]`: all the tests, or those of the layers named.
import { Failure, toldInOneLine } from "../bootstrap/failure.mjs";
import { task } from "../lib/task.ts";
import * as checks from "../layers/checks.ts";
import { host } from "../layers/host.ts";
import { add, inWords, verdict, type Counts, type Layer } from "../layers/layer.ts";
import { nodeTests } from "../layers/nodeTests.ts";
import { packageLayer } from "../layers/package.ts";
import { ui } from "../layers/ui.ts";
import { findChromium } from "../vscode/chromium.ts";
import { provisionVSCode } from "../vscode/provision.ts";

const layers: Readonly<Record<string, Layer>> = {
  format: checks.format,
  lint: checks.lint,
  types: checks.types,
  unit: () => nodeTests("unit", { parallel: 2, patience: 60_000 }),
  faults: () => nodeTests("faults", { parallel: 2, patience: 120_000 }),
  contract: () => nodeTests("contract", { parallel: 2, patience: 120_000 }),
  host,
  ui,
  package: packageLayer,
};

/** The layers that need a VS Code and a browser. */
const inVSCode: ReadonlySet<string> = new Set(["host", "ui"]);

await task(`npm test [-- ${Object.keys(layers).join(" | ")}]`, {}, async (_, names) => {
  const unknown = names.find((name) => !(name in layers));
  if (unknown)
    throw new Failure(`There is no layer "${unknown}". The layers are: ${Object.keys(layers).join(", ")}.`);
  const chosen = Object.entries(layers).filter(([name]) => names.length === 0 || names.includes(name));
  const prepared = chosen.some(([name]) => inVSCode.has(name)) ? prepare() : undefined;
  prepared?.catch(() => undefined); // told by the layers that wait for it; the others run meanwhile
  let total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, layer] of chosen) {
    total = add(
      total,
      await section(name, async () => {
        if (inVSCode.has(name)) await prepared;
        return layer();
      }),
    );
  }
  console.log(`\n${inWords(total)}`);
  return total.failed > 0 ? 1 : 0;
});

/** Installs what the layers in VS Code need. */
async function prepare(): Promise<void> {
  await Promise.all([provisionVSCode(), findChromium()]);
}

async function section(name: string, layer: Layer): Promise<Counts> {
  const start = performance.now();
  console.log(`\n── ${name} ${"─".repeat(60 - name.length)}`);
  const counts = await layer().catch((error: unknown) => {
    console.log(toldInOneLine(error) ?? error);
    return verdict(false);
  });
  console.log(`${name}: ${inWords(counts)} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return counts;
}
