// What VS Code loads in its extension host to run the suite: mocha over the files that are built beside this one.
import { appendFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "node:util";
import Mocha from "mocha";

export async function run(): Promise<void> {
  const report = process.env["HOST_TEST_REPORT"];
  if (report) Mocha.reporters.Base.consoleLog = (...args) => appendFileSync(report, `${format(...args)}\n`);
  const mocha = new Mocha({ ui: "bdd", color: false, timeout: 20_000 });
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith(".test.cjs")) mocha.addFile(join(__dirname, file));
  }
  const stats = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats as Mocha.Stats));
  });
  const counts = { passed: stats.passes, failed: stats.failures, skipped: stats.pending };
  if (report) writeFileSync(`${report}.json`, JSON.stringify(counts));
  if (stats.failures > 0) throw new Error(`${stats.failures} tests failed.`);
}
