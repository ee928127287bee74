import { lend } from "../../test/support/stage.ts";
import { brokeOff, together, type Layer } from "./layer.ts";
import { runTests } from "./nodeTests.ts";
import { packedOnce } from "./packed.ts";
import { shareOut } from "./shareOut.ts";
import { Stages } from "./stage.ts";
import { nameOf } from "./testFiles.ts";

/** For one test. */
const patienceMs = 240_000;

/** How many files at once: while one waits for what its window shows, the other has the processor. */
const workers = 2;

/** What measures the work of an extension host has nothing beside it with which it would share the processor. */
const alone = "busyFleet";

/** The files that take longest: they begin first, so that none of them is what the others have to wait for at the end. */
const longest = [
  "bulk",
  "explain",
  "doctor",
  "fleetView",
  "largeFleet",
  "upgrades",
  "accounts",
  "configurations",
  "report",
];

/**
 * Files that share one window: to open it takes as long as many of their tests. Each can be run alone too, and those that come later,
 * by their names, begin with `begin` or `startOver`.
 */
const sharing = [
  ["fleetView", "grouping", "hostileNames", "paging", "plans"],
  ["bulk", "danglingAssociations", "dragging", "keyboard", "mouse", "picking"],
  ["conflict", "doctor", "planResults", "wizard"],
  ["explain", "faults", "review", "savedFleet"],
  ["upcoming", "upgrades"],
  ["inputs", "largeFleet"],
];

/** Runs the tests of test/ui, several files at once, each on a stage that it has to itself. */
export const ui: Layer = async ({ files, pictures, print }) => {
  const { file: vsix } = await packedOnce();
  await using stages = new Stages(vsix);
  const run = async (group: readonly string[], worker: number) => {
    const say = (text: string) => print(`\n${group.map(nameOf).join(", ")}\n${text}`);
    try {
      const env = lend(await stages.of(worker), { pictures });
      const found = await runTests({ files: group, patienceMs, env, print: say });
      // What a file that failed leaves behind is no trouble of the next one's.
      if (found.counts.failed > 0) await stages.close(worker);
      return found;
    } catch (error) {
      await stages.close(worker);
      return brokeOff(error, say);
    }
  };
  const ordered = longestFirst(files);
  // Pictures are named after the file of their process.
  const groups = pictures ? ordered.map((file) => [file]) : groupsOf(ordered);
  const isAlone = (group: readonly string[]) => group.some((file) => nameOf(file) === `ui/${alone}`);
  const [last, others] = [groups.filter(isAlone), groups.filter((group) => !isAlone(group))];
  // Last, when the other layers have ended too.
  return together([
    ...(await shareOut(others, Math.min(workers, others.length), run)),
    ...(await shareOut(last, 1, run)),
  ]);
};

function longestFirst(files: readonly string[]): readonly string[] {
  const place = (file: string) => {
    const at = longest.indexOf(nameOf(file).replace(/^ui\//, ""));
    return at < 0 ? longest.length : at;
  };
  return files.toSorted((a, b) => place(a) - place(b));
}

function groupsOf(files: readonly string[]): readonly (readonly string[])[] {
  const windowOf = (file: string) => {
    const name = nameOf(file).replace(/^ui\//, "");
    return sharing.find((those) => those.includes(name))?.[0] ?? name;
  };
  return [...Map.groupBy(files, windowOf).values()];
}
