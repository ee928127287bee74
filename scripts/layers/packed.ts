import type { Metafile } from "esbuild";
import { packageExtension } from "../build/package.ts";
import { artifact } from "../lib/artifacts.ts";

export interface Packed {
  /** The vsix file. */
  readonly file: string;
  /** What went into which file of `dist/`. */
  readonly contents: Metafile;
}

let packed: Promise<Packed> | undefined;

/** The extension as a user gets it, built and packed once in a run for all the layers that look at it or use it. */
export function packedOnce(): Promise<Packed> {
  return (packed ??= pack());
}

async function pack(): Promise<Packed> {
  const file = artifact("extension.vsix");
  return { file, contents: await packageExtension(file) };
}
