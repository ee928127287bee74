import { globSync } from "node:fs";
import { root } from "../bootstrap/paths.mjs";

const ending = /\.test\.ts$/;

/** The test files of a layer, relative to the top, in the order of their names. */
export function filesOf(layer: string): readonly string[] {
  return globSync(`test/${layer}/**/*.test.ts`, { cwd: root })
    .map((file) => file.replaceAll("\\", "/"))
    .sort();
}

/** A test file as it is named on the command line: `unit/fleet/store`. */
export function nameOf(file: string): string {
  return file.replace(/^test\//, "").replace(ending, "");
}
