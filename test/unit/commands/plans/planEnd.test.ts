import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { beforeEach, test } from "node:test";
import { verbatim } from "../../../../src/core/text/message.ts";
import type { Change, Outcome } from "../../../../src/core/plans/plan.ts";
import * as fake from "../../fleet/fakes.ts";

/** Writes down what is shown and run, and presses a button where a test says so, in place of VS Code. */
const standIn = `
  export const shown = [];
  export const ran = [];
  export const press = { button: undefined };
  const show = (kind) => async (text, ...buttons) => {
    shown.push({ kind, text, buttons });
    return press.button;
  };
  export const l10n = { t: (text, ...args) => text.replaceAll(/\\{(\\d)\\}/g, (_, index) => args[index]) };
  export const window = { showInformationMessage: show("information"), showWarningMessage: show("warning") };
  export const commands = { executeCommand: async (...args) => void ran.push(args) };
  export const workspace = {}; export const languages = {}; export const Uri = {};
  export class EventEmitter {} export class CodeLens {} export class Range {}
`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode"
      ? { url: `data:text/javascript,${encodeURIComponent(standIn)}`, shortCircuit: true }
      : next(specifier, context),
});
const { shown, ran, press } = (await import("vscode")) as unknown as {
  readonly shown: { readonly kind: string; readonly text: string; readonly buttons: readonly string[] }[];
  readonly ran: unknown[];
  readonly press: { button: string | undefined };
};
const { tellPlans } = await import("../../../../src/commands/plans/planEnd.ts");

const done: Outcome = { status: "done" };
const cancelled: Outcome = { status: "notStarted" };
const failed: Outcome = { status: "failed", problem: fake.problem() };

function ended(id: string, ...outcomes: readonly Outcome[]) {
  const changes = outcomes.map((_, index): Change => {
    const change = { id: `${id}${index}`, kind: "setUpgradePolicy", target: fake.web.id } as const;
    return { ...change, title: verbatim(id), needs: [] };
  });
  const plan = { title: verbatim(id), changes, leftOut: [], warnings: [] };
  const results = changes.map((change, index) => ({ change, outcome: outcomes[index] ?? done }));
  return { id, plan, results, origin: "sandbox" as const };
}
const tell = (...plans: readonly ReturnType<typeof ended>[]) =>
  tellPlans({ documents: {}, log: fake.silentLog } as never, plans);

beforeEach(() => {
  shown.splice(0);
  ran.splice(0);
  press.button = undefined;
});

test("a plan that was cancelled offers to continue what was not sent, and to retry only what failed", () => {
  tell(ended("a", done, cancelled));
  tell(ended("b", done, cancelled, failed));
  tell(ended("c", done, failed));
  const offers = shown.map(({ buttons }) => buttons.filter((button) => /Continue|Retry/.test(button)));
  assert.deepEqual(offers, [["Continue"], ["Continue", "Retry Failed"], ["Retry Failed"]]);
});

test("several plans are one notification with their counts, which leads to each of their results", async () => {
  press.button = "Show Results";
  tell(ended("a", done, done), ended("b", done, cancelled, failed));
  assert.deepEqual(shown, [
    {
      kind: "warning",
      text: "Sandbox: 3 of 5 changes done, 1 failed, 1 not sent",
      buttons: ["Show Results", "Show Activity"],
    },
  ]);
  await Promise.resolve();
  await Promise.resolve();
  const nodes = ["a", "b"].map((planId) => ({ kind: "appliedPlan", planId }));
  assert.deepEqual(ran, [["scaleSetMaintenance.showPlanResults", undefined, nodes]]);
  tell(ended("a", done), ended("b", done));
  assert.deepEqual(shown[1]?.kind, "information");
});
