import { join } from "node:path";
import { format } from "node:util";
import { root } from "../bootstrap/paths.mjs";
import { buildHostTests, hostTests } from "../build/hostTests.ts";
import { scratchFolder } from "../lib/scratch.ts";
import { startServer } from "../vscode/server.ts";
import { openBrowser } from "../vscode/browser.ts";
import { readReport } from "./hostReport.ts";
import { verdict, type Layer } from "./layer.ts";
import { packedOnce } from "./packed.ts";

/** For the whole suite. */
const patienceMs = 180_000;

/** Runs the mocha suite of test/host in the extension host of the VS Code server, with the extension in development. */
export const host: Layer = async ({ print }) => {
  await packedOnce(); // the files that are tested are those that were packed
  await buildHostTests();
  await using scratch = scratchFolder("host-tests");
  const report = join(scratch.path, "report");
  await using server = await startServer({ testDriver: true, env: { HOST_TEST_REPORT: report } });
  await using chromium = await openBrowser();
  const page = await chromium.browser.newPage();
  const log: string[] = [];
  await page.exposeFunction("codeAutomationLog", (_type: string, args: unknown[]) =>
    log.push(format(...args)),
  );
  const ended = new Promise<string>((resolve) => {
    void page.exposeFunction("codeAutomationExit", (code: number) => resolve(`exit ${code}`));
    page.once("crash", () => resolve("the window crashed"));
    AbortSignal.timeout(patienceMs).addEventListener("abort", () => resolve("the time is up"));
  });
  const remote = (path: string) => `vscode-remote://${server.authority}${path}`;
  const payload = JSON.stringify([
    ["extensionDevelopmentPath", remote(root)],
    ["extensionTestsPath", remote(hostTests)],
  ]);
  await page.goto(server.url({ ew: "true", payload }));
  const end = await ended;
  const { lines, counts } = readReport(report);
  print(lines);
  if (counts) return { counts, times: [] };
  print(`The suite didn't finish (${end}). Last lines of the window's log:\n${log.slice(-40).join("\n")}`);
  return { counts: verdict(false), times: [] };
};
