import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../bootstrap/paths.mjs";
import { runNode } from "../lib/processes.ts";
import { scratchFolder } from "../lib/scratch.ts";
import type { Reported } from "./fileReporter.ts";
import { together, verdict, type Found, type Layer, type Order } from "./layer.ts";
import { shareOut } from "./shareOut.ts";
import { nameOf } from "./testFiles.ts";

const reporter = fileURLToPath(new URL("./fileReporter.ts", import.meta.url));

export interface NodeTests extends Pick<Order, "files" | "print"> {
  /** For one test, in milliseconds. */
  readonly patienceMs: number;
  /** On top of this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A layer whose files run with Node's own runner, each in a process of its own. */
export function nodeLayer(patienceMs: number): Layer {
  return async ({ files, parallel, print }) =>
    together(await shareOut(files, parallel, (file) => runTests({ files: [file], patienceMs, print })));
}

/**
 * A layer whose files share as many processes as may be at work, since most of their time goes into loading the same modules.
 * @param apart the files that have a process to themselves, relative to `test/` and without their ending
 */
export function sharedNodeLayer(patienceMs: number, apart: readonly string[] = []): Layer {
  return async ({ files, parallel, print }) => {
    const isApart = (file: string) => apart.includes(nameOf(file));
    const sharing = files.filter((file) => !isApart(file));
    const shares = Array.from({ length: parallel }, (_, share) =>
      sharing.filter((_file, index) => index % parallel === share),
    );
    const groups = [...shares, ...files.filter(isApart).map((file) => [file])];
    const work = (group: readonly string[]) => runTests({ files: group, patienceMs, print });
    return together(
      await shareOut(
        groups.filter(({ length }) => length > 0),
        parallel,
        work,
      ),
    );
  };
}

/** Runs test files in one process, one after the other; a process that breaks off is one failure. */
export async function runTests({ files, patienceMs, print, env }: NodeTests): Promise<Found> {
  await using scratch = scratchFolder("node-tests");
  const report = join(scratch.path, "report.json");
  const start = performance.now();
  const { code, output } = await runNode(
    [
      "--test",
      "--test-isolation=none",
      `--test-timeout=${patienceMs}`,
      ...["--test-reporter=spec", "--test-reporter-destination=stdout"],
      ...[`--test-reporter=${reporter}`, `--test-reporter-destination=${report}`],
      ...files,
    ],
    { cwd: root, env: { ...process.env, ...env } },
  );
  const wholeSeconds = (performance.now() - start) / 1000;
  const reported = existsSync(report) ? readFileSync(report, "utf8") : "";
  if (reported === "") {
    const names = files.map(nameOf).join(", ");
    print(`${output}✖ ${names}: the process ended before its tests (${code ?? "a signal"})`);
    return { counts: verdict(false), times: [] };
  }
  print(output.trimEnd());
  const { counts, seconds } = JSON.parse(reported) as Reported;
  // Of a file that has the process to itself all counts, of several only what each says of its tests.
  const times = files.map((file) => ({
    name: nameOf(file),
    seconds: files.length === 1 ? wholeSeconds : (seconds[file] ?? 0),
  }));
  return { counts, times };
}
