import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../../scripts/bootstrap/failure.mjs";
import type { ServedSandbox } from "../../../scripts/lib/sandbox.ts";
import { scratchFolder } from "../../../scripts/lib/scratch.ts";
import { openBrowser } from "../../../scripts/vscode/browser.ts";
import { startServer } from "../../../scripts/vscode/server.ts";
import { eventually } from "../../support/eventually.ts";
import { readProfile, type Profile } from "./profile.ts";

/** The first reading after the start, one with nothing changed, one after somebody else has changed one set. */
export const phases = ["cold", "warm", "changed"] as const;
export type Phase = (typeof phases)[number];

/** A time in which the event loop did not come back. */
export interface Block {
  /** By the clock of V8's profiles. */
  readonly startUs: number;
  readonly endUs: number;
  /** What the thread of the event loop worked in it; the rest it waited for a processor, or for its garbage collector. */
  readonly cpuMs: number;
}

/** What one reading took in an extension host. */
export interface HostReading {
  readonly phase: Phase;
  readonly firstRowsMs: number;
  readonly settledMs: number;
  readonly cpuMs: number;
  readonly heapMB: number;
  readonly blocks: readonly Block[];
  /** Where it was asked for. */
  readonly profile?: Profile;
}

/** How long a host may take for all readings, in milliseconds. */
const patienceMs = 240_000;

/**
 * The readings of one extension host of a VS Code that has these extensions alone and has never seen a fleet. A profile costs time, so
 * that one is for where the time goes and not for how much it is.
 */
export async function readInHost(
  sandbox: ServedSandbox,
  extensions: readonly string[],
  changeOneSet: () => Promise<void>,
  isProfiled: boolean,
): Promise<readonly HostReading[]> {
  await using scratch = scratchFolder("bench-fleet");
  const report = join(scratch.path, "report");
  const profiles = join(scratch.path, "profiles");
  mkdirSync(profiles);
  const env = {
    ...sandbox.access.env,
    PROBE_REPORT: report,
    PROBE_SANDBOX: new URL(sandbox.url).host,
    ...(isProfiled && { PROBE_PROFILE: profiles }),
  };
  await using server = await startServer({ extensions, env, settings: sandbox.access.settings });
  await using chromium = await openBrowser();
  const page = await chromium.browser.newPage();
  await page.goto(server.url({ ew: "true" }));
  await eventually(() => told(report, 2), patienceMs);
  await changeOneSet();
  writeFileSync(`${report}.changed`, "");
  const readings = await eventually(() => told(report, phases.length), patienceMs);
  if (!isProfiled) return readings;
  return readings.map((reading) => ({
    ...reading,
    profile: readProfile(join(profiles, `${reading.phase}.cpuprofile`)),
  }));
}

/** The first `count` readings that the report tells. */
function told(report: string, count: number): readonly HostReading[] {
  const lines = existsSync(report) ? readFileSync(report, "utf8").split("\n").slice(0, -1) : [];
  const readings = lines.map((line) => JSON.parse(line) as HostReading | { readonly error: string });
  const failed = readings.find((one) => "error" in one);
  if (failed !== undefined) throw new Failure(`The extension host could not measure: ${failed.error}`);
  if (readings.length < count) throw new Failure(`Only ${readings.length} of ${count} readings were told.`);
  return readings as readonly HostReading[];
}
