// `npm run test:desktop [-- --version <version>]`: the suite of test/host in desktop VS Code, the oldest that the
// extension supports and the newest, both downloaded by @vscode/test-electron.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { Failure } from "../bootstrap/failure.mjs";
import { root, toolchain } from "../bootstrap/paths.mjs";
import { build } from "../build/build.ts";
import { buildHostTests, hostTests } from "../build/hostTests.ts";
import { readReport } from "../layers/hostReport.ts";
import { add, inWords, nothing, verdict, type Counts } from "../layers/layer.ts";
import { scratchFolder } from "../lib/scratch.ts";
import { noNames, task } from "../lib/task.ts";

const usage = "npm run test:desktop [-- --version 1.106.0 | stable]";

await task(usage, { version: { type: "string" } }, async ({ version }, names) => {
  noNames(usage, names);
  await build("release");
  await buildHostTests();
  const versions = version === undefined ? [oldestSupported(), "stable"] : [version];
  let total = nothing;
  for (const each of versions) total = add(total, await runIn(each));
  console.log(`\n${inWords(total)}`);
  return total.failed > 0 ? 1 : 0;
});

function oldestSupported(): string {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    engines: { vscode: string };
  };
  return engines.vscode.replace("^", "");
}

async function runIn(version: string): Promise<Counts> {
  console.log(`\n── VS Code ${version}`);
  await using user = scratchFolder("user");
  await using scratch = scratchFolder("desktop-tests");
  const report = join(scratch.path, "report");
  const program = process.env["VSCODE_TEST_EXECUTABLE"];
  try {
    await runTests({
      ...(program ? { vscodeExecutablePath: program } : { version }),
      cachePath: join(toolchain, "vscode-desktop"),
      extensionDevelopmentPath: root,
      extensionTestsPath: hostTests,
      extensionTestsEnv: { HOST_TEST_REPORT: report },
      launchArgs: [`--user-data-dir=${user.path}`, "--disable-extensions", "--disable-workspace-trust"],
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (!readReport(report).counts)
      throw new Failure(`Couldn't download or run VS Code ${version}: ${reason}`);
  }
  const { lines, counts } = readReport(report);
  console.log(lines);
  return counts ?? verdict(false);
}
