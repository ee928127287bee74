import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runTests } from "../../scripts/layers/nodeTests.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";

/** Runs test files with these sources in one process; answers what was found and what was said. */
async function run(...sources: readonly string[]) {
  await using scratch = scratchFolder("node-tests-test");
  const files = sources.map((source, index) => {
    const file = join(scratch.path, `${index}.test.mjs`);
    writeFileSync(file, `import { test } from "node:test";\n${source}`);
    return file;
  });
  const said: string[] = [];
  const found = await runTests({ files, patienceMs: 30_000, print: (text) => said.push(text) });
  return { ...found, said: said.join("\n") };
}

test("passed, failed and skipped tests of all the files are counted, and the failure is told", async () => {
  const { counts, said, times } = await run(
    `test("good", () => {}); test("bad", () => { throw new Error("as it should"); });`,
    `test("left out", { skip: true }, () => {}); test("good too", () => {});`,
  );
  assert.deepEqual(counts, { passed: 2, failed: 1, skipped: 1 });
  assert.match(said, /as it should/);
  assert.equal(times.length, 2);
});

test("a file that can't be loaded is a failure", async () => {
  const { counts, said } = await run(`throw new Error("not even loaded");`);
  assert.equal(counts.failed, 1);
  assert.match(said, /not even loaded/);
});

test("a process that breaks off is a failure that names its file", async () => {
  const { counts, said } = await run(`test("fatal", () => process.exit(3));`);
  assert.deepEqual(counts, { passed: 0, failed: 1, skipped: 0 });
  assert.match(said, /0\.test\.mjs: the process ended before its tests \(3\)/);
});
