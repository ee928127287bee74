import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { root } from "../../scripts/bootstrap/paths.mjs";
import { scratchFolder } from "../../scripts/lib/scratch.ts";
import { verbatim } from "../../src/core/text/message.ts";
import { docsPlan } from "../support/exported/docsPlan.ts";

const plan = JSON.stringify(docsPlan);

function run(args: readonly string[], input = "") {
  return spawnSync("node", ["scripts/run.mjs", "export", ...args], { cwd: root, encoding: "utf8", input });
}

/** Input that can't be used ends with 2 and one line. */
function refusal(args: readonly string[], input?: string): string {
  const { status, stdout, stderr } = run(args, input);
  assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
  assert.match(stderr, /^[^\n]+\n$/);
  return stderr;
}

describe("export", () => {
  it("lists the languages", () => {
    const { status, stdout } = run(["--languages"]);
    assert.deepEqual(
      { status, languages: stdout.trim().split("\n") },
      {
        status: 0,
        languages: ["powershell", "azure-cli", "bicep", "arm", "azurerm4", "azurerm5", "azapi"],
      },
    );
  });

  it("writes a plan from standard input to standard output, for the cloud that is named", () => {
    const { status, stdout, stderr } = run(["azure-cli", "-", "--cloud", "AzureUSGovernment"], plan);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
    assert.match(stdout, /^#!\/usr\/bin\/env bash\n# Set up maintenance control for vmss-web\n/);
    assert.match(stdout, /== 'AzureUSGovernment'/);
  });

  it("writes files into a folder, with a byte order mark where Windows PowerShell needs one", () => {
    const { path } = scratchFolder("export");
    const file = join(path, "plan.json");
    writeFileSync(file, JSON.stringify({ ...docsPlan, title: verbatim("Für alle") }));
    const out = join(path, "a", "b");
    const { status, stdout } = run(["powershell", file, "--out", out]);
    assert.deepEqual({ status, stdout }, { status: 0, stdout: `${join(out, "plan.ps1")}\n` });
    assert.match(readFileSync(join(out, "plan.ps1"), "utf8"), /^\uFEFF# Für alle\n/);
  });

  it("refuses what it can't use in one line", () => {
    assert.match(refusal([]), /Name a language/);
    assert.match(refusal(["cobol", "-"]), /Name a language: powershell, azure-cli/);
    assert.match(refusal(["azure-cli"]), /The plan is missing/);
    assert.match(refusal(["azure-cli", "-", "more"], plan), /Unexpected "more"/);
    assert.match(refusal(["azure-cli", "-", "--strange"], plan), /--strange/);
    assert.match(refusal(["azure-cli", "missing\nfile.json"]), /Couldn't read/);
    assert.match(refusal(["azure-cli", "-"], "{\n"), /This isn't JSON/);
    assert.match(refusal(["azure-cli", "-"], "{}"), /no usable title/);
  });
});
