import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { bundles } from "../../../scripts/build/bundles.ts";
import { scratchFolder } from "../../../scripts/lib/scratch.ts";
import type { Profile } from "./profile.ts";

/** The same profile with the names and places that functions have in the sources, where it has those of the files that are packed. */
export async function inSources(profile: Profile): Promise<Profile> {
  await using scratch = scratchFolder("bench-maps");
  // What is packed comes without maps; built once more with them it is the same text.
  await esbuild.build({ ...bundles("release"), outdir: scratch.path, sourcemap: "external" });
  const maps = new Map<string, SourceMap>();
  const mapOf = (file: string) => {
    const map =
      maps.get(file) ?? new SourceMap(JSON.parse(readFileSync(join(scratch.path, `${file}.map`), "utf8")));
    maps.set(file, map);
    return map;
  };
  const nodes = profile.nodes.map((node) => {
    const { callFrame } = node;
    const file = builtFile(callFrame.url);
    const entry = file && mapOf(file).findEntry(callFrame.lineNumber, callFrame.columnNumber);
    if (!entry || !("originalSource" in entry)) return node;
    const place = {
      url: entry.originalSource.replace(/^.*?(?=src\/|node_modules\/)/, ""),
      lineNumber: entry.originalLine,
      columnNumber: entry.originalColumn,
    };
    const functionName = callFrame.functionName && ((entry as Named).name ?? callFrame.functionName);
    return { ...node, callFrame: { ...callFrame, ...place, functionName } };
  });
  return { ...profile, nodes };
}

/** What Node answers too, and its types do not tell. */
interface Named {
  readonly name?: string;
}

/** The name of one of the extension's own files; undefined for any other. */
export function builtFile(url: string): string | undefined {
  return /\/scale-set-maintenance\.azure-scale-set-maintenance-[^/]+\/dist\/([\w-]+\.cjs)$/.exec(url)?.[1];
}
