import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { test } from "node:test";
import { Emitter } from "../../../src/core/emitter.ts";
import type { AppliedPlan } from "../../../src/fleet/plans/planBoard.ts";
import { PlanBoard } from "../../../src/fleet/plans/planBoard.ts";

/** Writes down what is run, in place of VS Code. */
const standIn = `
  export const ran = [];
  export const commands = { executeCommand: async (...args) => void ran.push(args) };
  export const l10n = { t: (text) => text };
  export const StatusBarAlignment = { Left: 1 };
  export const window = { createStatusBarItem: () => ({ hide() {}, show() {}, dispose() {} }) };
  export const Disposable = { from: (...all) => ({ dispose: () => all.forEach((one) => one.dispose()) }) };
`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode"
      ? { url: `data:text/javascript,${encodeURIComponent(standIn)}`, shortCircuit: true }
      : next(specifier, context),
});
const { ran } = (await import("vscode")) as unknown as { readonly ran: unknown[] };
const { followRunning } = await import("../../../src/commands/view/running.ts");

/** A window whose Activity view can be seen from the start, or not. */
function open(visible: boolean) {
  ran.splice(0);
  const board = new PlanBoard();
  const visibility = new Emitter<{ readonly visible: boolean }>();
  const view = { visible, onDidChangeVisibility: visibility.event };
  const given = {
    board,
    view,
    changes: [],
    origin: () => "azure",
    state: () => assert.fail("nothing is asked"),
  };
  followRunning(given as unknown as Parameters<typeof followRunning>[0]);
  const apply = (state: AppliedPlan["state"]) => board.set([{ state } as AppliedPlan]);
  return { apply, see: (isVisible: boolean) => visibility.fire({ visible: isVisible }) };
}
test("what the status bar shows is watched, until nothing runs", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const changes = new Emitter();
  const board = new PlanBoard();
  const shown: boolean[] = [];
  const view = { visible: true, onDidChangeVisibility: new Emitter().event };
  const state = () => ({ snapshot: { scaleSets: new Map() }, followed: [], plans: board.plans });
  followRunning({
    ...{ board, view, state, changes: [changes.event], origin: () => "azure" },
    runner: { inBackground: () => undefined },
    setShown: (isShown: boolean) => void shown.push(isShown),
  } as unknown as Parameters<typeof followRunning>[0]);
  for (const plans of [[{ state: "here" }], [{ state: "ended" }]]) {
    board.set(plans as AppliedPlan[]);
    changes.fire();
    changes.fire();
    context.mock.timers.tick(250);
  }
  assert.deepEqual(shown, [true, false]);
});

const revealed = [["scaleSetMaintenance.activity.focus", { preserveFocus: true }]];

test("the Activity view opens with the first change of the window, once, without taking the focus", () => {
  const { apply } = open(false);
  apply("elsewhere");
  apply("ended");
  assert.deepEqual(ran, []);
  apply("here");
  assert.deepEqual(ran, revealed);
  apply("ended");
  apply("here");
  assert.deepEqual(ran, revealed);
});

test("it stays closed where the user has closed it", () => {
  for (const isOpenAtFirst of [true, false]) {
    const { apply, see } = open(isOpenAtFirst);
    see(true);
    see(false);
    apply("here");
    assert.deepEqual(ran, []);
  }
});
