import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../../scripts/bootstrap/failure.mjs";
import type { ServedSandbox } from "../../../scripts/lib/sandbox.ts";
import { scratchFolder } from "../../../scripts/lib/scratch.ts";
import { openBrowser } from "../../../scripts/vscode/browser.ts";
import { startServer } from "../../../scripts/vscode/server.ts";
import { eventually } from "../../support/eventually.ts";
import type { Reading } from "./figures.ts";
import { changeOneSet, someSet } from "./foreignChange.ts";
import { type Phase, phases } from "./phases.ts";
import { type Profile, readProfile, timesIn } from "./profile.ts";
import { builtFile } from "./sources.ts";

/** A time in which the event loop did not come back. */
interface Block {
  /** By the clock of V8's profiles. */
  readonly startUs: number;
  readonly endUs: number;
  /** What the thread of the event loop worked in it; the rest it waited for a processor, or for its garbage collector. */
  readonly cpuMs: number;
}

/** What the probe tells of one reading. */
interface ReportedReading {
  readonly phase: Phase;
  readonly firstRowsMs: number;
  readonly settledMs: number;
  readonly cpuMs: number;
  /** Only where there is a profile. */
  readonly heapMB: number | null;
  readonly blocks: readonly Block[];
}

/** What one reading took in an extension host: with a profile how long others waited and what of the heap it took, else all but that. */
export interface HostReading extends Reading {
  readonly phase: Phase;
  readonly profile?: Profile;
}

/** A host that looks for no ports: VS Code reads the folders of all processes for them every few seconds, which would pass for a part of a reading. */
const quietHost = { "remote.autoForwardPorts": false };

/** How long a host may take for all readings, in milliseconds. */
const patienceMs = 600_000;

/**
 * The readings of one extension host of a VS Code that has these extensions alone and has never seen a fleet. A profile tells which blocks are
 * the extension's own, and costs time as collecting garbage does, so that the other figures are those of hosts without one.
 */
export async function readInHost(
  sandbox: ServedSandbox,
  extensions: readonly string[],
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
  const settings = { ...sandbox.access.settings, ...quietHost };
  await using server = await startServer({ extensions, env, settings });
  await using chromium = await openBrowser();
  const page = await chromium.browser.newPage();
  await page.goto(server.url({ ew: "true" }));
  await eventually(() => readingsIn(report, 2), patienceMs);
  await changeOneSet(sandbox, await someSet(sandbox));
  writeFileSync(`${report}.changed`, "");
  const readings = await eventually(() => readingsIn(report, phases.length), patienceMs);
  // JSON has null for the time of what did not happen.
  if (readings.some(({ firstRowsMs }) => typeof firstRowsMs !== "number"))
    throw new Failure("The Fleet view gave no rows.");
  return readings.map(({ phase, blocks, heapMB, ...reading }) => {
    if (!isProfiled) return { phase, ...reading };
    const profile = readProfile(join(profiles, `${phase}.cpuprofile`));
    const times = timesIn(profile, (url) => builtFile(url) !== undefined);
    const own = blocks.filter(({ startUs, endUs }) => times.some((time) => time >= startUs && time <= endUs));
    return {
      phase,
      profile,
      longestBlockMs: Math.max(0, ...own.map(({ startUs, endUs }) => (endUs - startUs) / 1000)),
      longestBlockCpuMs: Math.max(0, ...own.map(({ cpuMs }) => cpuMs)),
      ...(heapMB !== null && { heapMB }),
    };
  });
}

/** The first `count` readings that the report tells. */
function readingsIn(report: string, count: number): readonly ReportedReading[] {
  const lines = existsSync(report) ? readFileSync(report, "utf8").split("\n").slice(0, -1) : [];
  const readings = lines.map((line) => JSON.parse(line) as ReportedReading | { readonly error: string });
  const failed = readings.find((one) => "error" in one);
  if (failed !== undefined) throw new Failure(`The extension host could not measure: ${failed.error}`);
  if (readings.length < count)
    throw new Failure(`Only ${readings.length} of ${count} readings were reported.`);
  return readings as readonly ReportedReading[];
}
