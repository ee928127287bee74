import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { atEnd } from "../bootstrap/cleanup.mjs";
import { locked } from "../bootstrap/lock.mjs";
import { Failure } from "../bootstrap/failure.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The browser that the workbench is driven in: the one the variable CHROMIUM names, one on the PATH, Playwright's own,
 * or the distribution's, installed where this process may do that.
 * @returns its program
 */
export async function findChromium(): Promise<string> {
  const named = process.env["CHROMIUM"];
  if (named && !existsSync(named)) throw new Failure(`CHROMIUM names ${named}, which does not exist.`);
  return named ?? installed() ?? (await locked("chromium", async () => installed() ?? install()));
}

function installed(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, chromium.executablePath()].find((file) => existsSync(file));
}

async function install(): Promise<string> {
  const advice = "Install Chromium, or name one in the variable CHROMIUM.";
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Failure(`No Chromium found. Only root on Debian or Ubuntu can install it. ${advice}`);
  }
  console.error("Installing Chromium with apt-get (once, about a minute)");
  const packages = ["install", "--yes", "--no-install-recommends", "chromium"];
  const complaint = (await aptGet(packages)) && ((await aptGet(["update"])) || (await aptGet(packages)));
  const file = installed();
  if (!file) throw new Failure(`apt-get couldn't install Chromium: ${complaint}. ${advice}`);
  return file;
}

/** Answers the last line of what apt-get complained of, or nothing if it succeeded. */
async function aptGet(args: readonly string[]): Promise<string> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = spawn("apt-get", ["-qq", ...args], { env, stdio: ["ignore", "ignore", "pipe"] });
  await using _apt = atEnd(() => apt.kill());
  let errors = "";
  apt.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = (await once(apt, "close")) as [number | null];
  return code === 0 ? "" : (errors.trim().split("\n").at(-1) ?? "it failed without a word");
}
