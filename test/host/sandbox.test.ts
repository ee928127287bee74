import assert from "node:assert/strict";
import * as vscode from "vscode";

const production = "/subscriptions/1a6f0c2e-94b7-4d58-a3c1-7e20b9d5f001";
const nightly =
  "/subscriptions/4c83e7b1-0d2a-4f96-b8e5-90a1c6d7f002/resourceGroups/rg-maintenance/providers/Microsoft.Maintenance/maintenanceConfigurations/mc-prod-nightly";

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(`scaleSetMaintenance.${command}`, ...args);
const node = (resourceId: string) => ({ kind: "configuration", id: resourceId, resourceId });

describe("With the sandbox open", () => {
  before(() => run("openSandbox"));
  after(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("View Properties shows a resource as Azure returns it, read-only", async () => {
    await run("viewProperties", node(nightly));
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document, "no editor was opened");
    const resource = JSON.parse(document.getText()) as {
      id: string;
      properties: { maintenanceScope: string };
    };
    assert.equal(resource.id.toLowerCase(), nightly.toLowerCase());
    assert.equal(resource.properties.maintenanceScope, "OSImage");
    assert.equal(document.languageId, "json");
    assert.equal(document.uri.path.endsWith("/mc-prod-nightly.json"), true);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(document.uri.scheme), undefined);
  });

  it("Copy Resource ID copies the ids of a whole selection, one a line", async () => {
    const nodes = [node(nightly), node(production)];
    await run("copyResourceId", nodes[0], nodes);
    assert.equal(await vscode.env.clipboard.readText(), `${nightly}\n${production}`);
  });

  it("a row that VS Code no longer knows is an error, not a question which resource is meant", async () => {
    await run("copyResourceId", undefined, undefined); // a question would wait for its answer
  });

  it("a resource that is gone is an error message, and the command still ends", async () => {
    await run("viewProperties", node(`${nightly}-gone`));
  });

  it("it can be left and opened again at once: the later of two overlapping attempts counts", async () => {
    await Promise.all([run("leaveSandbox"), run("openSandbox")]);
    await run("viewProperties", node(nightly));
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? "", /mc-prod-nightly/);
  });
});
