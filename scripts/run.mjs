#!/usr/bin/env node
// The one door of every npm script: `node scripts/run.mjs <task> [args]`.
// Plain JavaScript, since it may be started by a Node that is too old for the rest of the project.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure, lineForUser } from "./bootstrap/failure.mjs";
import { dependencies } from "./bootstrap/dependencies.mjs";
import { runToEnd } from "./bootstrap/child.mjs";
import { root } from "./bootstrap/paths.mjs";
import { toolchainNode } from "./bootstrap/node.mjs";

const tasks = join(root, "scripts", "tasks");
const dieWithParent = new URL("./bootstrap/dieWithParent.mjs", import.meta.url).href;

/** @param {string | undefined} task @param {string[]} args */
async function run(task, args) {
  const known = readdirSync(tasks).map((name) => name.replace(/\.ts$/, ""));
  if (!task || !known.includes(task)) {
    throw new Failure(`Unknown task "${task ?? ""}". Tasks: ${known.join(", ")}.`);
  }
  const node = await toolchainNode();
  await dependencies(node);
  return runToEnd(node, ["--import", dieWithParent, join(tasks, `${task}.ts`), ...args], { cwd: root });
}

try {
  const [task, ...args] = process.argv.slice(2);
  process.exitCode = await run(task, args);
} catch (error) {
  const line = lineForUser(error);
  if (line === undefined) throw error;
  console.error(line);
  process.exitCode = 1;
}
