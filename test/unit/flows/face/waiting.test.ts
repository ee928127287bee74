import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { after, test } from "node:test";
import { message } from "../../../../src/core/text/message.ts";
import * as vscode from "../../../support/vscodeStandIn.ts";

const standIn = new URL("../../../support/vscodeStandIn.ts", import.meta.url).href;
const hooks = registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
after(() => hooks.deregister());

const flow = message("Create");

/** Begins to wait for what is read, and answers what shows it. */
async function waiting(load: (signal: AbortSignal) => Promise<{ readonly answer: string }>) {
  const { quickPickPrompter } = await import("../../../../src/flows/face/quickPick.ts");
  const read = quickPickPrompter(async () => {}).wait(flow, (signal, say) => {
    say(message("Loading resource groups…"));
    return load(signal);
  });
  return { read, pick: vscode.quickPicks.pop() ?? assert.fail("nothing is shown") };
}

test("what is read for a flow is told while it is read, and goes away with the answer", async () => {
  const { promise, resolve } = Promise.withResolvers<{ readonly answer: string }>();
  const { read, pick } = await waiting(() => promise);
  assert.deepEqual([pick.placeholder, pick.busy], ["Loading resource groups…", true]);
  resolve({ answer: "rg" });
  assert.deepEqual(await read, { answer: "rg" });
});

test("leaving while something is read ends the reading", async () => {
  let signal: AbortSignal | undefined;
  const { read, pick } = await waiting((given) => {
    signal = given;
    return new Promise(() => {});
  });
  pick.hide();
  assert.equal(await read, undefined);
  assert.equal(signal?.aborted, true);
});

test("a step that was left stays until the next one is there, and not long where none comes", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const read = async () => {
    const { read, pick } = await waiting(async () => ({ answer: "rg" }));
    await read;
    return pick;
  };
  const first = await read();
  t.mock.timers.tick(99);
  assert.equal(first.isShown, true);
  const second = await read();
  assert.deepEqual([first.isShown, second.isShown], [false, true]);
  t.mock.timers.tick(100);
  assert.equal(second.isShown, false);
});
