import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { root } from "../../scripts/bootstrap/paths.mjs";

/**
 * Runs a task of `scripts/tasks` to its end, in this Node.js. The door of the npm scripts, `scripts/run.mjs`, does the same in a second
 * process that first looks whether all is installed, which takes longer than most tasks.
 */
export function runTask(
  task: string,
  args: readonly string[],
  { input, env = {} }: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [`scripts/tasks/${task}.ts`, ...args], {
    cwd: root,
    encoding: "utf8",
    input,
    env: { ...process.env, ...env },
  });
}
