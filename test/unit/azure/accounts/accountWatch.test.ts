import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { watchAccounts } from "../../../../src/azure/accounts/accountWatch.ts";
import { recordingLog } from "../support.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

function watched(accounts: string[]) {
  const { log, lines } = recordingLog();
  let failing = false;
  let fire = () => {};
  let changes = 0;
  let listening = true;
  const watch = watchAccounts(
    {
      accounts: async () => {
        if (failing) throw new Error("no answer");
        return [...accounts];
      },
      onDidChangeSessions: (listener) => {
        fire = listener;
        return { dispose: () => void (listening = false) };
      },
    },
    () => void changes++,
    log,
  );
  return {
    watch,
    lines,
    fire: () => fire(),
    fail: (now: boolean) => void (failing = now),
    changes: () => changes,
    isListening: () => listening,
  };
}

describe("the watch over accounts", () => {
  it("tells once after a burst of events, when it has been quiet for half a second", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const accounts = ["a"];
    const { fire, changes } = watched(accounts);
    await settled();
    accounts.push("b");
    fire();
    context.mock.timers.tick(400);
    fire();
    context.mock.timers.tick(400);
    await settled();
    assert.equal(changes(), 0);
    context.mock.timers.tick(100);
    await settled();
    assert.equal(changes(), 1);
  });

  it("keeps still when only a token was renewed, and when the accounts come in another order", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const accounts = ["a", "b"];
    const { fire, changes } = watched(accounts);
    await settled();
    accounts.reverse();
    fire();
    context.mock.timers.tick(500);
    await settled();
    assert.equal(changes(), 0);
  });

  it("tells of a sign-out too, and of nothing once it is disposed", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const accounts = ["a"];
    const { fire, changes, watch, isListening } = watched(accounts);
    await settled();
    accounts.pop();
    fire();
    context.mock.timers.tick(500);
    await settled();
    assert.equal(changes(), 1);
    accounts.push("c");
    fire();
    watch.dispose();
    context.mock.timers.tick(500);
    await settled();
    assert.equal(changes(), 1);
    assert.equal(isListening(), false);
  });

  it("keeps still about a change that the program itself brought about", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const accounts = ["a"];
    const { fire, changes, watch } = watched(accounts);
    await settled();
    accounts.push("b");
    fire();
    watch.accept();
    context.mock.timers.tick(500);
    await settled();
    assert.equal(changes(), 0);
    accounts.push("c");
    fire();
    context.mock.timers.tick(500);
    await settled();
    assert.equal(changes(), 1);
  });

  it("takes the accounts for unchanged, and logs why, where VS Code does not tell them", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const { fire, fail, changes, lines } = watched(["a"]);
    await settled();
    fail(true);
    fire();
    context.mock.timers.tick(500);
    await settled();
    fail(false);
    fire();
    context.mock.timers.tick(500);
    await settled();
    assert.equal(changes(), 0);
    assert.deepEqual(lines, ["warn The accounts could not be loaded: Error: no answer"]);
  });
});
