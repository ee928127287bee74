import { Failure } from "../bootstrap/failure.mjs";
import { nameOf } from "./testFiles.ts";

/** The layers to run, each with its test files; a layer that has no files of its own comes with none. */
export type Selection = ReadonlyMap<string, readonly string[]>;

/**
 * What the words of a command line choose of all that there is: a layer (`unit`), a folder of its tests (`unit/fleet`) or a
 * file (`unit/fleet/store`). No word chooses everything.
 */
export function select(words: readonly string[], all: Selection): Selection {
  if (words.length === 0) return all;
  const chosen = words.map((word) => choose(word, all));
  const layers = [...all].filter(([layer]) => chosen.some((one) => one.layer === layer));
  return new Map(
    layers.map(([layer, files]) => {
      const wanted = new Set(chosen.filter((one) => one.layer === layer).flatMap((one) => one.files));
      return [layer, files.filter((file) => wanted.has(file))];
    }),
  );
}

function choose(word: string, all: Selection): { layer: string; files: readonly string[] } {
  const path = word.replace(/\/+$/, "");
  const [layer = ""] = path.split("/");
  const files = all.get(layer);
  if (files === undefined) throw new Failure(`No layer "${layer}". Layers: ${[...all.keys()].join(", ")}.`);
  if (path === layer) return { layer, files };
  if (files.length === 0) throw new Failure(`No "${path}": run ${layer} as a whole.`);
  const found = files.filter((file) => nameOf(file) === path || nameOf(file).startsWith(`${path}/`));
  if (found.length === 0)
    throw new Failure(`No "${path}" in ${layer}. Choose one of: ${insides(layer, files).join(", ")}.`);
  return { layer, files: found };
}

/** The folders and files right below a layer. */
function insides(layer: string, files: readonly string[]): readonly string[] {
  return [
    ...new Set(
      files.map(
        (file) =>
          nameOf(file)
            .slice(layer.length + 1)
            .split("/")[0] ?? "",
      ),
    ),
  ];
}
