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

/** The files that take longest: they begin first, so that none of them is what the others have to wait for at the end. */
const longest = ["largeFleet", "accounts", "configurations", "upgrades", "explain", "report", "twoWindows"];

/** Runs the tests of test/ui, several files at once, each on a stage that it has to itself. */
export const ui: Layer = async ({ files, pictures, print }) => {
  const { file: vsix } = await packedOnce();
  await using stages = new Stages(vsix);
  const run = async (file: string, worker: number) => {
    const say = (text: string) => print(`\n${nameOf(file)}\n${text}`);
    try {
      const env = lend(await stages.of(worker), { pictures });
      const found = await runTests({ files: [file], patienceMs, env, print: say });
      // What a file that failed leaves behind is no trouble of the next one's.
      if (found.counts.failed > 0) await stages.close(worker);
      return found;
    } catch (error) {
      await stages.close(worker);
      return brokeOff(error, say);
    }
  };
  return together(await shareOut(longestFirst(files), Math.min(workers, files.length), run));
};

function longestFirst(files: readonly string[]): readonly string[] {
  const place = (file: string) => {
    const at = longest.indexOf(nameOf(file).replace(/^ui\//, ""));
    return at < 0 ? longest.length : at;
  };
  return files.toSorted((a, b) => place(a) - place(b));
}
