import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

const at = (name: string) => new URL(`../../${name}`, import.meta.url);
const read = (name: string) => readFileSync(at(name), "utf8");

test("the page on dependencies gives a reason for each, and for no other", () => {
  const manifest = JSON.parse(read("package.json")) as Record<
    "dependencies" | "devDependencies",
    Readonly<Record<string, string>>
  >;
  const rows = read("docs/dependencies.md")
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  const named = rows.flatMap((row) =>
    [...(row.split(" | ")[0] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
  );
  const installed = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  assert.deepEqual(named.toSorted(), installed.toSorted());
});

test("the pages link only to what is there", () => {
  for (const page of [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "docs/sandbox.md",
    "docs/testing.md",
  ]) {
    for (const [, target = ""] of read(page).matchAll(/\]\((?!https:)([^)#]+)/g)) {
      assert.ok(existsSync(at(target)), `${page} → ${target}`);
    }
  }
});
