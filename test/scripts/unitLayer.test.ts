import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/bootstrap/paths.mjs";
import { filesOf, nameOf } from "../../scripts/layers/testFiles.ts";
import { apart } from "../../scripts/layers/unit.ts";

test("the files that have a process to themselves are those whose hooks would reach every test of a room", () => {
  const hooked = filesOf("unit").filter((file) =>
    /^(beforeEach|afterEach|registerHooks)\(/m.test(readFileSync(join(root, file), "utf8")),
  );
  assert.deepEqual(hooked.map(nameOf), [...apart]);
});
