import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { once } from "node:events";
import { test } from "node:test";
import { root } from "../../scripts/bootstrap/paths.mjs";
import { runTask } from "../support/task.ts";

type BadUse = readonly [commandLine: string, says: RegExp];

/** Tasks that are none, with what the one line that answers each has to say. */
const badTasks: readonly BadUse[] = [
  ["", /Unknown task "".*build.*start.*test/],
  ["nonsense", /Unknown task "nonsense"/],
  ["../run", /Unknown task/],
];

/** Command lines of tasks that cannot be obeyed. */
const badUses: readonly BadUse[] = [
  ["build --fast", /Unknown option '--fast'.*npm run build/],
  ["l10n --fast", /Unknown option '--fast'.*npm run l10n/],
  ["l10n --pseudo --missing de", /exclude one another/],
  ["l10n --missing ../de", /"\.\.\/de" is not a language/],
  ["build everything", /Unexpected "everything"/],
  ["test nonsense", /No layer "nonsense".*unit/],
  ["test unit/nonsense", /No "unit\/nonsense" in unit\. Choose one of:.*fleet/],
  ["test types/src", /run types as a whole/],
  ["start --port", /--port.*npm start/],
  ["start --port web", /"web" is not a port/],
  ["start --port 70000", /"70000" is not a port/],
  ["start --desktop --tour", /only one of --port, --desktop and --tour/],
  ["bench", /Choose one of: activation/],
  ["bench nonsense", /Choose one of/],
  ["bench fleet --sets many", /"many" is not a number of at least 1 for --sets.*npm run bench/],
  ["bench fleet --runs 0", /"0" is not a number of at least 1 for --runs/],
  ["sandbox --fleet huge", /"huge" is not a fleet/],
];

function run(command: string, env: NodeJS.ProcessEnv = {}) {
  const [task = "", ...args] = command.split(" ");
  return runTask(task, args, { env });
}

function answersOneLine({ status, stderr, stdout }: ReturnType<typeof run>, says: RegExp): void {
  assert.equal(status, 1);
  assert.equal(stdout, "");
  assert.match(stderr, says);
  assert.equal(stderr.trim().split("\n").length, 1, stderr);
}

for (const [command, says] of badTasks) {
  test(`"${command}" is answered by one line`, () => {
    const words = command === "" ? [] : [command];
    answersOneLine(spawnSync("node", ["scripts/run.mjs", ...words], { cwd: root, encoding: "utf8" }), says);
  });
}

for (const [command, says] of badUses) {
  test(`"${command}" is answered by one line`, () => answersOneLine(run(command), says));
}

test("a port in use is answered by one line", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  assert.ok(address && typeof address === "object");
  try {
    for (const task of ["start", "sandbox"]) {
      answersOneLine(run(`${task} --port ${address.port}`), new RegExp(`Port ${address.port}`));
    }
  } finally {
    other.close();
  }
});

test("a desktop VS Code that is not there is answered by one line", () => {
  const folder = process.execPath.replace(/[\\/][^\\/]*$/, "");
  answersOneLine(run("start --desktop", { PATH: folder }), /No desktop VS Code found/);
});
