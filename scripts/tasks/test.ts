// `npm test [-- <layer>[/<folder or file>]...]`: all the tests, or those named: `unit`, `unit/fleet`, `ui/wizard`.
import { add, inWords, nothing } from "../layers/layer.ts";
import { runLanes } from "../layers/lanes.ts";
import { layers } from "../layers/layers.ts";
import { select } from "../layers/selection.ts";
import { filesOf } from "../layers/testFiles.ts";
import { timesInWords } from "../layers/times.ts";
import { scratchFolder } from "../lib/scratch.ts";
import { task } from "../lib/task.ts";

const usage = `npm test [-- <layer>[/<folder or file>]... [--pictures]]; layers: ${Object.keys(layers).join(", ")}`;

await task(usage, { pictures: { type: "boolean" } }, async ({ pictures = false }, words) => {
  const all = new Map(
    Object.entries(layers).map(([name, layer]) => [name, "hasFiles" in layer ? filesOf(name) : []]),
  );
  const selection = select(words, all);
  // What one process has compiled, of our files and of VS Code's, serves all that come after it.
  await using compiled = scratchFolder("compiled");
  process.env["NODE_COMPILE_CACHE"] = compiled.path;
  const ended = await runLanes(selection, { pictures });
  const total = ended.map(({ counts }) => counts).reduce(add, nothing);
  console.log(`\n${timesInWords(ended)}\n\n${inWords(total)}`);
  return total.failed > 0 ? 1 : 0;
});
