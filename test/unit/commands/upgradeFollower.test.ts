import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { test } from "node:test";
import { Emitter } from "../../../src/core/emitter.ts";
import type { EndedUpgrade } from "../../../src/fleet/upgrades/upgradeWatch.ts";
import * as fake from "../fleet/fakes.ts";

/** Writes down what is shown, in place of VS Code. */
const standIn = `
  export const shown = [];
  const show = (kind) => async (text, ...buttons) => void shown.push({ kind, text, buttons });
  export const window = { showInformationMessage: show("information"), showWarningMessage: show("warning") };
  export const commands = {};
  export const l10n = { t: (text, ...args) => text.replaceAll(/\\{(\\d)\\}/g, (_, index) => args[index]) };
  export const Disposable = { from: (...parts) => ({ dispose: () => parts.forEach((part) => part.dispose()) }) };
`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode"
      ? { url: `data:text/javascript,${encodeURIComponent(standIn)}`, shortCircuit: true }
      : next(specifier, context),
});
const { shown } = (await import("vscode")) as unknown as {
  readonly shown: { readonly kind: string; readonly text: string; readonly buttons: readonly string[] }[];
};
const { tellUpgrades } = await import("../../../src/commands/upgrades/tellUpgrades.ts");
const { UpgradeFollower } = await import("../../../src/commands/upgrades/upgradeFollower.ts");

/** A window in which an earlier one's upgrades are followed, and what it tells. */
function open({ followed = [] as readonly string[] } = {}) {
  shown.splice(0);
  const [ends, changes] = [new Emitter<EndedUpgrade>(), new Emitter()];
  const session = {
    azure: undefined as unknown,
    onDidChange: changes.event,
  };
  const watch = {
    followed: [] as readonly { readonly scaleSetId: string }[],
    follow: () => undefined,
    onDidEnd: ends.event,
  };
  const tell = (ended: readonly EndedUpgrade[]) => tellUpgrades(ended, "azure", fake.silentLog);
  const options = { watch, session, tell } as unknown as ConstructorParameters<typeof UpgradeFollower>[0];
  const follower = new UpgradeFollower(options);
  const connect = (azure: unknown, ids: readonly string[]) => {
    watch.followed = ids.map((scaleSetId) => ({ scaleSetId }));
    session.azure = azure;
    changes.fire();
  };
  connect({}, followed);
  const end = (scaleSetId: string, code = "Completed") =>
    ends.fire({
      scaleSetId,
      isFollowed: true,
      upgrade: {
        properties: { runningStatus: { code }, progress: { successfulInstanceCount: 2 } },
      },
    });
  return { follower, end, connect };
}
const follow = (follower: InstanceType<typeof UpgradeFollower>, ...ids: readonly string[]) =>
  follower.follow(ids.map((id) => ({ id })));
const texts = () => shown.map(({ text }) => text);

test("upgrades that were begun together are told together, once the last has ended, and nothing before", () => {
  const { follower, end } = open();
  follow(follower, "a", "b");
  end("A");
  assert.deepEqual(texts(), []);
  end("b", "Faulted");
  assert.equal(shown.length, 1);
  assert.match(texts()[0] ?? "", /^2 OS upgrades ended: 1 completed, 1 failed\. b: Upgrade failed/);
  assert.deepEqual([shown[0]?.kind, shown[0]?.buttons], ["warning", ["Upgrade History", "Explain"]]);
  end("b");
  assert.equal(shown.length, 1);
});

test("those that were begun apart are told together where they end within a short time", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { follower, end } = open();
  follow(follower, "a");
  follow(follower, "b");
  follow(follower, "c");
  end("a");
  end("b");
  assert.deepEqual(texts(), []);
  context.mock.timers.tick(15_000);
  assert.deepEqual(texts(), ["2 OS upgrades ended: 2 completed."]);
  end("c");
  assert.deepEqual(texts().slice(1), ["c: Upgrade completed: 2 of 2 instances."]);
});

test("what an earlier window followed is told, what only was in sight is not, nor what another Azure has", () => {
  const { end, connect } = open({ followed: ["a", "b"] });
  end("seen");
  end("a");
  assert.deepEqual(texts(), []);
  connect({}, []);
  end("b");
  assert.deepEqual(texts(), []);
  connect({}, ["b"]);
  end("b");
  assert.deepEqual(texts(), ["b: Upgrade completed: 2 of 2 instances."]);
});
