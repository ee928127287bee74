import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../../scripts/bootstrap/failure.mjs";
import { runNode } from "../../scripts/lib/processes.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import type { Measured } from "../../scripts/tasks/bench.ts";
import { median } from "../support/statistics.ts";

const processes = 7;
const cold = (name: string) => fileURLToPath(new URL(`cold/${name}.ts`, import.meta.url));

interface Paint {
  readonly ms: number;
  readonly readMs: number;
  readonly decodeMs: number;
  readonly storeMs: number;
  readonly nodesMs: number;
  readonly nodes: number;
  readonly afterMs: number;
  readonly afterBlockMs: number;
}

/** What the store of the large generated fleet costs, and how soon a window shows what an earlier one saved. */
export async function run(): Promise<Measured> {
  await using scratch = scratchFolder("bench-store");
  const file = join(scratch.path, "fleet.json");
  const { states, ...filled } = (await printed(["--expose-gc", cold("fleetFile"), file])) as Readonly<
    Record<string, number>
  > & { readonly states: Readonly<Record<string, number>> };
  const paints: Paint[] = [];
  for (let count = 0; count < processes; count++) {
    paints.push((await printed([cold("fleetPaint"), file])) as Paint);
  }
  const of = (part: keyof Paint) => median(paints.map((paint) => paint[part]));
  const figures = { firstPaintMs: of("ms"), restBlockMs: of("afterBlockMs"), ...filled } as Record<
    string,
    number
  >;
  const row = (what: string, name: string, unit: string) => ({ what, figure: figures[name] ?? NaN, unit });
  return {
    figures,
    table: [
      row(`file → ${of("nodes")} nodes, median of ${processes} new processes`, "firstPaintMs", "ms"),
      { what: "· of it reading the file", figure: of("readMs"), unit: "ms" },
      { what: "· decoding it", figure: of("decodeMs"), unit: "ms" },
      { what: "· making the snapshot", figure: of("storeMs"), unit: "ms" },
      { what: "· the counts, the nodes and what they show", figure: of("nodesMs"), unit: "ms" },
      { what: "what is made of it after that", figure: of("afterMs"), unit: "ms" },
      row("· the longest without a pause", "restBlockMs", "ms"),
      row("one changed set → the snapshot", "changeMs", "ms"),
      row("one changed set → nodes to refresh", "nodesRefreshed", ""),
      row("text filter over all scale sets", "filterMs", "ms"),
      row("records grouped by state", "groupMs", "ms"),
      row("saving", "saveMs", "ms"),
      row("· the longest without a pause", "saveStretchMs", "ms"),
      row("the saved file", "fileKB", "kB"),
      row("heap of the store", "heapMB", "MB"),
      ...Object.entries(states).map(([state, count]) => ({
        what: `scale sets: ${state}`,
        figure: count,
        unit: "",
      })),
    ],
  };
}

async function printed(args: readonly string[]): Promise<unknown> {
  const { code, output } = await runNode(args);
  if (code !== 0) throw new Failure(output.trim());
  return JSON.parse(output);
}
