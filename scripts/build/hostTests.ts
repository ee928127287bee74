import { globSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { root } from "../bootstrap/paths.mjs";
import { dist } from "./bundles.ts";

/** The folder that VS Code is given as `extensionTestsPath`'s; beside the built extension, and not packed. */
const folder = join(dist, "test", "host");

/** The modules whose `run` VS Code calls: of the suite, and of that for a VS Code in German. */
export const hostTests = join(folder, "index.cjs");
export const germanHostTests = join(folder, "de", "index.cjs");

/** Builds the suite that runs in the extension host, beside the extension as it is built already. */
export async function buildHostTests(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await esbuild.build({
    entryPoints: globSync("test/host/**/{index,*.test}.ts", { cwd: root }).map((file) => join(root, file)),
    outdir: folder,
    outbase: join(root, "test", "host"),
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
}
