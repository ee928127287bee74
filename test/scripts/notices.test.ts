import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { noticesOf, thirdPartiesOf } from "../../scripts/build/notices.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";

/** The folder with these files, as if esbuild had put so many bytes of each into one built file. */
function built(top: string, files: Readonly<Record<string, string>>, bytesInOutput = 1) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  }
  const inputs = Object.fromEntries(
    Object.keys(files)
      .filter((path) => path.endsWith(".js"))
      .map((path) => [path, { bytesInOutput }]),
  );
  return { outputs: { "dist/a.cjs": { bytes: 1, inputs, imports: [], exports: [] } } };
}

const manifest = (name: string, more: object = {}) =>
  JSON.stringify({ name, version: "1.2.3", license: "MIT", ...more });

test("the notices have the licence of each package in the built files, each text once", async () => {
  await using scratch = scratchFolder("notices");
  const nested = "node_modules/outer/node_modules/@scope/inner";
  const contents = built(scratch.path, {
    "src/extension.js": "",
    "node_modules/outer/lib/index.js": "",
    "node_modules/outer/package.json": manifest("outer"),
    "node_modules/outer/LICENSE.md": "Copyright of both\r\n",
    [`${nested}/index.js`]: "",
    [`${nested}/package.json`]: manifest("@scope/inner"),
    [`${nested}/license`]: "Copyright of both",
    [`${nested}/NOTICE`]: "It is based on something.",
  });
  const text = noticesOf(thirdPartiesOf(contents, scratch.path));
  assert.match(text, /@scope\/inner 1\.2\.3\nouter 1\.2\.3\n\nCopyright of both\n/);
  assert.match(text, /@scope\/inner 1\.2\.3\n\nIt is based on something\.\n/);
  assert.equal(text.match(/Copyright of both/g)?.length, 1);
});

test("a package of which nothing was built is not named", async () => {
  await using scratch = scratchFolder("notices");
  const files = { "node_modules/a/index.js": "", "node_modules/a/package.json": manifest("a") };
  assert.deepEqual(thirdPartiesOf(built(scratch.path, files, 0), scratch.path), []);
});

test("where the text is missing, MIT is known and anything else is an error", async () => {
  await using scratch = scratchFolder("notices");
  const files = (more: object) => ({
    "node_modules/a/index.js": "",
    "node_modules/a/package.json": manifest("a", more),
  });
  const [party] = thirdPartiesOf(built(scratch.path, files({ author: { name: "Ada" } })), scratch.path);
  assert.match(party?.texts[0] ?? "", /^MIT License\n\nCopyright \(c\) Ada\n\nPermission is hereby granted/);
  const unknown = built(scratch.path, files({ license: "ISC" }));
  assert.throws(() => thirdPartiesOf(unknown, scratch.path), /a has no license text/);
});
