import { statSync } from "node:fs";
import { join } from "node:path";
import { packageExtension, packedFiles } from "../build/package.ts";
import { scratchFolder } from "../lib/scratch.ts";
import { add, verdict, type Counts } from "./layer.ts";

/** In bytes: what a user downloads. */
const budget = 500 * 1000;

/** All that may be packed; the files that must be are those of the first line. */
const required = [
  "package.json",
  "package.nls.json",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  "dist/extension.cjs",
];
const allowed = [
  /^dist\/(extension|arm|sandbox|telemetry|flows)\.cjs$/,
  /^media\//,
  /^telemetry\.json$/,
  /^l10n\/bundle\.l10n[\w.-]*\.json$/,
];

/** Packs the extension and looks at what is in it. */
export async function packageLayer(): Promise<Counts> {
  await using scratch = scratchFolder("package");
  const vsix = join(scratch.path, "extension.vsix");
  await packageExtension(vsix);
  const size = statSync(vsix).size;
  const files = await packedFiles();
  const missing = required.filter((file) => !files.includes(file));
  const unexpected = files.filter(
    (file) => !required.includes(file) && !allowed.some((rule) => rule.test(file)),
  );
  return [
    expect("the vsix is within its budget", size <= budget, `${size} of ${budget} bytes`),
    expect("every file that a user needs is packed", missing.length === 0, `missing: ${missing.join(", ")}`),
    expect("nothing else is packed", unexpected.length === 0, `unexpected: ${unexpected.join(", ")}`),
  ].reduce(add);
}

function expect(title: string, holds: boolean, observed: string): Counts {
  console.log(holds ? `✔ ${title}` : `✖ ${title} (${observed})`);
  return verdict(holds);
}
