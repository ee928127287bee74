import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { after, before, test } from "node:test";
import * as vscode from "../../../support/vscodeStandIn.ts";

const standIn = new URL("../../../support/vscodeStandIn.ts", import.meta.url).href;
const hooks = registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
after(() => hooks.deregister());

const lock = 'provider "registry.terraform.io/hashicorp/azurerm" {\n  version = "4.81.0"\n}\n';

/** What was asked of the workspace. */
const asked: string[] = [];
const workspace = {
  isTrusted: true,
  workspaceFolders: [{}] as readonly object[] | undefined,
  findFiles: async (include: string, exclude: string) => {
    asked.push(include, exclude);
    return [{ path: "/infra/.terraform.lock.hcl" }, { path: "/huge/main.tf" }];
  },
  fs: {
    stat: async ({ path }: { readonly path: string }) => ({ size: path.startsWith("/huge") ? 1e9 : 200 }),
    readFile: async ({ path }: { readonly path: string }) => {
      asked.push(path);
      return new TextEncoder().encode(lock);
    },
  },
};
before(() => Object.assign(vscode.workspace, workspace));

async function major(changes: Partial<typeof workspace> = {}) {
  Object.assign(vscode.workspace, workspace, changes);
  asked.length = 0;
  const { workspaceMajor } = await import("../../../../src/commands/code/workspaceMajor.ts");
  return workspaceMajor();
}

test("a trusted workspace says the version by its Terraform files, of which a huge one is not read", async () => {
  assert.equal(await major(), 4);
  assert.deepEqual(asked, [
    "**/{.terraform.lock.hcl,*.tf}",
    "**/{.terraform,node_modules}/**",
    "/infra/.terraform.lock.hcl",
  ]);
});

test("of a workspace that is not trusted, and without one, nothing is read", async () => {
  assert.equal(await major({ isTrusted: false }), undefined);
  assert.deepEqual(asked, []);
  assert.equal(await major({ workspaceFolders: undefined }), undefined);
  assert.deepEqual(asked, []);
});
