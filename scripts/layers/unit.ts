import { together, type Layer } from "./layer.ts";
import { runTests } from "./nodeTests.ts";
import { shareOut } from "./shareOut.ts";
import { nameOf } from "./testFiles.ts";

/** For one test, in milliseconds. */
const patienceMs = 60_000;

/**
 * The files that have a process to themselves: hooks at their top open a world before each test, and would before every test
 * of the room, or put a `vscode` of their own in place of the one of the room. Everything else of a room is one process: what
 * its files load is loaded once, which takes most of the time.
 */
export const apart: ReadonlySet<string> = new Set([
  "unit/commands/plans/checkPlan",
  "unit/commands/plans/planEnd",
  "unit/commands/plans/planProgress",
  "unit/commands/running",
  "unit/commands/session/closeWithSandbox",
  "unit/commands/upgradeFollower",
  "unit/export/code/stops",
  "unit/flows/cleanUp",
  "unit/flows/review/check",
  "unit/flows/upgrades/editUpgradePolicy",
  "unit/flows/upgrades/enabling",
  "unit/flows/upgrades/upgrades",
  "unit/flows/upgrades/windowsUpdate",
  "unit/ui/gathered",
]);

/** Runs the tests of test/unit, room by room. */
export const unit: Layer = async ({ files, parallel, print }) => {
  const groups = Object.values(Object.groupBy(files, groupOf)).map((group = []) => group);
  const largestFirst = groups.toSorted((a, b) => b.length - a.length);
  return together(
    await shareOut(largestFirst, parallel, (group) => runTests({ files: group, patienceMs, print })),
  );
};

/** What runs in one process: a room, or a file that is apart or in none. */
function groupOf(file: string): string {
  const name = nameOf(file);
  const [, room = "", ...below] = name.split("/");
  return below.length === 0 || apart.has(name) ? name : room;
}
