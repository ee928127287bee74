import * as esbuild from "esbuild";
import { Failure } from "../bootstrap/failure.mjs";
import { bundles, pageScripts, type Mode } from "./bundles.ts";

/**
 * Builds the extension's files once. esbuild itself prints what is wrong with a source.
 * @returns what went into which file
 */
export async function build(mode: Mode): Promise<esbuild.Metafile> {
  try {
    const [files, scripts] = await Promise.all([
      esbuild.build({ ...bundles(mode), metafile: true }),
      esbuild.build({ ...pageScripts(mode), metafile: true }),
    ]);
    return {
      inputs: { ...files.metafile.inputs, ...scripts.metafile.inputs },
      outputs: { ...files.metafile.outputs, ...scripts.metafile.outputs },
    };
  } catch (error) {
    throw error instanceof Error && "errors" in error ? new Failure("The build failed.") : error;
  }
}
