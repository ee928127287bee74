import { together, type Layer } from "./layer.ts";
import { runTests } from "./nodeTests.ts";
import { shareOut } from "./shareOut.ts";
import { nameOf } from "./testFiles.ts";

/** For one test, in milliseconds. */
const patienceMs = 60_000;

/**
 * The rooms whose files run in processes of their own, with the reason. Everywhere else a room is one process: what its
 * files load is loaded once, which takes most of the time.
 */
const apart: ReadonlyMap<string, string> = new Map([
  [
    "flows",
    "hooks at the top of each file open a world before each test: in one process they would for all files",
  ],
]);

/** Runs the tests of test/unit, room by room. */
export const unit: Layer = async ({ files, parallel, print }) => {
  const groups = Object.values(Object.groupBy(files, groupOf)).map((group = []) => group);
  const largestFirst = groups.toSorted((a, b) => b.length - a.length);
  return together(
    await shareOut(largestFirst, parallel, (group) => runTests({ files: group, patienceMs, print })),
  );
};

/** What runs in one process: a room, or a file where the room's are apart or that is in none. */
function groupOf(file: string): string {
  const [, room = "", ...below] = nameOf(file).split("/");
  return below.length === 0 || apart.has(room) ? file : room;
}
