import { createVSIX, listFiles, PackageManager } from "@vscode/vsce";
import { root } from "../bootstrap/paths.mjs";
import { build } from "./build.ts";

/** Builds the extension for release and packs it into a vsix file. Dependencies are in the built files already. */
export async function packageExtension(file: string): Promise<void> {
  await build("release");
  await createVSIX({ cwd: root, packagePath: file, dependencies: false });
}

/** The files that would be packed, relative to the top. */
export async function packedFiles(): Promise<string[]> {
  return (await listFiles({ cwd: root, packageManager: PackageManager.None })).sort();
}
