import { isDeepStrictEqual } from "node:util";
import type { Parser } from "web-tree-sitter";
import type { ChangeResult, Plan } from "../../../src/core/plans/plan.ts";
import { inEnglish } from "../../../src/core/text/message.ts";
import { exportPlan } from "../../../src/export/code/exportPlan.ts";
import type { CodeLanguage } from "../../../src/export/code/languages.ts";
import type { Bash } from "../az/bash.ts";
import { AzureCliStandIn } from "../az/run.ts";
import { treeOf } from "../treeSitter.ts";
import { holdingsOf, lasting } from "./holdings.ts";
import { PowerShellPlayer } from "./powershell.ts";
import type { World } from "./world.ts";

export const context = { madeAtMs: Date.parse("2026-11-23T09:00:00Z"), cloud: "AzureCloud", say: inEnglish };

/** The text of the one file that a script is. */
export async function scriptOf(language: CodeLanguage, plan: Plan): Promise<string> {
  const [file] = await exportPlan(language, plan, context);
  return file?.text ?? "";
}

/** A plan that our own client has made to its end, and what it left behind. */
export interface Applied {
  readonly seed: number;
  readonly plan: Plan;
  readonly left: ReturnType<typeof lasting>;
}

/** Makes a plan by our own client; undefined where not all of it is done: a plan goes on after a failure, and a script stops there. */
export async function applied(world: World, plan: Plan, seed: number): Promise<Applied | undefined> {
  if (plan.changes.length === 0) return undefined;
  await world.reset();
  const results = await world.azure().apply(plan, { signal: new AbortController().signal });
  return results.every(isDone) ? { seed, plan, left: await leftIn(world) } : undefined;
}

function isDone({ outcome }: ChangeResult): boolean {
  // What would make good a failure has nothing to do.
  return outcome.status === "done" || (outcome.status === "notStarted" && outcome.why === "notNeeded");
}

/** What there is a day after a plan, when all that it began has come to its end. */
export async function leftIn(world: World): Promise<ReturnType<typeof lasting>> {
  world.turnTo(24 * 60);
  return lasting(await holdingsOf(world));
}

/** Runs both scripts of a plan, each in a world as it was before; says by which something else is left, or nothing. */
export async function differences(
  world: World,
  { plan, left }: Applied,
  { bash, parser }: { readonly bash: Bash; readonly parser: Parser },
): Promise<readonly string[]> {
  const found: string[] = [];
  const look = async (who: string, problem: string) => {
    if (problem !== "") found.push(`${who} stopped: ${problem}`);
    else if (!isDeepStrictEqual(await leftIn(world), left)) found.push(`${who} left something else`);
  };
  await world.reset();
  const { status, problem } = await runIn(world, bash, await scriptOf("azure-cli", plan));
  await look("Azure CLI", status === 0 ? "" : problem);
  await world.reset();
  const script = treeOf(parser, await scriptOf("powershell", plan));
  const stopped = await new PowerShellPlayer(world).play(script).then(() => "", String);
  await look("PowerShell", stopped);
  return found;
}

/** Runs a bash script in a world, and gives the calls of az that it made. `lineEnd`: how az ends its lines. */
export async function runIn(
  world: World,
  bash: Bash,
  script: string,
  { words = [], lineEnd = "\n" }: { readonly words?: readonly string[]; readonly lineEnd?: string } = {},
) {
  const az = new AzureCliStandIn(world);
  const ended = await bash.run(
    script,
    async ([first = "", ...rest]) => {
      if (first !== "sleep") {
        const ran = await az.run([first, ...rest]);
        return { ...ran, out: ran.out.replaceAll("\n", lineEnd) };
      }
      world.turn(Number(rest[0]));
      return { status: 0, out: "", problem: "" };
    },
    words,
  );
  return { ...ended, calls: az.calls };
}
