import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/bootstrap/paths.mjs";
import { dist } from "../../scripts/build/bundles.ts";
import { packageExtension, packFolder } from "../../scripts/build/package.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import type { Measured } from "../../scripts/tasks/bench.ts";
import { openBrowser } from "../../scripts/vscode/browser.ts";
import { startServer } from "../../scripts/vscode/server.ts";
import { eventually } from "../support/eventually.ts";
import { median } from "../support/statistics.ts";

const id = "scale-set-maintenance.azure-scale-set-maintenance";
const starts = 10;

interface Start {
  readonly loadMs: number;
  readonly activateMs: number;
}

/** Sizes of what is shipped, and the times of its first file in extension hosts of a real VS Code, as installed. */
export async function run(): Promise<Measured> {
  await using scratch = scratchFolder("bench-activation");
  const vsix = join(scratch.path, "extension.vsix");
  const probe = join(scratch.path, "probe.vsix");
  await packageExtension(vsix);
  await packFolder(join(root, "test", "bench", "probe"), probe);
  const measured = await activations([vsix, probe], join(scratch.path, "report"));
  const files = readdirSync(dist).filter((file) => file.endsWith(".cjs"));
  const sizes = new Map(files.map((file) => [file, kilobytes(join(dist, file))]));
  const figures = {
    extensionKB: sizes.get("extension.cjs") ?? NaN,
    vsixKB: kilobytes(vsix),
    loadMs: median(measured.map(({ loadMs }) => loadMs)),
    activateMs: median(measured.map(({ activateMs }) => activateMs)),
  };
  const table = [
    ...[...sizes].map(([file, size]) => ({ what: `dist/${file}`, figure: size, unit: "kB" })),
    { what: "vsix", figure: figures.vsixKB, unit: "kB" },
    { what: `load of extension.cjs, median of ${starts}`, figure: figures.loadMs, unit: "ms" },
    { what: `activation, median of ${starts}`, figure: figures.activateMs, unit: "ms" },
  ];
  return { figures, table };
}

/** Opens one window after the other on a server: each has a new extension host. */
async function activations(extensions: readonly string[], report: string): Promise<readonly Start[]> {
  const env = { PROBE_EXTENSION: id, PROBE_REPORT: report };
  await using server = await startServer({ extensions, env });
  await using chromium = await openBrowser();
  for (let start = 1; start <= starts; start++) {
    const page = await chromium.browser.newPage();
    await page.goto(server.url({ ew: "true" }));
    await eventually(() => {
      if (readReport(report).length < start) throw new Error(`Start ${start} did not report its times`);
    }, 60_000);
    await page.close();
  }
  return readReport(report);
}

function readReport(file: string): readonly Start[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Start);
}

/** In units of 1,000 bytes, to one decimal place. */
function kilobytes(file: string): number {
  return Math.round(statSync(file).size / 100) / 10;
}
