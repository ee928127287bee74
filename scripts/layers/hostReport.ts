import { existsSync, readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import type { Counts } from "./layer.ts";

/**
 * Reads what test/host/index.ts wrote: the lines of mocha's reporter, and the counts beside them once the suite has
 * ended.
 */
export function readReport(file: string): { lines: string; counts: Counts | undefined } {
  return {
    lines: existsSync(file) ? stripVTControlCharacters(readFileSync(file, "utf8")) : "",
    counts: existsSync(`${file}.json`) ? JSON.parse(readFileSync(`${file}.json`, "utf8")) : undefined,
  };
}
