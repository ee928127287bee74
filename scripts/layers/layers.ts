import { findChromium } from "../vscode/chromium.ts";
import { provisionVSCode } from "../vscode/provision.ts";
import * as checks from "./checks.ts";
import { host } from "./host.ts";
import type { Layer } from "./layer.ts";
import { nodeLayer, sharedNodeLayer } from "./nodeTests.ts";
import { packageLayer } from "./package.ts";
import { ui } from "./ui.ts";
import { unit } from "./unit.ts";

interface Entry {
  readonly run: Layer;
  /** Whether its tests are files that can be chosen. */
  readonly hasFiles?: true;
  /** Whether it needs a VS Code and a browser. */
  readonly inVSCode?: true;
}

/** All the layers of the tests, in the order in which they are listed. */
export const layers = {
  format: { run: checks.format },
  lint: { run: checks.lint },
  types: { run: checks.types },
  package: { run: packageLayer },
  unit: { run: unit, hasFiles: true },
  contract: { run: sharedNodeLayer(120_000), hasFiles: true },
  // What Node.js once trusted it trusts as long as the process runs.
  faults: { run: sharedNodeLayer(120_000, ["faults/network"]), hasFiles: true },
  model: { run: nodeLayer(240_000), hasFiles: true },
  host: { run: host, inVSCode: true },
  scripts: { run: nodeLayer(240_000), hasFiles: true, inVSCode: true },
  ui: { run: ui, hasFiles: true, inVSCode: true },
} as const satisfies Readonly<Record<string, Entry>>;

export type LayerName = keyof typeof layers;

/**
 * Those that run one after the other; the lanes run side by side. The UI mostly waits for a browser, and leaves time to the
 * others. Whatever writes `dist/` is in one lane: `package`, and `scripts`, which comes after those that use what is built.
 */
export const lanes: readonly (readonly LayerName[])[] = [
  ["package", "format", "lint", "types", "unit", "contract", "faults", "model", "host", "scripts"],
  ["ui"],
];

/** Installs what the layers in VS Code need. */
export async function prepareVSCode(): Promise<void> {
  await Promise.all([provisionVSCode(), findChromium()]);
}
