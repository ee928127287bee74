import { join } from "node:path";
import { format } from "node:util";
import { root } from "../bootstrap/paths.mjs";
import { buildHostTests, germanHostTests, hostTests } from "../build/hostTests.ts";
import { scratchFolder } from "../lib/scratch.ts";
import { startServer } from "../vscode/server.ts";
import { openBrowser } from "../vscode/browser.ts";
import { readReport } from "./hostReport.ts";
import { add, verdict, type Counts, type Layer, type Order } from "./layer.ts";
import { packedOnce } from "./packed.ts";

/** For a whole suite. */
const patienceMs = 180_000;

/** Runs the mocha suites of test/host in the extension host of the VS Code server, with the extension in development. */
export const host: Layer = async ({ print }) => {
  await packedOnce(); // the files that are tested are those that were packed
  await buildHostTests();
  const english = await suite(print, hostTests);
  const german = await suite(print, germanHostTests, "de");
  return { counts: add(english, german), times: [] };
};

/** Runs the suite of an index module, in a VS Code of its own. */
async function suite(print: Order["print"], index: string, language?: string): Promise<Counts> {
  await using scratch = scratchFolder("host-tests");
  const report = join(scratch.path, "report");
  await using server = await startServer({
    testDriver: true,
    env: { HOST_TEST_REPORT: report },
    ...(language !== undefined && { language }),
  });
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
    ["extensionTestsPath", remote(index)],
  ]);
  await page.goto(server.url({ ew: "true", payload }));
  const end = await ended;
  const { lines, counts } = readReport(report);
  print(lines);
  if (counts) return counts;
  print(`The suite didn't finish (${end}). Last lines of the window's log:\n${log.slice(-40).join("\n")}`);
  return verdict(false);
}
