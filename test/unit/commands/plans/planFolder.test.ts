import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
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
