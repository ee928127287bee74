import * as esbuild from "esbuild";
import { Failure } from "../bootstrap/failure.mjs";
import { bundles, type Mode } from "./bundles.ts";

/**
 * Builds the extension's files once. esbuild itself prints what is wrong with a source.
 * @returns what went into which file
 */
export async function build(mode: Mode): Promise<esbuild.Metafile> {
  try {
    const { metafile } = await esbuild.build({ ...bundles(mode), metafile: true });
    return metafile;
  } catch (error) {
    throw error instanceof Error && "errors" in error ? new Failure("The build failed.") : error;
  }
}
