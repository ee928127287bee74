import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { root } from "../../scripts/bootstrap/paths.mjs";
import { runNode } from "../../scripts/lib/processes.ts";
import { scratchFolder } from "../../scripts/lib/scratch.ts";

/** Modules of a house like ours that break a rule in one line each, with what the rule says. */
const offences: Readonly<Record<string, { source: string; says: string }>> = {
  "core/room.ts": { source: `import { a } from "../azure/door.ts";`, says: "core may not import azure" },
  "core/vscode.ts": { source: `import * as vscode from "vscode";`, says: `"vscode" is not known here` },
  "core/typeOfVSCode.ts": {
    source: `import type { Uri } from "vscode";`,
    says: `"vscode" is not known here`,
  },
  "core/node.ts": { source: `import { join } from "node:path";`, says: "core is pure" },
  "core/clock.ts": { source: `export const now = () => Date.now();`, says: "core is pure" },
  "core/today.ts": { source: `export const now = () => new Date();`, says: "core is pure" },
  "core/zone.ts": {
    source: `import { Temporal } from "temporal-polyfill";`,
    says: "temporal-polyfill is heavy",
  },
  "core/package.ts": {
    source: `import x from "left-pad";`,
    says: "core may not import the package left-pad",
  },
  "sandbox/core.ts": {
    source: `import type { A } from "../core/a.ts";`,
    says: "sandbox may not import core",
  },
  "fleet/azure.ts": {
    source: `import { a } from "../azure/door.ts";`,
    says: "fleet may import only types of azure",
  },
  "fleet/entry.ts": { source: `import("../azure/arm.ts");`, says: "azure/arm is loaded on demand" },
  "commands/eager.ts": { source: `import { a } from "../flows/engine.ts";`, says: "through flows/door.ts" },
  "commands/entry.ts": {
    source: `export * from "../flows/flows.ts";`,
    says: "flows/flows is loaded on demand",
  },
  "azure/door.ts": { source: `import { a } from "./arm.ts";`, says: "azure/arm is loaded on demand" },
  "azure/telemetry.ts": {
    source: `export * from "../telemetry/a.ts";`,
    says: "azure may not import telemetry",
  },
  "azure/compute.ts": {
    source: `import { a } from "@microsoft/vscode-azext-azureauth";`,
    says: "azureauth is heavy",
  },
  "tree/own.ts": {
    source: `class AzureError extends Error {}\nexport const is = (e: unknown) => e instanceof AzureError;`,
    says: "guard it by a Symbol.for brand",
  },
  "commands/notification.ts": {
    source: `import * as vscode from "vscode";\nexport const say = (text: string) => vscode.window.showInformationMessage(text);`,
    says: "Only ui/ calls showInformationMessage",
  },
  "tree/pick.ts": {
    source: `import { window } from "vscode";\nexport const pick = (labels: string[]) => window.showQuickPick(labels);`,
    says: "Only ui/ calls showQuickPick",
  },
  "report/web/vscode.ts": {
    source: `import type { Uri } from "vscode";`,
    says: `"vscode" is not known here`,
  },
  "report/web/node.ts": { source: `import { join } from "node:path";`, says: "runs in a browser" },
  "report/web/fleet.ts": {
    source: `import type { A } from "../../fleet/snapshot.ts";`,
    says: "report/web may not import fleet",
  },
  "report/web/page.ts": {
    source: `import { a } from "../fleet/page.ts";`,
    says: "may import only types of report/fleet/page",
  },
  "report/pageScript.ts": {
    source: `import { a } from "./web/dom.ts";`,
    says: "report may not import report/web",
  },
  "ui/any.ts": { source: `export const a = (b: any) => b;`, says: "Unexpected `any`" },
  "ui/floating.ts": {
    source: `export function a() { Promise.resolve(); }`,
    says: "Promises must be awaited",
  },
  "ui/long.ts": { source: "export {};\n".repeat(301), says: "too many lines" },
};

/** What is allowed, so that the rules are known not to refuse everything. */
const allowed: Readonly<Record<string, string>> = {
  "flows/door.ts": `export const load = () => import("./flows.ts");`,
  "fleet/types.ts": `import type { A } from "../azure/contracts.ts";\nexport type B = A;`,
  "flows/face/quickPick.ts": `import * as vscode from "vscode";\nexport const a = vscode.window;`,
  "commands/door.ts": `import { load } from "../flows/door.ts";\nexport const a = load;`,
  "core/windows/zone.ts": `import { Temporal } from "temporal-polyfill";\nexport const a = Temporal;`,
  "report/web/pure.ts": `import { a } from "../../core/ids.ts";\nimport type { B } from "../fleet/contract.ts";\nimport { c } from "../fleet/table.ts";\nexport const d = [a, c] as B;`,
  "tree/error.ts": `export const is = (e: unknown) => e instanceof Error;`,
};

const scratch = scratchFolder("lint");
const house = scratch.path;
const complaints = new Map<string, string[]>();

before(async () => {
  for (const [path, source] of [
    ...Object.entries(offences).map(([path, { source }]) => [path, source] as const),
    ...Object.entries(allowed),
  ]) {
    const file = join(house, "src", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, source);
  }
  for (const name of ["node_modules", "scripts"]) symlinkSync(join(root, name), join(house, name));
  for (const name of [".oxlintrc.json", "tsconfig.json", "package.json"]) {
    writeFileSync(join(house, name), readFileSync(join(root, name)));
  }
  const oxlint = join(root, "node_modules", "oxlint", "bin", "oxlint");
  const { output } = await runNode([oxlint, "--type-aware", "--format=json", "src"], { cwd: house });
  const { diagnostics }: { diagnostics: { filename: string; message: string }[] } = JSON.parse(output);
  for (const { filename, message } of diagnostics) {
    const path = filename.replaceAll("\\", "/").replace(/^.*?src\//, "");
    complaints.set(path, [...(complaints.get(path) ?? []), message]);
  }
});

after(() => scratch[Symbol.asyncDispose]());

for (const [path, { says }] of Object.entries(offences)) {
  test(`${path} is refused: ${says}`, () => {
    const found = complaints.get(path) ?? [];
    assert.ok(
      found.some((message) => message.includes(says)),
      `found: ${JSON.stringify(found)}`,
    );
  });
}

for (const path of Object.keys(allowed)) {
  test(`${path} is allowed`, () => assert.deepEqual(complaints.get(path), undefined));
}
