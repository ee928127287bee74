import assert from "node:assert/strict";
import * as vscode from "vscode";

const id = "scale-set-maintenance.azure-scale-set-maintenance";

describe("The extension in its host", () => {
  it("activates", async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, "VS Code does not know the extension");
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it("registers a handler for each command of its manifest", async () => {
    const extension = vscode.extensions.getExtension(id);
    const contributed: { command: string }[] = extension?.packageJSON.contributes.commands;
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributed.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });
});
