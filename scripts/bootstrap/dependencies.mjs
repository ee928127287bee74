import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { needSpace } from "./failure.mjs";
import { locked } from "./lock.mjs";
import { npm } from "./npm.mjs";
import { root } from "./paths.mjs";

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages */

/**
 * Installs the packages of package-lock.json unless they are there.
 * @param {string} node the Node to run npm with
 */
export async function dependencies(node) {
  if (areInstalled()) return;
  await locked("node_modules", async () => {
    if (areInstalled()) return;
    needSpace(root, 450, "node_modules");
    console.error("Installing the packages of package-lock.json");
    await npm(node, ["ci", "--prefer-offline"], { cwd: root, what: "the packages of package-lock.json" });
  });
}

/**
 * npm records what it installed in a lock file inside node_modules, written last: it is compared with ours. Optional
 * packages may be missing, they are for other platforms.
 */
function areInstalled() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = packagesOf(join(root, "package-lock.json"));
  const installed = packagesOf(record);
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || (path in installed ? installed[path]?.version === version : optional === true),
  );
}

/** @param {string} file @returns {Packages} */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}
