// Texts that mean something in a shell or in PowerShell come back letter by letter, wherever a plan has them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { change } from "../../../../src/core/plans/change.ts";
import type { Change, Plan } from "../../../../src/core/plans/plan.ts";
import { isObject, textAt, type JsonObject } from "../../../../src/core/resources/json.ts";
import { parseId } from "../../../../src/core/resources/ids.ts";
import { message, verbatim } from "../../../../src/core/text/message.ts";
import { option, shorthandOption, word } from "../../../../src/export/azureCli/quoting.ts";
import { literal } from "../../../../src/export/powershell/quoting.ts";
import { parseArguments } from "../../../support/az/arguments.ts";
import { Bash } from "../../../support/az/bash.ts";
import { scriptOf } from "../../../support/exported/compare.ts";
import { hostileTexts } from "../../../support/exported/hostile.ts";
import { literalValue } from "../../../support/exported/powershellTree.ts";
import { configurationBody, sampleIds } from "../../../support/exported/samples.ts";
import { nodesOfType, parserOf, treeOf } from "../../../support/treeSitter.ts";

let bash: Bash;
before(async () => void (bash = await new Bash().open()));
after(() => bash[Symbol.asyncDispose]());

test("there are at least 45 such texts", () => assert.ok(new Set(hostileTexts).size >= 45));

test("bash gives each text back", () => {
  const script = `printf '%s\\0' ${hostileTexts.map(word).join(" ")}`;
  const given = execFileSync("bash", { input: script, env: { PATH: "/usr/bin:/bin", LC_ALL: "C.UTF-8" } });
  assert.deepEqual(given.toString().split("\0").slice(0, -1), hostileTexts);
});

test("Azure CLI takes each text as the value of an option, those that begin like an option too", () => {
  for (const text of hostileTexts) {
    if (text.startsWith("@")) continue; // read as a file, if there is one: no name of Azure's begins so, and bodies begin with a brace
    const line = `printf '%s\\0' ${option("--name", text)} ${option("--location", "x")}`;
    const words = execFileSync("bash", { input: line, env: { PATH: "/usr/bin:/bin", LC_ALL: "C.UTF-8" } });
    const { one } = parseArguments(["group", "create", ...words.toString().split("\0").slice(0, -1)]);
    assert.equal(one.get("--name"), text);
  }
});

test("commands that read a notation take each text as a text", () => {
  const required = ["--provider-name", "p", "-g", "g", "--resource-name", "r", "--resource-type", "t"];
  for (const text of hostileTexts) {
    if (text.startsWith("@")) continue;
    const line = `printf '%s\\0' ${shorthandOption("--name", text)}`;
    const words = execFileSync("bash", { input: line, env: { PATH: "/usr/bin:/bin", LC_ALL: "C.UTF-8" } });
    const own = words.toString().split("\0").slice(0, -1);
    const { one } = parseArguments(["maintenance", "assignment", "create", ...required, ...own]);
    assert.equal(one.get("--configuration-assignment-name"), text);
  }
});

test("PowerShell reads each text as one literal", async () => {
  const parser = await parserOf("powershell");
  for (const text of hostileTexts) {
    const strings = nodesOfType(treeOf(parser, `Write-Host ${literal(text)}`), "verbatim_string_characters");
    assert.equal(strings.length, 1, JSON.stringify(text));
    assert.equal(literalValue(strings[0]?.text ?? ""), text);
    // Of the five characters that PowerShell takes for a quote, none stands alone.
    assert.doesNotMatch(
      literal(text)
        .slice(1, -1)
        .replaceAll(/(['\u2018-\u201b])\1/g, ""),
      /['\u2018-\u201b]/,
    );
  }
});

/** A plan that has a text in each place that a text may come from: names, groups, tags and their names, titles, reasons, values. */
function planWith(text: string, index: number): readonly Change[] {
  const isName =
    parseId(`${sampleIds.group}/providers/Microsoft.Maintenance/maintenanceConfigurations/${text}`) !==
    undefined;
  const name = isName && !text.includes("/") ? `${text}x${index}` : `x${index}`;
  const group = `${sampleIds.subscription}/resourceGroups/${name}`;
  const set = `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
  const configuration = `${group}/providers/Microsoft.Maintenance/maintenanceConfigurations/${name}`;
  const assignment = `${set}/providers/Microsoft.Maintenance/configurationAssignments/${name}`;
  const tags = { [text]: text, env: text };
  const title = message("Do {0} to {1}", text, name);
  const path = { properties: { settings: { protocol: "http", port: 80, requestPath: `/${text}` } } };
  const leads = { properties: { maintenanceConfigurationId: configuration, resourceId: set } };
  return [
    change("createResourceGroup", group, title, { after: { location: "westeurope" } }),
    change("createConfiguration", configuration, title, { after: { ...configurationBody, tags } }),
    change("associate", assignment, title, { after: { location: "westeurope", ...leads } }),
    change("addHealthExtension", `${set}/extensions/${name}`, title, { after: path }),
  ];
}

const changes = hostileTexts.flatMap(planWith);
const plan: Plan = {
  title: verbatim(hostileTexts.join("")),
  changes,
  leftOut: hostileTexts.map((text) => ({ target: text, reason: verbatim(text) })),
  warnings: hostileTexts.map(verbatim),
};

test("a bash script sends each text as it is", async () => {
  const script = await scriptOf("azure-cli", plan);
  treeOf(await parserOf("bash"), script);
  const sent: { readonly path: string; readonly body: JsonObject }[] = [];
  const shown = new Map<string, unknown>();
  const { status, problem } = await bash.run(script, async (words) => {
    const { command, one } = parseArguments(words);
    const url = one.get("--url") ?? "";
    const done = (out = "") => ({ status: 0, out, problem: "" });
    if (command === "maintenance assignment create") {
      const name = one.get("--configuration-assignment-name") ?? "";
      const set = one.get("--resource-id") ?? "";
      shown.set(set, [name, one.get("--maintenance-configuration-id")]);
      sent.push({ path: `${set}/${name}`, body: { id: one.get("--maintenance-configuration-id") } });
      return done();
    }
    if (command === "group create") sent.push({ path: one.get("--name") ?? "", body: {} });
    if (command !== "rest") return done(command === "account show" ? "AzureCloud\n" : "");
    if ((one.get("--method") ?? "get") !== "get") {
      sent.push({ path: decodeURIComponent(url), body: JSON.parse(one.get("--body") ?? "{}") as JsonObject });
      return done();
    }
    const set = /^(.*)\/providers\/Microsoft\.Maintenance\/configurationAssignments\?/.exec(
      decodeURIComponent(url),
    )?.[1];
    if (set !== undefined) return done(`${ascii(shown.has(set) ? [shown.get(set)] : [])}\n`);
    if (/virtualMachineScaleSets\/[^/]+\?/.test(url)) return done("Succeeded\n");
    return { status: 1, out: "", problem: "ERROR: Not Found({})\n" };
  });
  assert.deepEqual({ status, problem }, { status: 0, problem: "" });
  const expected = changes.map(({ kind, target, after: body = {} }) => {
    const name = target.split("/").at(-1) ?? "";
    if (kind === "createResourceGroup") return { path: name, body: {} };
    if (kind === "associate") {
      const { maintenanceConfigurationId: id, resourceId } = (body["properties"] ?? {}) as Record<
        string,
        string
      >;
      return { path: `${resourceId}/${name}`, body: { id } };
    }
    const version = kind === "createConfiguration" ? "2023-04-01" : "2024-11-01";
    return { path: `${target}?api-version=${version}`, body };
  });
  assert.deepEqual(sent, expected);
});

function ascii(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

test("a PowerShell script holds each text as one literal", async () => {
  const tree = treeOf(await parserOf("powershell"), await scriptOf("powershell", plan));
  const literals = nodesOfType(tree, "verbatim_string_characters").map(({ text }) => literalValue(text));
  const payloads = literals
    .filter((text) => text.startsWith('{"properties"'))
    .map((text) => JSON.parse(text) as unknown);
  const held = new Set(literals);
  for (const { kind, target, after: body = {} } of changes) {
    if (kind === "addHealthExtension")
      assert.ok(payloads.some((one) => JSON.stringify(one) === JSON.stringify(body)));
    else assert.ok(held.has(target.split("/").at(-1) ?? ""), target);
    const tags = body["tags"];
    if (isObject(tags)) assert.ok(held.has(textAt(tags, "env") ?? ""), JSON.stringify(tags));
  }
});

test("no comment ends its line, in any of both", async () => {
  for (const language of ["azure-cli", "powershell"] as const) {
    const script = await scriptOf(language, { ...plan, changes: [] });
    for (const line of script.split(/\r\n|[\n\r\u0085\u2028\u2029]/u))
      assert.match(line, /^(#.*|set -euo pipefail|export .*|stop\(\) .*|\$\w+ = '\w+'|)$/);
  }
});

test("a PowerShell file with other letters says its encoding", async () => {
  const { exportPlan } = await import("../../../../src/export/code/exportPlan.ts");
  const { context } = await import("../../../support/exported/compare.ts");
  const encoded = async (title: string) =>
    (
      await exportPlan(
        "powershell",
        { ...plan, title: verbatim(title), changes: [], leftOut: [], warnings: [] },
        context,
      )
    )[0]?.encoding;
  assert.equal(await encoded("é"), "utf8bom");
  assert.equal(await encoded("e"), undefined);
});
