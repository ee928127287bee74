import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
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
  const pages = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];
  for (const page of [...pages, ...globSync("docs/*.md", { cwd: at("") })]) {
    for (const [, target = "", heading] of read(page).matchAll(/\]\((?!https:)([^)#]+)(?:#([^)]+))?/g)) {
      const linked = new URL(target, at(page));
      assert.ok(existsSync(linked), `${page} → ${target}`);
      if (heading === undefined) continue;
      const headings = [...readFileSync(linked, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) =>
        text
          .toLowerCase()
          .replaceAll(/[^\w\s-]/g, "")
          .replaceAll(" ", "-"),
      );
      assert.ok(headings.includes(heading), `${page} → ${target}#${heading}`);
    }
  }
});

test("the README is short, and links to every page for users", () => {
  const readme = read("README.md");
  assert.ok(readme.split("\n").length < 150);
  for (const page of [
    "fleet",
    "configurations",
    "upgrades",
    "changes",
    "settings",
    "privacy",
    "sandbox",
    "explain",
  ])
    assert.ok(readme.includes(`](docs/${page}.md`), page);
});

test("the page on settings has every setting, and no other", () => {
  const { contributes } = JSON.parse(read("package.json")) as {
    readonly contributes: {
      readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
    };
  };
  const named = [...read("docs/settings.md").matchAll(/^\| `([\w.]+)`/gm)].map(([, name = ""]) => name);
  assert.deepEqual(named.toSorted(), Object.keys(contributes.configuration.properties).toSorted());
});
