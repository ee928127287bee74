import { relative } from "node:path";
import type { TestEvent } from "node:test/reporters";
import { root } from "../bootstrap/paths.mjs";
import type { Counts } from "./layer.ts";

/** What the reporter writes: the counts of the run, and the seconds that the tests of each file took. */
export interface Reported {
  readonly counts: Counts;
  readonly seconds: Readonly<Record<string, number>>;
}

/** A reporter for Node's test runner that writes `Reported` as JSON, for files that run in one process. */
export default async function* fileReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const seconds: Record<string, number> = {};
  for await (const { type, data } of events) {
    if ((type === "test:pass" || type === "test:fail") && data.nesting === 0 && data.file !== undefined) {
      const file = relative(root, data.file);
      seconds[file] = (seconds[file] ?? 0) + data.details.duration_ms / 1000;
    }
    if (type !== "test:summary" || data.file !== undefined) continue;
    const { passed, skipped, todo, tests } = data.counts;
    const counts: Counts = { passed, failed: tests - passed - skipped - todo, skipped: skipped + todo };
    yield JSON.stringify({ counts, seconds } satisfies Reported);
  }
}
