import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/bootstrap/paths.mjs";
import { runNode } from "../../scripts/lib/processes.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import { phrases, quotations } from "../../scripts/lint/words/phrases.ts";
import { namesOf, objectionsTo, objectionsToName, type Kind } from "../../scripts/lint/words/rules.ts";

const names = namesOf(["Show Log", "Undo Changes…", "Check Image Versions (Patch Level)"]);

/** What is objected to, by kind of text. */
const refused: readonly (readonly [kind: Kind, text: string, words: string])[] = [
  ["message", "The fleet is read anew.", "anew"],
  ["message", "Its state can't be told.", "told"],
  ["message", "Its configuration is gone.", "gone"],
  ["message", "A window that is open now", "that is"],
  ["message", "There are two windows.", "There are"],
  ["message", "Stop, so that nothing starts.", "so that"],
  ["message", "Azure goes on with the upgrade.", "goes on"],
  ["message", "A scale set whose image is pinned", "whose"],
  ["message", "No condition is known to be unmet.", "is known"],
  ["message", "Else the defaults hold.", "Else"],
  ["message", "You cannot undo this.", "cannot"],
  ["message", "Azure does not say.", "does not"],
  ["message", "Instances will not upgrade.", "will not"],
  ["message", "We can't read it.", "We"],
  ["message", "The admin knows what she may do.", "she"],
  ["message", "An owner knows what he may do.", "he"],
  ["message", "Nobody can undo this.", "Nobody"],
  ["message", "The user may undo this.", "The user"],
  ["message", "Upgrade the set now.", "the set"],
  ["message", "Group the scale sets by what?", "by what?"],
  ["paper", "A plan that is applied is kept.", "that is"],
  ["paper", "What we test", "we"],
  ["paper", "[a set whose name](docs/x.md) is long", "whose"],
  ["message", "{0} scale set(s)", "set(s)"],
  ["message", "{0} box(es)", "box(es)"],
  ["message", "Exported to {0}. Changes: {1}.", "Changes: {1}"],
  ["message", "a".repeat(201), "201 characters"],
  ["title", "Show log", "log"],
  ["title", "Show the Log.", "Show the Log."],
  ["title", "Go to", "to"],
  ["title", "Export...", "..."],
  ["message", "Open the Results of this change", "Results"],
  ["message", "Choose a Scale Set first.", "Scale"],
];

/** What is fine, though it is near to what is refused. */
const fine: readonly (readonly [kind: Kind, text: string])[] = [
  ["message", "Refresh the fleet."],
  ["message", "Upgrades continue. They can't be undone."],
  ["message", "Changed by someone else"],
  ["message", "Region: East US"],
  ["message", "Choose a set of regions"],
  ["message", "{0} scale sets"],
  ["message", "Changes: {0}"],
  ["message", `${"a".repeat(190)} [log](command:${"b".repeat(50)})`],
  ["message", "Undo Changes restores {0}. Show Log says why."],
  ["message", "Check Image Versions asks Azure: Uniform and Flexible scale sets differ."],
  ["message", "Azure refused: “Not Allowed Here”"],
  ["message", "Maintenance Window"],
  ["paper", "The parser does not say. `we told` it."],
  ["paper", "[Log](https://example.com/told/anew)"],
  ["title", "Show the Log in VS Code"],
  ["title", "Export to {0}…"],
  ["title", "Turn On {0} Scale Sets…"],
];

for (const [kind, text, words] of refused) {
  test(`in a ${kind} "${words.slice(0, 40)}" is objected to`, () => {
    const found = objectionsTo({ kind, value: text }, names);
    assert.ok(
      found.some((objection) => objection.words === words && objection.better !== ""),
      JSON.stringify(found),
    );
  });
}

for (const [kind, text] of fine) {
  test(`the ${kind} "${text.slice(0, 60)}" is fine`, () => {
    assert.deepEqual(objectionsTo({ kind, value: text }, names), []);
  });
}

test("each phrase comes with a better word that isn't one of the phrases itself", () => {
  const circular = phrases.filter(({ better }) => {
    const quoted = [...better.matchAll(/"([^"]+)"/g)].map(([, word = ""]) => word);
    return quoted.some((value) => objectionsTo({ kind: "paper", value }, names).length > 0);
  });
  assert.deepEqual(circular, []);
});

test("the words of a quotation aren't looked at, the rest of its text is", () => {
  const value = "Azure refused: The set is gone. It was told.";
  const quoted = [{ words: "The set is gone.", reason: "an answer of Azure" }];
  const found = objectionsTo({ kind: "message", value }, names, quoted);
  assert.deepEqual(
    found.map(({ words }) => words),
    ["told"],
  );
});

test("each quotation has a reason", () => {
  assert.deepEqual(
    quotations.filter(({ reason }) => reason.length < 10),
    [],
  );
});

for (const name of [
  "tree/toldPlan.ts",
  "isMeant",
  "ToldChange",
  "showAnew",
  "mendingWarnings",
  "openBeside",
]) {
  test(`the name ${name} is objected to`, () => assert.equal(objectionsToName(name).length, 1));
}

for (const name of ["Beside", "recommended", "amend", "constructor", "intended", "tree/shownPlan.ts"]) {
  test(`the name ${name} is fine`, () => assert.deepEqual(objectionsToName(name), []));
}

test("the program names file, line, words and better words of each kind of text", async () => {
  await using scratch = scratchFolder("words");
  const write = (path: string, text: string) => {
    const file = join(scratch.path, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write(
    "package.nls.json",
    JSON.stringify(
      {
        "command.log.title": "Show log",
        "welcome.none": "Nothing here.\n[show it](command:x)",
        "setting.a": "Said once more.",
      },
      undefined,
      2,
    ),
  );
  write("README.md", "# Title\n\n```\ntold\n```\n\nIt was told.\n");
  write("docs/more.md", "Read anew\n");
  write(
    "src/tree/toldRow.ts",
    [
      `// message("nobody reads comments")`,
      `export const row = message(`,
      `  "It is gone",`,
      `);`,
      `const isMeant = [[vscode.l10n.t("Show results"), row]]; // told`,
      `const page = html\`<button type="button">\${say(message("Open file"))}</button>\`;`,
    ].join("\n"),
  );
  const program = join(root, "scripts", "lint", "words.ts");
  const { code, output } = await runNode([program, scratch.path]);
  assert.equal(code, 1, output);
  const found = output.split("\n").flatMap((line) => /^\S+:\d+: "[^"]*"/.exec(line)?.[0] ?? []);
  assert.deepEqual(found.filter((line) => !line.startsWith("scripts/")).toSorted(), [
    'README.md:7: "told"',
    'docs/more.md:1: "anew"',
    'package.nls.json:2: "log"',
    'package.nls.json:3: "it"',
    'package.nls.json:3: "show"',
    'package.nls.json:4: "once more"',
    'src/tree/toldRow.ts:1: "tree/toldRow.ts"',
    'src/tree/toldRow.ts:3: "gone"',
    'src/tree/toldRow.ts:5: "isMeant"',
    'src/tree/toldRow.ts:5: "results"',
    'src/tree/toldRow.ts:6: "file"',
  ]);
  const part = await runNode([program, scratch.path, "docs/"]);
  assert.match(
    part.output,
    /^docs\/more\.md:1: "anew" → "again", or "refresh" {3}in: "Read anew"\n1 words to change\n$/,
  );
});
