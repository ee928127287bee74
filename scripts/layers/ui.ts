import { packageExtension } from "../build/package.ts";
import { artifact } from "../lib/artifacts.ts";
import type { Counts } from "./layer.ts";
import { nodeTests } from "./nodeTests.ts";

/** Runs the tests of test/ui, each file with a VS Code of its own, on one packed extension. */
export async function ui(): Promise<Counts> {
  const vsix = artifact("extension.vsix");
  await packageExtension(vsix);
  return nodeTests("ui", { parallel: 1, patience: 240_000, env: { EXTENSION_VSIX: vsix } });
}
