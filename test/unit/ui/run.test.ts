import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { test } from "node:test";
import type { RunnerOptions } from "../../../src/ui/run.ts";
import { silentLog } from "../fleet/fakes.ts";

const standIn = new URL("../../support/vscodeStandIn.ts", import.meta.url).href;

test("a runner is busy until the last of its commands has ended, well or not", async () => {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
  });
  const { Runner } = await import("../../../src/ui/run.ts");
  hooks.deregister();
  const runner = new Runner({
    log: silentLog,
    telemetry: { send: () => undefined } as unknown as RunnerOptions["telemetry"],
    azureProblemOf: async () => undefined,
    origin: () => "none",
    showLog: () => undefined,
  });
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  assert.equal(runner.isBusy, false);
  const commands = [first, second].map(({ promise }) => runner.command("refresh", () => promise));
  runner.inBackground("Work", () => new Promise(() => undefined));
  first.reject(new DOMException("It was cancelled.", "AbortError"));
  await commands[0];
  assert.equal(runner.isBusy, true);
  second.resolve();
  await commands[1];
  assert.equal(runner.isBusy, false);
});
