// `npm run bench -- <name> [--json] [--runs N] [--sets N] [--profile <file>]`: measures something, as a table and as one JSON object in the last
// line; with --json the object alone.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../bootstrap/failure.mjs";
import { root } from "../bootstrap/paths.mjs";
import { task } from "../lib/task.ts";

/** What a module of test/bench exports. */
export interface Bench {
  run(options?: BenchOptions): Promise<Measured>;
}

export interface BenchOptions {
  /** How many runs to make, where a bench makes any number. */
  readonly runs?: number;
  /** How many scale sets the fleet has, where a bench takes fleets of any size. */
  readonly sets?: number;
  /** A file for a CPU profile, where a bench makes one. */
  readonly profile?: string;
}

export interface Measured {
  /** By the names that the JSON has. */
  readonly figures: Readonly<Record<string, number>>;
  /** Rows of the same and more for a reader, by column. */
  readonly table: readonly Readonly<Record<string, string | number>>[];
}

const folder = join(root, "test", "bench");
const usage = "npm run bench -- <name> [--json] [--runs N] [--sets N] [--profile <file>]";

const options = {
  json: { type: "boolean" },
  runs: { type: "string" },
  sets: { type: "string" },
  profile: { type: "string" },
} as const;

function countOf(option: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Failure(`"${text}" is not a number of at least 1 for --${option}. Usage: ${usage}`);
}

await task(usage, options, async ({ json, runs, sets, profile }, names) => {
  const known = readdirSync(folder).flatMap((file) => /^(.+)\.ts$/.exec(file)?.[1] ?? []);
  const [name, ...others] = names;
  if (!name || !known.includes(name) || others.length > 0) {
    throw new Failure(`Choose one of: ${known.join(", ")}. Usage: ${usage}`);
  }
  const bench = (await import(join(folder, `${name}.ts`))) as Bench;
  const { figures, table } = await bench.run({
    ...(runs !== undefined && { runs: countOf("runs", runs) }),
    ...(sets !== undefined && { sets: countOf("sets", sets) }),
    ...(profile !== undefined && { profile }),
  });
  if (json !== true) console.table(table);
  console.log(JSON.stringify(figures));
});
