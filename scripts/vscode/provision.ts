import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { locked } from "../bootstrap/lock.mjs";
import { npm } from "../bootstrap/npm.mjs";
import { Failure, needSpace } from "../bootstrap/failure.mjs";
import { root, toolchain } from "../bootstrap/paths.mjs";

/** The npm package that carries VS Code's own server, web workbench and extension host, prebuilt. */
const carrier = "code-server@4.139.1";
const carrierIntegrity =
  "sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==";

/** The version of VS Code in it. */
export const vscodeVersion = "1.139.1";

/** Built-in extensions that are large, need native modules or ask for what is not there; none is used here. */
const leftOut = ["copilot", "mermaid-markdown-features", "git", "github", "ms-vscode.*", "terminal-suggest"];

const recipe = join(root, "scripts", "vscode");

/**
 * A real VS Code, installed once from the npm registry, without install scripts and without a compiler.
 * @returns its folder, which holds `out/server-main.js`
 */
export async function provisionVSCode(): Promise<string> {
  const folder = join(toolchain, `vscode-${vscodeVersion}`);
  const wanted = fingerprint();
  const isReady = () => existsSync(stampOf(folder)) && readFileSync(stampOf(folder), "utf8") === wanted;
  if (isReady()) return folder;
  await locked("vscode", async () => {
    if (isReady()) return;
    needSpace(toolchain, 400, `VS Code ${vscodeVersion}`);
    console.error(`Installing VS Code ${vscodeVersion} into ${folder} (once, about 20 s)`);
    const building = `${folder}.new`;
    rmSync(building, { recursive: true, force: true });
    mkdirSync(building, { recursive: true });
    await build(building);
    writeFileSync(stampOf(building), wanted);
    rmSync(folder, { recursive: true, force: true });
    renameSync(building, folder);
  });
  return folder;
}

const stampOf = (folder: string) => join(folder, "recipe");

/** Changes with whatever decides what is installed. */
function fingerprint(): string {
  const replacements = readdirSync(join(recipe, "replacements"), { recursive: true, encoding: "utf8" });
  const hash = createHash("sha256");
  for (const file of [
    "provision.ts",
    "package-lock.json",
    ...replacements.map((name) => join("replacements", name)),
  ]) {
    if (/\.(ts|js|json)$/.test(file)) hash.update(file).update(readFileSync(join(recipe, file)));
  }
  return hash.digest("hex");
}

async function build(folder: string): Promise<void> {
  await unpack(folder);
  const manifest = join(folder, "package.json");
  const { name, version, type } = JSON.parse(readFileSync(manifest, "utf8"));
  const { dependencies } = JSON.parse(readFileSync(join(recipe, "package.json"), "utf8"));
  writeFileSync(manifest, JSON.stringify({ name, version, type, private: true, dependencies }, undefined, 2));
  rmSync(join(folder, "npm-shrinkwrap.json"));
  cpSync(join(recipe, "package-lock.json"), join(folder, "package-lock.json"));
  const what = `the packages of VS Code ${vscodeVersion}`;
  await npm(process.execPath, ["ci", "--omit=dev", "--prefer-offline"], { cwd: folder, what });
  cpSync(join(recipe, "replacements"), join(folder, "node_modules", "@vscode"), { recursive: true });
}

/** Downloads the carrier, checks it and unpacks the VS Code in it. */
async function unpack(folder: string): Promise<void> {
  const packed = await npm(process.execPath, ["pack", carrier], { cwd: folder, what: carrier });
  const archive = join(folder, packed.trim());
  const integrity = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
  if (integrity !== carrierIntegrity)
    throw new Failure(`${carrier} from the npm registry isn't the expected package.`);
  const top = "package/lib/vscode";
  const exclude = leftOut.map((name) => `--exclude=${top}/extensions/${name}`);
  try {
    await promisify(execFile)("tar", [
      "-xzf",
      archive,
      "-C",
      folder,
      "--strip-components=3",
      ...exclude,
      top,
    ]);
  } catch (error) {
    throw new Failure(`Couldn't unpack ${carrier}: ${String(error).split("\n")[1] ?? "tar failed."}`);
  }
  rmSync(archive);
}
