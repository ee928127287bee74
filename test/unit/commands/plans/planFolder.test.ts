import assert from "node:assert/strict";
import { readFile, writeFile, chmod, mkdir, stat, symlink } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { folderOnDisk } from "../../../../src/commands/plans/planFolder.ts";
import { folderInMemory } from "../../../../src/fleet/plans/planFolder.ts";
import type { PlanFolder } from "../../../../src/fleet/plans/planFolder.ts";
import { scratchFolder } from "../../../../scripts/lib/scratch.ts";

const scratch = scratchFolder("plan-folder");
const place = scratch.path;
test.after(() => scratch[Symbol.asyncDispose]());

const folders: Readonly<Record<string, () => PlanFolder>> = {
  "on the disk": () => folderOnDisk(join(place, globalThis.crypto.randomUUID(), "plans")),
  "in memory": () => folderInMemory(),
};

for (const [name, newFolder] of Object.entries(folders)) {
  test(`a folder ${name} makes a file once, and then adds to it`, async () => {
    const folder = newFolder();
    assert.deepEqual(await folder.list(), []);
    assert.equal(await folder.read("a"), undefined);
    const made = await Promise.all(Array.from({ length: 5 }, (_, index) => folder.create("a", `${index}\n`)));
    assert.deepEqual(made.filter(Boolean), [true]);
    const first = await folder.read("a");
    await folder.append("a", "more\n");
    folder.appendNow("a", "now\n");
    assert.equal(await folder.read("a"), `${first}more\nnow\n`);
    assert.deepEqual(await folder.list(), [{ name: "a", size: 11 }]);
    assert.deepEqual(
      [await folder.readEnd("a", 4), await folder.readEnd("a", 99)],
      ["now\n", `${first}more\nnow\n`],
    );
    assert.equal(await folder.readEnd("b", 4), undefined);
    assert.deepEqual([await folder.has("a"), await folder.has("b")], [true, false]);
    await assert.rejects(folder.append("b", "text"));
    await folder.delete("a");
    await folder.delete("a");
    assert.deepEqual(await folder.list(), []);
  });
}

test("two folders on the same place see one another's files", async () => {
  const path = join(place, "shared");
  const [one, other] = [folderOnDisk(path), folderOnDisk(path)];
  assert.equal(await one.create("a", "x"), true);
  assert.equal(await other.create("a", "y"), false);
  assert.equal(await other.read("a"), "x");
});

test("what is no folder is told, not taken for an empty one", async () => {
  const path = join(place, "file");
  await writeFile(path, "text");
  await assert.rejects(folderOnDisk(path).list(), /ENOTDIR/);
  await assert.rejects(folderOnDisk(path).create("a", "x"));
  assert.equal(await readFile(path, "utf8"), "text");
});

test("what is in it beside files is listed, and reading it is refused at once: a folder, links, a pipe", async () => {
  const path = join(place, "beside");
  const folder = folderOnDisk(path);
  await folder.create("file", "text");
  await mkdir(join(path, "folder"));
  await symlink(join(path, "file"), join(path, "link"));
  await symlink(join(path, "nowhere"), join(path, "dangling"));
  await symlink(join(path, "loop"), join(path, "loop"));
  const others = ["folder", "link", "dangling", "loop"];
  if (process.platform !== "win32") {
    execFileSync("mkfifo", [join(path, "pipe")]);
    others.push("pipe");
  }
  const names = (await folder.list()).map(({ name }) => name);
  assert.deepEqual(names.toSorted(), ["file", ...others].toSorted());
  for (const name of others) {
    await assert.rejects(folder.read(name), /not a file/, name);
    await assert.rejects(folder.readEnd(name, 10), /not a file/, name);
  }
  await assert.rejects(folder.append("link", "more"));
  assert.throws(() => folder.appendNow("link", "more"));
  assert.equal(await folder.read("file"), "text");
});

/** Windows has none. */
const hasModes = process.platform !== "win32";

test("only the user may read what is in it", { skip: !hasModes }, async () => {
  const path = join(place, "private", "plans", "key");
  const folder = folderOnDisk(path);
  const modeOf = async (name: string) => ((await stat(join(path, name))).mode & 0o777).toString(8);
  const umask = process.umask(0);
  try {
    await folder.create("plan", "text");
    await folder.create("plan.lease-2", "text");
    await folder.append("plan", "more");
    folder.appendNow("plan", "now");
  } finally {
    process.umask(umask);
  }
  assert.deepEqual([await modeOf("plan"), await modeOf("plan.lease-2")], ["600", "600"]);
  assert.deepEqual([await modeOf("."), await modeOf("..")], ["700", "700"]);
});

test(
  "what others could read from before they can no more once it is opened",
  { skip: !hasModes },
  async () => {
    const path = join(place, "open");
    await mkdir(path);
    for (const name of ["read", "ended", "added"]) {
      await writeFile(join(path, name), "text");
      await chmod(join(path, name), 0o644);
    }
    await chmod(path, 0o755);
    const folder = folderOnDisk(path);
    await folder.list();
    await folder.read("read");
    await folder.readEnd("ended", 10);
    await folder.append("added", "more");
    for (const name of ["read", "ended", "added"])
      assert.equal((await stat(join(path, name))).mode & 0o777, 0o600, name);
    assert.equal((await stat(path)).mode & 0o777, 0o700);
  },
);
