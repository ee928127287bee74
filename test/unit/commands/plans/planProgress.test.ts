import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { test } from "node:test";
import type { ApplyOptions } from "../../../../src/azure/contracts.ts";
import { verbatim } from "../../../../src/core/text/message.ts";
import type { Change, ChangeResult, Outcome, Plan } from "../../../../src/core/plans/plan.ts";
import * as fake from "../../fleet/fakes.ts";

/** Writes down what a progress says, in place of VS Code. */
const standIn = `
  export const said = [];
  export const shown = [];
  export const l10n = { t: (text, ...args) => text.replaceAll(/\\{(\\d)\\}/g, (_, index) => args[index]) };
  export const env = { language: "en" };
  export const ProgressLocation = { Notification: 15 };
  export const window = {
    withProgress: ({ cancellable }, work) => {
      const progress = { cancellable, isOpen: true, cancel: () => {} };
      const token = { onCancellationRequested: (listener) => {
        progress.cancel = () => { progress.isOpen = false; listener(); };
        return { dispose() {} };
      } };
      shown.push(progress);
      const report = ({ message }) => message === undefined || !progress.isOpen || void said.push(message);
      return work({ report }, token);
    },
  };
  export class CancellationError extends Error {}
`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode"
      ? { url: `data:text/javascript,${encodeURIComponent(standIn)}`, shortCircuit: true }
      : next(specifier, context),
});
const { said, shown } = (await import("vscode")) as unknown as {
  readonly said: string[];
  /** The progresses, in their order. One that is cancelled is closed, and says nothing any more. */
  readonly shown: { readonly cancellable: boolean; cancel(): void }[];
};
const { withPlanProgress } = await import("../../../../src/commands/plans/planProgress.ts");

const problem = fake.problem();
const planOf = (count: number): Plan => ({
  title: verbatim("Plan"),
  changes: Array.from({ length: count }, (_, index): Change => ({
    id: `c${index}`,
    kind: "setUpgradePolicy",
    target: fake.web.id,
    title: verbatim(`Change ${index}`),
    needs: [],
  })),
  leftOut: [],
  warnings: [],
});

/** What is said while a plan is applied like this, and what telemetry hears. */
async function applied(plan: Plan, work: (options: ApplyOptions) => readonly ChangeResult[]) {
  said.splice(0);
  shown.splice(0);
  const cancelling: number[] = [];
  const counts: unknown[] = [];
  const telemetry = { send: (...[, , measured]: unknown[]) => counts.push(measured) };
  const options = { telemetry, log: fake.silentLog } as unknown as Parameters<typeof withPlanProgress>[0];
  const onCancelling = (inFlight: number) => void cancelling.push(inFlight);
  await withPlanProgress(options, fake.fakeAzure(), plan, async (given) => work(given), { onCancelling });
  return { said: [...said], counts, cancelling };
}

test("a change that waits for Azure to end its work says so, until it is sent", async () => {
  const plan = planOf(1);
  const [change] = plan.changes as [Change];
  const { said: lines } = await applied(plan, (options) => {
    options.onWaiting?.(change);
    void options.onStarted?.(change);
    return [];
  });
  assert.deepEqual(lines, [
    "",
    "Waiting for Azure to finish its work on web. Cancel to continue later.",
    "1 of 1: Change 0",
  ]);
});

test("many changes are counted, each by how it ended", async () => {
  const plan = planOf(9);
  const outcomes: readonly Outcome[] = [
    { status: "done" },
    { status: "notConfirmed", problem },
    { status: "changedBySomeoneElse", problem, wasSent: true },
    { status: "failed", problem },
    { status: "notStarted" },
  ];
  const results = outcomes.map((outcome, index) => ({ change: plan.changes[index] as Change, outcome }));
  const { said: lines, counts } = await applied(plan, (options) => {
    for (const result of results) options.onOutcome?.(result);
    return results;
  });
  assert.deepEqual(lines, [
    "0 of 9 done",
    "1 of 9 done",
    "1 of 9 done, 1 not confirmed",
    "1 of 9 done, 1 not confirmed, 1 changed by someone else",
    "1 of 9 done, 1 not confirmed, 1 changed by someone else, 1 failed",
    "1 of 9 done, 1 not confirmed, 1 changed by someone else, 1 failed",
  ]);
  const [measured] = counts as Record<string, number>[];
  assert.deepEqual([measured?.["notConfirmed"], measured?.["changedBySomeoneElse"]], [1, 1]);
});

test("a plan that is cancelled counts down what was sent, where it can't be cancelled any more", async () => {
  const plan = planOf(9);
  const { said: lines, cancelling } = await applied(plan, ({ signal, onStarted, onOutcome }) => {
    const [first, second, third, fourth] = plan.changes as [Change, Change, Change, Change];
    for (const change of [first, second, second, third]) void onStarted?.(change); // one of them twice
    onOutcome?.({ change: first, outcome: { status: "done" } });
    shown[0]?.cancel();
    assert.ok(signal.aborted);
    onOutcome?.({ change: fourth, outcome: { status: "notStarted" } });
    onOutcome?.({ change: second, outcome: { status: "done" } });
    void onStarted?.(fourth); // the end of a move goes on
    onOutcome?.({ change: fourth, outcome: { status: "done" } });
    onOutcome?.({ change: third, outcome: { status: "underWay" } });
    return [];
  });
  assert.deepEqual(
    shown.map(({ cancellable }) => cancellable),
    [true, false],
  );
  const counted = [2, 1, 2, 1, 0];
  assert.deepEqual(lines.slice(0, 2), ["0 of 9 done", "1 of 9 done"]);
  assert.deepEqual(
    lines.slice(2),
    counted.map((count) => `${count === 0 ? "Cancelling…" : `Cancelling: finishing ${count}…`} · Plan`),
  );
  assert.deepEqual(cancelling, counted);
});
