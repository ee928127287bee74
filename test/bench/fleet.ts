import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../../scripts/bootstrap/failure.mjs";
import { root } from "../../scripts/bootstrap/paths.mjs";
import { packageExtension, packFolder } from "../../scripts/build/package.ts";
import { ask } from "../../scripts/lib/outside.ts";
import { runNode } from "../../scripts/lib/processes.ts";
import { startSandbox, type ServedSandbox } from "../../scripts/lib/sandbox.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import type { BenchOptions, Measured } from "../../scripts/tasks/bench.ts";
import { best, hundredths, measures, median, named, type Reading } from "./fleet/figures.ts";
import { readInHost } from "./fleet/hostReading.ts";
import { type Phase, phases } from "./fleet/phases.ts";
import { type Profile, heaviest } from "./fleet/profile.ts";
import { inSources } from "./fleet/sources.ts";

/** What the budgets are for; larger fleets are compared with it. */
const usualSets = 10_000;
const slowMs = 80; // of each call
const nodeScript = fileURLToPath(new URL("cold/fleetRead.ts", import.meta.url));

/** The readings of one kind of process at one latency, run after run. */
interface Series {
  /** First words of the figures' names. */
  readonly name: string;
  readonly words: string;
  readonly readings: Readonly<Record<Phase, readonly Reading[]>>;
}

/**
 * What a user waits for while a fleet is read, and what others wait for meanwhile: in extension hosts of a real VS Code, each with the
 * extension as it is packed and no other, and in plain Node.
 */
export async function run({ runs = 3, sets = usualSets, profile }: BenchOptions = {}): Promise<Measured> {
  await using scratch = scratchFolder("bench-fleet-extensions");
  const extensions = ["extension.vsix", "probe.vsix"].map((file) => join(scratch.path, file));
  const [extension = "", probe = ""] = extensions;
  await packageExtension(extension);
  await packFolder(join(root, "test", "bench", "fleet", "probe"), probe);
  const { series, coldProfile } = await readFleet(sets, [0, slowMs], runs, extensions);
  const usual = sets === usualSets ? undefined : await readFleet(usualSets, [0], runs, extensions);

  const figures: Record<string, number> = { sets };
  const table: Record<string, string | number>[] = [];
  for (const { name, words, readings } of series) {
    for (const phase of phases) {
      const row: Record<string, string | number> = { [`best (median) of ${runs}`]: `${words}, ${phase}` };
      for (const measure of measures) {
        const all = readings[phase].flatMap((reading) => reading[measure] ?? []);
        figures[named(name, phase, measure)] = best(all);
        figures[named(name, phase, measure, "median")] = median(all);
        row[measure] = `${best(all)} (${median(all)})`;
      }
      table.push(row);
    }
  }
  Object.assign(figures, usual && growthOf(series, usual.series, sets));
  const cold = await inSources(coldProfile);
  for (const { what, selfMs } of heaviest(cold, 10))
    table.push({ "heaviest of a cold reading": what, selfMs });
  if (profile !== undefined) writeFileSync(profile, JSON.stringify(cold));
  return { figures, table };
}

/** `cpuMs` per set over that of the usual fleet, and the worse of both. */
function growthOf(series: readonly Series[], usual: readonly Series[], sets: number): Record<string, number> {
  const growth: Record<string, number> = {};
  for (const before of usual) {
    const { name } = before;
    const after = series.find((one) => one.name === name);
    for (const phase of ["cold", "warm"] as const) {
      const [now, then] = [after, before].map((one) =>
        best(one?.readings[phase].flatMap(({ cpuMs }) => cpuMs ?? []) ?? []),
      );
      const ratio = hundredths(((now ?? NaN) / sets / (then ?? NaN)) * usualSets);
      growth[named(name, phase, "growth")] = ratio;
      growth[named(name, "growth")] = Math.max(ratio, growth[named(name, "growth")] ?? 0);
    }
  }
  return growth;
}

/** Has a fleet of that size read by hosts and by Node processes, each of them new. */
async function readFleet(
  sets: number,
  latenciesMs: readonly number[],
  runs: number,
  extensions: readonly string[],
): Promise<{ readonly series: readonly Series[]; readonly coldProfile: Profile }> {
  await using sandbox = await startSandbox({ sets });
  const series: Series[] = [];
  const profiles: Profile[] = [];
  for (const latencyMs of latenciesMs) {
    const conditions = { latency: `PT${latencyMs / 1000}S` };
    const { status } = await ask(sandbox, "PUT", "/sandbox/conditions", conditions);
    if (status >= 300) throw new Failure(`The sandbox answers ${status} to its conditions.`);
    const host = { cold: [], warm: [], changed: [] } as Record<Phase, Reading[]>;
    const node = { cold: [], warm: [], changed: [] } as Record<Phase, Reading[]>;
    for (let count = 0; count < runs; count++) {
      // The time is measured without a profile, and told by the profile whose it is.
      for (const isProfiled of [false, true]) {
        for (const { phase, profile, ...reading } of await readInHost(sandbox, extensions, isProfiled)) {
          host[phase].push(reading);
          if (profile !== undefined && phase === "cold") profiles.push(profile);
        }
      }
      const readings = await readInNode(sandbox, sets);
      for (const phase of phases) node[phase].push(readings[phase]);
    }
    const at = latencyMs === 0 ? "" : `at${latencyMs}`;
    const words = `${sets} sets, ${latencyMs} ms a call`;
    series.push({ name: at, words, readings: host });
    series.push({ name: named("node", at), words: `${words}, in Node`, readings: node });
  }
  const [coldProfile] = profiles;
  if (coldProfile === undefined) throw new Failure("There was no run to measure.");
  return { series, coldProfile };
}

async function readInNode(sandbox: ServedSandbox, sets: number): Promise<Readonly<Record<Phase, Reading>>> {
  const { url, certificate, token, access } = sandbox;
  const args = ["--expose-gc", nodeScript, url, certificate, token];
  const { code, output } = await runNode(args, { env: { ...process.env, ...access.env } });
  if (code !== 0) throw new Failure(output.trim());
  const readings = JSON.parse(output) as Readonly<Record<Phase, Reading>> & { readonly sets: number };
  // Its user may not read some.
  if (readings.sets < Math.floor(sets * 0.99))
    throw new Failure(`Only ${readings.sets} of ${sets} sets were read.`);
  return readings;
}
