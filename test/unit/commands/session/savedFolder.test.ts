import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { savedFolder } from "../../../../src/commands/session/savedFolder.ts";

test("a folder that is not there is empty; what is written replaces the file whole and leaves nothing beside it", async () => {
  const path = mkdtempSync(join(tmpdir(), "saved-"));
  try {
    const folder = savedFolder(join(path, "fleet"));
    assert.deepEqual([await folder.names(), await folder.read("a.json")], [[], undefined]);
    await folder.remove("a.json");
    await folder.write("a.json", "one, and longer");
    await folder.write("a.json", "two");
    assert.equal(await folder.read("a.json"), "two");
    assert.deepEqual(readdirSync(join(path, "fleet")), ["a.json"]);
    await folder.remove("a.json");
    assert.deepEqual(await folder.names(), []);
  } finally {
    rmSync(path, { recursive: true });
  }
});
