import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { locked } from "../../scripts/bootstrap/lock.mjs";
import { toolchain } from "../../scripts/bootstrap/paths.mjs";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import { runNode } from "../../scripts/lib/processes.ts";

const names: string[] = [];

function newLock(): { name: string; folder: string } {
  const name = `test-${randomUUID()}`;
  names.push(name);
  return { name, folder: join(toolchain, "locks", name) };
}

after(() =>
  names.forEach((name) => rmSync(join(toolchain, "locks", name), { recursive: true, force: true })),
);

test("the lock is free again when the work is done, and when it has failed", async () => {
  const { name, folder } = newLock();
  assert.equal(await locked(name, async () => existsSync(folder)), true);
  assert.equal(existsSync(folder), false);
  await assert.rejects(
    locked(name, () => Promise.reject(new Error("no disk"))),
    /no disk/,
  );
  assert.equal(existsSync(folder), false);
});

test("processes that start at once do the work one after the other", async () => {
  const { name } = newLock();
  await using scratch = scratchFolder("lock-test");
  const program = join(scratch.path, "worker.mjs");
  const busy = join(scratch.path, "busy");
  const started = join(scratch.path, "started");
  mkdirSync(started);
  writeFileSync(
    program,
    `import { mkdirSync, readdirSync, rmdirSync, writeFileSync } from "node:fs";
     import { join } from "node:path";
     import { setTimeout as delay } from "node:timers/promises";
     import { locked } from ${JSON.stringify(new URL("../../scripts/bootstrap/lock.mjs", import.meta.url).href)};
     writeFileSync(join(${JSON.stringify(started)}, String(process.pid)), "");
     await locked(${JSON.stringify(name)}, async () => {
       mkdirSync(${JSON.stringify(busy)}); // fails if another is at work
       while (readdirSync(${JSON.stringify(started)}).length < 8) await delay(10); // each meets the others
       rmdirSync(${JSON.stringify(busy)});
     });`,
  );
  const runs = await Promise.all(Array.from({ length: 8 }, () => runNode([program])));
  assert.deepEqual(
    runs.filter(({ code }) => code !== 0),
    [],
  );
});

test("the lock of a process that is gone is taken over", async () => {
  const { name, folder } = newLock();
  const ended = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(ended, "exit");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "owner"), String(ended.pid));
  assert.equal(await locked(name, async () => "done"), "done");
});
