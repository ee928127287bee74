import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { savedFolder } from "../../../../src/commands/session/savedFolder.ts";
import { scratchFolder } from "../../../../scripts/lib/scratch.ts";

test("a folder that is not there is empty; what is written replaces the file whole and leaves nothing beside it", async () => {
  await using scratch = scratchFolder("saved");
  const { path } = scratch;
  const folder = savedFolder(join(path, "fleet"));
  assert.deepEqual([await folder.names(), await folder.read("a.json")], [[], undefined]);
  await folder.remove("a.json");
  await folder.write("a.json", "one, and longer");
  await folder.write("a.json", "two");
  assert.equal(await folder.read("a.json"), "two");
  assert.deepEqual(readdirSync(join(path, "fleet")), ["a.json"]);
  await folder.remove("a.json");
  assert.deepEqual(await folder.names(), []);
});
