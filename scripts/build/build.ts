import * as esbuild from "esbuild";
import { Failure } from "../bootstrap/failure.mjs";
import { bundles, type Mode } from "./bundles.ts";

/** Builds the extension's files once. esbuild itself prints what is wrong with a source. */
export async function build(mode: Mode): Promise<void> {
  try {
    await esbuild.build(bundles(mode));
  } catch (error) {
    throw error instanceof Error && "errors" in error ? new Failure("The build failed.") : error;
  }
}
