import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
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

function install(): string {
  const wayOut = "Install Chromium, or name one in the variable CHROMIUM.";
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Failure(
      `No Chromium was found, and it can be installed only as root on Debian or Ubuntu. ${wayOut}`,
    );
  }
  console.error("Installing Chromium with apt-get (once, about a minute)");
  const apt = (...args: string[]) =>
    spawnSync("apt-get", ["-qq", ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", "ignore", "pipe"],
      encoding: "utf8",
    });
  const packages = ["install", "--yes", "--no-install-recommends", "chromium"];
  let done = apt(...packages);
  if (done.status !== 0) {
    apt("update"); // the lists may be old, or not there at all
    done = apt(...packages);
  }
  const file = installed();
  if (!file) throw new Failure(`apt-get could not install Chromium: ${lastLine(done.stderr)}. ${wayOut}`);
  return file;
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
