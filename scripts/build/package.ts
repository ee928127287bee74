import { renameSync } from "node:fs";
import { join } from "node:path";
import { listFiles, PackageManager } from "@vscode/vsce";
import type { Metafile } from "esbuild";
import { Failure } from "../bootstrap/failure.mjs";
import { root } from "../bootstrap/paths.mjs";
import { runNode } from "../lib/processes.ts";
import { build } from "./build.ts";
import { writeNotices } from "./notices.ts";

/**
 * Builds the extension for release and packs it into a vsix file. Dependencies are in the built files already, their notices beside them.
 * @returns what went into which file of dist/
 */
export async function packageExtension(file: string): Promise<Metafile> {
  const contents = await build("release");
  writeNotices(contents);
  await packFolder(root, file);
  return contents;
}

/** Packs an extension as its folder is. */
export async function packFolder(folder: string, file: string): Promise<void> {
  const fresh = `${file}.${process.pid}.vsix`; // put in place at once: other runs may be reading the old one
  const vsce = join(root, "node_modules", "@vscode", "vsce", "vsce");
  const options = ["--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", fresh];
  const { code, output } = await runNode([vsce, "package", ...options], { cwd: folder });
  if (code !== 0) throw new Failure(`Couldn't pack ${folder}: ${output.trim()}`);
  renameSync(fresh, file);
}

/** The files that would be packed, relative to the top. */
export async function packedFiles(): Promise<string[]> {
  return (await listFiles({ cwd: root, packageManager: PackageManager.None })).sort();
}
