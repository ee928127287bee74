import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChangeKind } from "../../../../src/core/plans/kinds/kinds.ts";
import type { Plan } from "../../../../src/core/plans/plan.ts";
import { joined, message, verbatim } from "../../../../src/core/text/message.ts";
import type { CodeFile } from "../../../../src/export/code/codeFile.ts";
import { exportPlan } from "../../../../src/export/code/exportPlan.ts";
import type { CodeInput } from "../../../../src/export/code/input.ts";
import { bicepLiteral } from "../../../support/bicep.ts";
import { context, everyKind, planOfEveryKind, usualNames } from "../../../support/declaredPlans.ts";
import { samples } from "../../../support/exported/samples.ts";
import { hostileTexts } from "../../../support/hostileTexts.ts";
import { nodesOfType, parserOf, treeOf, type Node } from "../../../support/treeSitter.ts";

const kinds = everyKind();

function planOfOne(...names: readonly ChangeKind[]): Plan {
  const changes = names.map((name) => ({ ...kinds[name], needs: [] }));
  return { title: message("One"), changes, leftOut: [], warnings: [] };
}

async function filesOf(input: CodeInput): Promise<readonly CodeFile[]> {
  const files = await exportPlan("bicep", input, context);
  return files.filter(({ languageId }) => languageId === "bicep");
}

async function mainOf(input: CodeInput): Promise<{ readonly text: string; readonly tree: Node }> {
  const [main] = await filesOf(input);
  assert.equal(main?.path, "main.bicep");
  return { text: main.text, tree: treeOf(await parserOf("bicep"), main.text) };
}

describe("A plan as Bicep", () => {
  it("is read by another parser, kind by kind, with the modules that it uses", async () => {
    const parser = await parserOf("bicep");
    const plans = [
      ...Object.values(samples).flatMap((all) =>
        all.map((change) => ({ ...planOfOne(), changes: [change] })),
      ),
      planOfEveryKind(),
    ];
    for (const plan of plans) {
      const files = await filesOf(plan);
      const trees = files.map(({ text }) => treeOf(parser, text));
      const used = nodesOfType(trees[0] as Node, "module_declaration").map(
        (node) => /'(modules\/\w+\.bicep)'/.exec(node.text)?.[1] ?? "",
      );
      assert.deepEqual(
        files
          .slice(1)
          .map(({ path }) => path)
          .sort(),
        [...new Set(used)].sort(),
      );
    }
  });

  it("gives each module all of its parameters, and no others", async () => {
    const [main, ...modules] = await filesOf(planOfEveryKind());
    const parser = await parserOf("bicep");
    const declared = new Map(
      modules.map(({ path, text }) => [
        path,
        [...text.matchAll(/^param (\w+) /gm)].map(([, name = ""]) => name),
      ]),
    );
    const calls = nodesOfType(treeOf(parser, main?.text ?? ""), "module_declaration");
    assert.equal(calls.length, 4);
    for (const { text } of calls) {
      const path = /'(modules\/\w+\.bicep)'/.exec(text)?.[1] ?? "";
      const params = /\n  params: \{\n([\s\S]*?)\n  \}/.exec(text)?.[1] ?? "";
      assert.deepEqual(
        [...params.matchAll(/^ {4}(\w+):/gm)].map(([, name = ""]) => name).sort(),
        declared.get(path)?.sort(),
      );
    }
  });

  it("waits by symbols for the group and the configuration, and by name for the rest", async () => {
    const { text } = await mainOf(planOfEveryKind());
    assert.match(text, /\n  scope: rg_maintenance_group\n/);
    assert.match(text, /configurationId: osimage_nightly_configuration\.outputs\.id\n/);
    const health = { ...kinds.addHealthExtension, needs: [kinds.associate.id] };
    const plan = { ...planOfOne(), changes: [{ ...kinds.associate, needs: [] }, health] };
    assert.match((await mainOf(plan)).text, /\n  dependsOn: \[\n    vmss_web_association\n  \]\n/);
    // Where the configuration is there already, its id is written out.
    assert.ok((await mainOf(plan)).text.includes(`configurationId: '${kinds.createConfiguration.target}'`));
  });

  it("keeps texts from outside in their literals", async () => {
    // The grammar takes two slashes behind a quote for a comment (see quote.test.ts).
    const texts = hostileTexts.filter((text) => text !== "// x");
    const tags = Object.fromEntries(texts.map((text, index) => [`tag${index}`, text]));
    const names = { group: "rg${x}'", configuration: "mc'${x}", set: "vm'\n${", tags, path: "'\\${" };
    const { tree } = await mainOf(planOfEveryKind({ ...names, set: "vm'${" }));
    const usual = await mainOf(planOfEveryKind(usualNames));
    for (const type of ["resource_declaration", "module_declaration"])
      assert.equal(nodesOfType(tree, type).length, nodesOfType(usual.tree, type).length);
    assert.equal(nodesOfType(tree, "interpolation").length, 0);
    const values = new Map(
      nodesOfType(tree, "object_property").map((node) => [
        node.namedChildren[0]?.text,
        node.namedChildren[1]?.text ?? "",
      ]),
    );
    for (const [index, text] of texts.entries())
      assert.equal(bicepLiteral(values.get(`tag${index}`) ?? ""), text);
    assert.equal(bicepLiteral(values.get("requestPath") ?? ""), "'\\${");
  });

  it("keeps titles, reasons and warnings from outside in comments", async () => {
    const wild = hostileTexts.map((text) => verbatim(`${text}\n}\u2028param x string`));
    const leftOut = wild.map((reason) => ({ target: "/a", reason }));
    const changes = Object.values(kinds).map((change, index) => ({
      ...change,
      title: wild[index] ?? verbatim(""),
    }));
    const plan = { ...planOfEveryKind(), title: joined("\n", wild), changes, leftOut, warnings: wild };
    const { tree } = await mainOf(plan);
    assert.equal(nodesOfType(tree, "parameter_declaration").length, 0);
    assert.equal(nodesOfType(tree, "module_declaration").length, 4);
  });

  it("tells the owner of a scale set what to write, and never writes a part of a set", async () => {
    const { text, tree } = await mainOf(planOfEveryKind());
    assert.match(
      text,
      /\/\/ If a template of yours owns scale set vmss-web, .*\n\/\/ {3}properties: \{\n\/\/ {5}upgradePolicy: \{/,
    );
    const resources = nodesOfType(tree, "resource_declaration").map((node) => node.text.split("\n")[0]);
    assert.equal(resources.length, 1);
    const commented = text
      .split("\n")
      .filter((line) => line.startsWith("//   ") && !/companion|^\/\/ {3}(?:az|[A-Z])/.test(line))
      .map((line) => line.slice(5));
    treeOf(
      await parserOf("bicep"),
      `var parts = [\n{\n${commented.join("\n").replaceAll(/^\}\n(?=properties)/gm, "}\n}\n{\n")}\n}\n]\n`,
    );
  });

  it("does in the companion script what it can't say, ahead of the deployment and behind it", async () => {
    const companion = (await exportPlan("bicep", planOfEveryKind(), context)).at(-1);
    assert.equal(companion?.path, "companion.sh");
    treeOf(await parserOf("bash"), companion.text);
    const [before = "", after = ""] = companion.text.slice(companion.text.indexOf("before)")).split("after)");
    assert.match(before, /provider register[^]*"version":"latest"/);
    assert.match(after, /configuration delete[^]*"enableAutomaticOSUpgrade":true/);
    // Actions are in neither.
    assert.doesNotMatch(companion.text, /update-instances|osRollingUpgrade|rollingUpgrades\/cancel/);
    assert.equal((await exportPlan("bicep", planOfOne("createConfiguration"), context)).length, 2);
  });

  it("keeps what may be a secret out of all files", async () => {
    const after = { properties: { protectedSettings: { key: "hunter2" } } };
    const password = { properties: { virtualMachineProfile: { osProfile: { adminPassword: "hunter2" } } } };
    const changes = [
      { ...kinds.addHealthExtension, after, needs: [] },
      { ...kinds.setAutomaticUpdates, after: password, needs: [] },
    ];
    for (const language of ["bicep", "arm"] as const) {
      const files = await exportPlan(language, { ...planOfOne(), changes }, context);
      assert.ok(files.every(({ text }) => !text.includes("hunter2")));
    }
  });

  it("says in its head what to run, what it needs and what it leaves out", async () => {
    const { text } = await mainOf(planOfEveryKind());
    const head = text.slice(0, text.indexOf("targetScope"));
    assert.match(
      head,
      /bash companion\.sh before\n.*az deployment sub create --subscription '\S+' --location 'westeurope' --template-file main\.bicep\n.*bash companion\.sh after\n/,
    );
    assert.match(
      head,
      /Not included, because each deployment would do it again:\n\/\/   Cancel the OS upgrade/,
    );
    assert.match(head, /AzureCloud/);
    assert.match(head, /Virtual Machine Contributor/);
  });
});
