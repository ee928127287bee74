import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../bootstrap/paths.mjs";
import { ownNode } from "../lib/processes.ts";
import { scratchFolder } from "../lib/scratch.ts";
import { verdict, type Counts } from "./layer.ts";

const reporter = fileURLToPath(new URL("./countsReporter.ts", import.meta.url));

/**
 * Runs the tests of a folder under `test/` with Node's own runner.
 * @param parallel how many files at once
 * @param patience for one test, in milliseconds
 */
export async function nodeTests(
  folder: string,
  options: { parallel: number; patience: number; env?: NodeJS.ProcessEnv },
): Promise<Counts> {
  const files = globSync(`test/${folder}/**/*.test.ts`, { cwd: root }).sort();
  if (files.length === 0) {
    console.log(`There are no tests in test/${folder}.`);
    return verdict(false);
  }
  await using scratch = scratchFolder("node-tests");
  const counts = join(scratch.path, "counts.json");
  await using run = ownNode(
    [
      "--test",
      `--test-concurrency=${options.parallel}`,
      `--test-timeout=${options.patience}`,
      ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
      ...[`--test-reporter=${reporter}`, `--test-reporter-destination=${counts}`],
      ...files,
    ],
    { cwd: root, env: { ...process.env, ...options.env } },
  );
  await run.ended;
  return JSON.parse(readFileSync(counts, "utf8"));
}
