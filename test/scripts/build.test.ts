import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { removeLeftovers } from "../../scripts/build/build.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";

test("a build leaves what it wrote and folders, and no file of another build", async () => {
  await using scratch = scratchFolder("build-test");
  for (const name of ["extension.cjs", "extension.cjs.map", "renamed.cjs"]) {
    writeFileSync(join(scratch.path, name), "");
  }
  mkdirSync(join(scratch.path, "test"));
  removeLeftovers(scratch.path, ["dist/extension.cjs"]);
  assert.deepEqual(readdirSync(scratch.path).sort(), ["extension.cjs", "test"]);
});
