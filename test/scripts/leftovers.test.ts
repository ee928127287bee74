import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { removeLeftovers } from "../../scripts/lib/leftovers.ts";
import { ownNode, runNode, type Owned } from "../../scripts/lib/processes.ts";
import { hasEnded, identity } from "../../scripts/lib/processIdentity.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";

const module = new URL("../../scripts/lib/scratch.ts", import.meta.url).href;

/** A place for temporary files of its own, so that other tests see nothing of it. */
function ownTemp(path: string) {
  const env = { ...process.env, TMPDIR: path, TEMP: path, TMP: path };
  const program = join(path, "owner.mjs");
  writeFileSync(
    program,
    `import { scratchFolder } from ${JSON.stringify(module)};
     import { writeFileSync } from "node:fs";
     import { join } from "node:path";
     const { path } = scratchFolder("test");
     writeFileSync(join(path, "file"), "");
     console.log(path);
     if (process.argv[2] === "stay") setInterval(() => undefined, 1000);
     else process.kill(process.pid, "SIGKILL");`,
  );
  const folders = () => readdirSync(path).filter((name) => name.startsWith("scale-set-"));
  /** Starts a process with a folder, which stays. */
  const staying = async (): Promise<{ readonly owner: Owned; readonly folder: string }> => {
    const owner = ownNode([program, "stay"], { env, stdio: "pipe" });
    const [line] = await once(createInterface(owner.child.stdout ?? assert.fail()), "line");
    return { owner, folder: basename(String(line)) };
  };
  /** Starts a process that is killed once it has a folder. */
  const killed = async (): Promise<string> => basename((await runNode([program], { env })).output.trim());
  return { folders, staying, killed };
}

test("what a killed process left goes when the next one makes its folder; that of a living one stays", async () => {
  await using scratch = scratchFolder("leftovers-test");
  const temp = ownTemp(scratch.path);
  const left = await temp.killed();
  assert.deepEqual(temp.folders(), [left]);
  const { owner, folder } = await temp.staying();
  await using _ = owner;
  assert.deepEqual(temp.folders(), [folder]);
  const next = await temp.killed();
  assert.deepEqual(temp.folders().toSorted(), [folder, next].toSorted());
});

test("processes that start at once remove what was left together", async () => {
  await using scratch = scratchFolder("leftovers-test");
  const temp = ownTemp(scratch.path);
  const left = await temp.killed();
  const copies = Array.from({ length: 20 }, (_, index) => left.replace(/\w{6}$/, `copy${10 + index}`));
  for (const copy of copies) {
    mkdirSync(join(scratch.path, copy, "deep"), { recursive: true, mode: 0o700 });
    for (let file = 0; file < 20; file++) writeFileSync(join(scratch.path, copy, "deep", String(file)), "");
  }
  await using stack = new AsyncDisposableStack();
  const started = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const { owner, folder } = await temp.staying();
      stack.use(owner);
      return folder;
    }),
  );
  assert.deepEqual(temp.folders().toSorted(), started.toSorted());
});

test("nothing goes that is not known to be left: other names, links, files, and folders that are open to others", async () => {
  await using scratch = scratchFolder("leftovers-test");
  const temp = ownTemp(scratch.path);
  const left = await temp.killed();
  const named = (ending: string) => join(scratch.path, left.replace(/\w{6}$/, ending));
  const target = join(scratch.path, "target");
  mkdirSync(target, { mode: 0o700 });
  symlinkSync(target, named("linked"));
  writeFileSync(named("a_file"), "");
  mkdirSync(named("opened"));
  chmodSync(named("opened"), 0o755);
  mkdirSync(named("toolong"), { mode: 0o700 });
  mkdirSync(join(scratch.path, left.replace(/^scale-set-/, "other-")), { mode: 0o700 });
  mkdirSync(join(scratch.path, "scale-set-without-owner-a1b2c3"), { mode: 0o700 });
  const before = readdirSync(scratch.path).filter((name) => name !== left);
  removeLeftovers(scratch.path);
  assert.deepEqual(readdirSync(scratch.path), before);
  mkdirSync(join(scratch.path, left), { mode: 0o700 });
  const { getuid } = process;
  if (getuid === undefined) return;
  process.getuid = () => getuid() + 1;
  try {
    removeLeftovers(scratch.path);
  } finally {
    process.getuid = getuid;
  }
  assert.ok(readdirSync(scratch.path).includes(left), "another account's");
});

test("a process is told from a later one with its number, and not judged from another container", () => {
  assert.equal(hasEnded(identity()), false);
  assert.equal(hasEnded(String(process.pid)), false, "by its number alone, as elsewhere than on Linux");
  const [pid, started, namespace] = identity().split(".");
  if (started === undefined || namespace === undefined) return;
  const earlier = (parseInt(started, 36) - 1).toString(36);
  const elsewhere = (parseInt(namespace, 36) - 1).toString(36);
  assert.equal(hasEnded(`${pid}.${earlier}.${namespace}`), true);
  assert.equal(hasEnded(`${pid}.${earlier}.${elsewhere}`), false);
});
