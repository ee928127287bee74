import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as vscode from "vscode";
import { AzureError, isAzureError } from "../../src/azure/errors/errors.ts";
import { message } from "../../src/core/text/message.ts";

const extension = vscode.extensions.getExtension("scale-set-maintenance.azure-scale-set-maintenance");
assert.ok(extension);
const { extensionPath } = extension;
// The built files, as the extension loads them; this test's own copy of a module is a third one.
const load = createRequire(join(extensionPath, "dist", "extension.cjs"));
const { arm } = load("./arm.cjs") as typeof import("../../src/azure/arm.ts");
const sandbox = load("./sandbox.cjs") as typeof import("../../src/sandbox/sandbox.ts");

const log = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

describe("Errors across built files", () => {
  it("what arm.cjs throws is an AzureError to a copy of the guard in another file", async () => {
    const connection = arm.connectToEndpoint({
      origin: "sandbox",
      endpoint: sandbox.sandboxEndpoint,
      token: "wrong",
      httpClient: sandbox.sandboxHttpClient(new sandbox.Sandbox({ fleet: "small" })),
    });
    const azure = arm.openAzure(connection, log, "0.0.0");
    const missing = "/subscriptions/4c83e7b1-0d2a-4f96-b8e5-90a1c6d7f002/resourceGroups/rg-maintenance";
    const id = `${missing}/providers/Microsoft.Maintenance/maintenanceConfigurations/none`;
    const thrown = await azure.read(id, new AbortController().signal).catch((error: unknown) => error);
    assert.equal(thrown instanceof AzureError, false, "it is not another file's class");
    assert.equal(isAzureError(thrown), true);
  });

  it("the guard of arm.cjs knows an AzureError of another file, and its problem", () => {
    const problem = { kind: "conflict", summary: message("Taken.") } as const;
    const foreign = new AzureError(problem);
    assert.equal(arm.isAzureError(foreign), true);
    assert.deepEqual(arm.problemOf(foreign), problem);
    assert.equal(arm.isAzureError(new Error("Taken.")), false);
  });
});
