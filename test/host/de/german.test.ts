import assert from "node:assert/strict";
import * as vscode from "vscode";

const extension = vscode.extensions.getExtension("scale-set-maintenance.azure-scale-set-maintenance");
assert.ok(extension);
const { packageJSON } = extension;
const run = (command: string) => vscode.commands.executeCommand(`scaleSetMaintenance.${command}`);

describe("In a VS Code in German", () => {
  before(async () => {
    await extension.activate();
    await run("openSandbox");
  });

  it("VS Code gives the extension its German bundle", () => {
    assert.equal(vscode.env.language, "de");
    assert.match(vscode.l10n.uri?.path ?? "", /\/bundle\.l10n\.de\.json$/);
  });

  it("commands and views have their German titles", () => {
    const { commands, views } = packageJSON.contributes as {
      commands: { command: string; title: { value: string; original: string } }[];
      views: { scaleSetMaintenance: { id: string; name: string }[] };
    };
    const refresh = commands.find(({ command }) => command === "scaleSetMaintenance.refresh");
    assert.deepEqual(refresh?.title, { value: "Aktualisieren", original: "Refresh" });
    const fleet = views.scaleSetMaintenance.find(({ id }) => id === "scaleSetMaintenance.fleet");
    assert.equal(fleet?.name, "Flotte");
  });

  it("heads that VS Code localises, and states that pure rooms name, are German", async () => {
    await run("copyAsTable");
    const [heads = "", ...rows] = (await vscode.env.clipboard.readText()).trimEnd().split("\n");
    assert.deepEqual(heads.split("\t").slice(0, 2), ["Name", "Zustand"]);
    assert.ok(rows.length > 5, `${rows.length} rows`);
    const states = new Set(rows.map((row) => row.split("\t")[1]));
    for (const state of ["Geplant", "Kein Fenster", "Zeitplan defekt"]) {
      assert.ok(states.has(state), [...states].join(", "));
    }
  });
});
