import { readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import * as esbuild from "esbuild";
import { Failure } from "../bootstrap/failure.mjs";
import { bundles, dist, pageScripts, type Mode } from "./bundles.ts";

/**
 * Builds the extension's files once, and leaves no file of an earlier build beside them. esbuild itself prints what is wrong with a source.
 * @returns what went into which file
 */
export async function build(mode: Mode): Promise<esbuild.Metafile> {
  try {
    const [files, scripts] = await Promise.all([
      esbuild.build({ ...bundles(mode), metafile: true }),
      esbuild.build({ ...pageScripts(mode), metafile: true }),
    ]);
    const outputs = { ...files.metafile.outputs, ...scripts.metafile.outputs };
    removeLeftovers(dist, Object.keys(outputs));
    return { inputs: { ...files.metafile.inputs, ...scripts.metafile.inputs }, outputs };
  } catch (error) {
    throw error instanceof Error && "errors" in error ? new Failure("The build failed.") : error;
  }
}

/**
 * Takes away what lies in a build's folder and the build did not write, folders aside. Emptying the folder before the
 * build would take the files from under another one that runs at the same time; the two of them write the same names.
 */
export function removeLeftovers(folder: string, written: readonly string[]): void {
  const names = new Set(written.map((file) => basename(file)));
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile() && !names.has(entry.name)) rmSync(join(folder, entry.name), { force: true });
  }
}
