import { lend, type Stage } from "../../test/support/stage.ts";
import { together, type Layer } from "./layer.ts";
import { runTests } from "./nodeTests.ts";
import { packedOnce } from "./packed.ts";
import { shareOut } from "./shareOut.ts";
import { openStage } from "./stage.ts";
import { nameOf } from "./testFiles.ts";

/** For one test. */
const patienceMs = 240_000;

/** How many windows at once: while one waits for what it shows, the other has the processor. */
const stages = 2;

/** The files that take longest: they begin first, so that none of them is what the others have to wait for at the end. */
const longest = ["largeFleet", "configurations", "accounts", "report", "upgrades", "twoWindows", "dragging"];

/** Runs the tests of test/ui, several files at once, each on a stage that it has to itself. */
export const ui: Layer = async ({ files, pictures, print }) => {
  const { file: vsix } = await packedOnce();
  await using owned = new AsyncDisposableStack();
  const opened: (Awaited<ReturnType<typeof openStage>> | undefined)[] = [];
  owned.defer(async () => {
    for (const stage of opened) await stage?.[Symbol.asyncDispose]();
  });
  const found = await shareOut(inOrder(files), Math.min(stages, files.length), async (file, number) => {
    const stage = (opened[number] ??= await openStage(vsix));
    const result = await runTests({
      files: [file],
      patienceMs,
      env: lend(stage satisfies Stage, { pictures }),
      print: (text) => print(`\n${nameOf(file)}\n${text}`),
    });
    if (result.counts.failed > 0) {
      // Whatever it left behind is no trouble of the next file's.
      opened[number] = undefined;
      await stage[Symbol.asyncDispose]();
    }
    return result;
  });
  return together(found);
};

function inOrder(files: readonly string[]): readonly string[] {
  const place = (file: string) => {
    const at = longest.indexOf(nameOf(file).replace(/^ui\//, ""));
    return at < 0 ? longest.length : at;
  };
  return files.toSorted((a, b) => place(a) - place(b));
}
