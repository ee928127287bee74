import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { atEnd } from "./cleanup.mjs";
import { Failure } from "./failure.mjs";

/**
 * Runs npm under the given Node: npm picks versions by the Node it runs under, so the one that starts a script must not
 * decide. Quiet unless it fails.
 * @param {string} node
 * @param {string[]} args
 * @param {{ cwd: string, what: string }} options what: what is being installed, for messages
 * @returns {Promise<string>} its standard output
 */
export async function npm(node, args, { cwd, what }) {
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  const child = spawn(node, [npmCli(), ...args, ...flags], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const owned = atEnd(() => child.kill());
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (errors += chunk));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  await owned[Symbol.asyncDispose]();
  if (code !== 0) throw new Failure(`Couldn't install ${what}: ${reasonOf(errors)}`);
  return output;
}

/** npm's own program: the npm that runs us, the one next to this Node, or the first on the PATH. */
function npmCli() {
  const nodeFolder = dirname(process.execPath);
  const candidates = [
    process.env["npm_execpath"],
    join(nodeFolder, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    join(nodeFolder, "node_modules", "npm", "bin", "npm-cli.js"),
    ...(process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "npm")),
  ];
  for (const candidate of candidates) {
    if (candidate && existsSync(candidate)) {
      const file = realpathSync(candidate);
      if (file.endsWith("npm-cli.js")) return file;
    }
  }
  throw new Failure("npm not found. Install Node.js together with npm.");
}

/** @param {string} errors what npm wrote */
function reasonOf(errors) {
  if (/\bENOSPC\b/.test(errors)) return "no space left on the disk.";
  if (/\b(EACCES|EROFS)\b/.test(errors)) return "the folder can't be written to.";
  if (
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/.test(errors)
  ) {
    return "the npm registry can't be reached.";
  }
  const lines = errors.split("\n").map((line) => line.replace(/^npm (error|warn)\s*/, ""));
  return lines.filter(Boolean).slice(0, 3).join(" ") || "npm failed without a word.";
}
