import type { TestEvent } from "node:test/reporters";
import type { Counts } from "./layer.ts";

/** A reporter for Node's test runner that writes the counts of the whole run as JSON. */
export default async function* countsReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type !== "test:summary" || event.data.file !== undefined) continue;
    const { passed, skipped, todo, tests } = event.data.counts;
    const counts: Counts = { passed, failed: tests - passed - skipped - todo, skipped: skipped + todo };
    yield JSON.stringify(counts);
  }
}
