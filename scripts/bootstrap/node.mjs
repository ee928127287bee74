import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, needSpace } from "./failure.mjs";
import { locked } from "./lock.mjs";
import { npm } from "./npm.mjs";
import { toolchain } from "./paths.mjs";

/** Runs the project's TypeScript directly, and the VS Code server under test. */
const version = "24.21.0";

/** Where the npm registry has that version; elsewhere the user's own Node has to be new enough. */
const platforms = ["linux-x64", "linux-arm64", "win-x64"];

/** @returns {Promise<string>} the Node to run everything with: this one if it is new enough, else one from npm */
export async function toolchainNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= 24) return process.execPath;
  const platform = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  if (!platforms.includes(platform)) {
    throw new Failure(
      `Node 24 or later is required. This is ${process.version}, and npm has no Node for ${platform}.`,
    );
  }
  const folder = join(toolchain, "node");
  const name = `node-${platform}`;
  const program = join(
    folder,
    "node_modules",
    name,
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  if (existsSync(program)) return program;
  return locked("node", async () => {
    if (existsSync(program)) return program;
    needSpace(toolchain, 250, `Node ${version}`);
    console.error(`Installing Node ${version} into ${folder} (once)`);
    const building = `${folder}.new`;
    rmSync(building, { recursive: true, force: true });
    mkdirSync(building, { recursive: true });
    writeFileSync(join(building, "package.json"), JSON.stringify({ private: true }));
    await npm(process.execPath, ["install", `${name}@${version}`], {
      cwd: building,
      what: `Node ${version}`,
    });
    rmSync(folder, { recursive: true, force: true });
    renameSync(building, folder);
    return program;
  });
}
