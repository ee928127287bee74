import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { beforeEach, describe, test } from "node:test";
import type { Change, ChangeResult, Outcome, Plan } from "../../../../src/core/plans/plan.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import { Journal } from "../../../../src/fleet/plans/journal.ts";
import { folderInMemory } from "../../../../src/fleet/plans/planFolder.ts";
import type { Failure } from "../../../../src/ui/failure.ts";
import type { Retrying } from "../../../../src/flows/plans/retry.ts";
import * as fake from "../../fleet/fakes.ts";

/** Writes down what is shown and run, in place of VS Code. */
const standIn = `
  export const shown = [];
  export const ran = [];
  export const pressed = { button: undefined };
  const show = (kind) => async (text, ...buttons) => {
    shown.push({ kind, text, buttons });
    return pressed.button;
  };
  export const l10n = { t: (text, ...args) => text.replaceAll(/\\{(\\d)\\}/g, (_, index) => args[index]) };
  export const env = { language: "en" };
  export const ProgressLocation = { Notification: 15 };
  export class CancellationError extends Error { name = "Canceled"; }
  export const window = {
    showWarningMessage: show("warning"),
    showInformationMessage: show("information"),
    withProgress: (options, work) => {
      const token = { onCancellationRequested: () => ({ dispose() {} }) };
      return work({ report() {} }, token);
    },
  };
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

interface Toast {
  readonly kind: string;
  readonly text: string;
  readonly buttons: readonly string[];
}
const { shown, ran, pressed } = (await import("vscode")) as unknown as {
  readonly shown: Toast[];
  readonly ran: unknown[][];
  /** The button of each notification that the user presses. */
  readonly pressed: { button: string | undefined };
};
const { checkPlan } = await import("../../../../src/commands/plans/checkPlan.ts");
const { continuePlan } = await import("../../../../src/commands/plans/continuePlan.ts");
const { retryFailed, retryWithUpdatesOff } = await import("../../../../src/commands/plans/retryFailed.ts");
const { stepsAfter } = await import("../../../../src/commands/plans/planEnd.ts");

const change = (id: string, kind: Change["kind"], ...needs: string[]): Change => ({
  id,
  kind,
  target: kind === "setUpgradePolicy" ? fake.idle.id : fake.assignment(fake.idle, fake.weekly).id,
  title: verbatim(id),
  after: { properties: {} },
  needs,
});
const problem = { kind: "server", summary: verbatim("Not confirmed: api.") } as const;
const notConfirmed: Outcome = { status: "notConfirmed", problem };
const skipped = (because: string): Outcome => ({ status: "skipped", because });
const associate = change("associate", "associate");
const enable = change("enable", "setUpgradePolicy", "associate");

/** A plan that has ended like this, and the commands on its row. `looks`: what Azure shows of each change that is looked at. */
async function ended(results: readonly ChangeResult[], looks: Readonly<Record<string, Outcome>> = {}) {
  const plan: Plan = {
    title: verbatim("Set up"),
    changes: results.map((one) => one.change),
    leftOut: [],
    warnings: [],
  };
  const log = { ...fake.silentLog, error: (line: string) => assert.fail(line) };
  const every = () => ({ dispose: () => undefined });
  const journal = new Journal({ folder: folderInMemory(), owner: "a", now: () => 1, every, log });
  const run = await journal.begin(plan, "azure");
  for (const result of results) {
    if (result.outcome.status !== "skipped") await run.sending(result.change);
    run.ended(result);
  }
  await run.close();
  const azure = fake.fakeAzure({
    read: async () => fake.idle,
    assignmentsOf: async () => [],
    outcomeOf: async ({ id }) => looks[id] ?? assert.fail(`${id} was looked at`),
  });
  const keeper = {
    refresh: async () => [],
    find: async (id: string) => ({ journal, kept: await journal.plan(id), state: "ended" }),
  };
  const flows: { readonly name: string; readonly given: Retrying }[] = [];
  const flow = (name: string) => async (_: unknown, given: Retrying) => void flows.push({ name, given });
  const options = {
    session: { connected: async () => azure },
    store: await fake.readStore(azure),
    board: { plans: [{ id: run.id, plan, results, state: "ended", origin: "azure", at: "" }] },
    keeper: async () => keeper,
    documents: { show: async () => undefined },
    log,
    upgrades: { took: () => undefined },
    refreshing: { soon: () => undefined },
    flows: {
      run: async (start: (flows: unknown, context: unknown) => Promise<void>) =>
        start({ retryFlow: flow("retry"), continueFlow: flow("continue") }, {}),
    },
  };
  const node = { kind: "appliedPlan", planId: run.id };
  const press = (command: (options: never) => (nodes: never) => unknown) => async () => {
    await command(options as never)([node] as never);
  };
  return {
    check: press(checkPlan as never),
    goOn: press(continuePlan as never),
    retry: press(retryFailed as never),
    retryWithUpdatesOff: press(retryWithUpdatesOff as never),
    flows,
    statuses: async () => [...((await journal.plan(run.id))?.outcomes ?? [])].map(([, { status }]) => status),
  };
}

beforeEach(() => {
  for (const list of [shown, ran]) list.splice(0);
  pressed.button = undefined;
});

describe("Check Again", () => {
  const results = [
    { change: associate, outcome: notConfirmed },
    { change: enable, outcome: skipped("associate") },
  ];

  test("makes done what is seen now, keeps it, and offers to continue with what waited for it", async () => {
    const { check, statuses } = await ended(results, { associate: { status: "done" } });
    await check();
    assert.deepEqual(await statuses(), ["done", "skipped"]);
    assert.deepEqual(shown, [
      {
        kind: "warning",
        text: "1 change confirmed. 1 of 2 changes done, 1 not sent",
        buttons: ["Show Results", "Continue", "Undo", "Export…"],
      },
    ]);
  });

  test("says what is still not confirmed, and offers to look again", async () => {
    const { check, statuses } = await ended(results, { associate: notConfirmed });
    await check();
    assert.deepEqual(await statuses(), ["notConfirmed", "skipped"]);
    assert.deepEqual(shown, [
      {
        kind: "warning",
        text: "0 of 2 changes done, 1 not confirmed, 1 not sent. Not confirmed: api.",
        buttons: ["Show Results", "Check Again", "Retry", "Export…"],
      },
    ]);
  });

  test("of a plan that is done as a whole then, says so", async () => {
    const [first] = results;
    assert.ok(first);
    const { check } = await ended([first], { associate: { status: "done" } });
    await check();
    assert.deepEqual(shown, [
      { kind: "information", text: "1 change confirmed. 1 change done", buttons: ["Show Results", "Undo"] },
    ]);
  });
});

describe("Continue", () => {
  test("sends what waits for nothing any more, through a review", async () => {
    const { goOn, flows } = await ended([
      { change: associate, outcome: { status: "done" } },
      { change: enable, outcome: skipped("associate") },
    ]);
    await goOn();
    assert.deepEqual(
      flows.map(({ name, given }) => [name, given.changes.map(({ id }) => id)]),
      [["continue", ["enable"]]],
    );
  });

  test("sends nothing while the change before is not confirmed, and says why", async () => {
    const { goOn, flows } = await ended([
      { change: associate, outcome: notConfirmed },
      { change: enable, outcome: skipped("associate") },
    ]);
    await assert.rejects(goOn, ({ problem: { summary } }: Failure) => {
      assert.equal(inEnglish(summary), "Can't continue yet: earlier changes aren't done.");
      return true;
    });
    assert.deepEqual(flows, []);
  });
});

describe("Retry Failed", () => {
  const removal = change("removal", "dissociate");
  const after = { ...change("after", "associate", "removal"), target: `${associate.target}-2` };

  test("looks first at what is not confirmed, and sends again only what does no harm twice", async () => {
    const results = [
      { change: associate, outcome: notConfirmed },
      { change: enable, outcome: skipped("associate") },
      { change: removal, outcome: notConfirmed },
      { change: after, outcome: skipped("removal") },
    ];
    const { retry, flows } = await ended(results, { associate: notConfirmed, removal: notConfirmed });
    await retry();
    const ids = (changes: readonly Change[] = []) => changes.map(({ id }) => id);
    assert.deepEqual(
      flows.map(({ name, given }) => [name, ids(given.changes), ids(given.waiting)]),
      [["retry", ["associate", "enable"], ["after"]]],
    );
  });

  test("sends nothing again that the look shows, and tells that", async () => {
    const { retry, flows, statuses } = await ended([{ change: associate, outcome: notConfirmed }], {
      associate: { status: "done" },
    });
    await retry();
    assert.deepEqual(flows, []);
    assert.deepEqual(await statuses(), ["done"]);
    assert.equal(shown[0]?.text, "1 change confirmed. 1 change done");
  });

  test("takes what someone else changed, and compares with what is there now", async () => {
    const changed: Outcome = { status: "changedBySomeoneElse", problem, wasSent: false };
    const { retry, flows } = await ended([{ change: { ...enable, needs: [] }, outcome: changed }]);
    await retry();
    const [run] = flows;
    assert.deepEqual(
      run?.given.changes.map(({ id }) => id),
      ["enable"],
    );
    assert.deepEqual([...(run?.given.now.values() ?? [])], [{ resource: fake.idle }]);
  });
});

describe("Undo", () => {
  const offered = (results: readonly ChangeResult[], isUndone = false) =>
    [...stepsAfter({ results, isUndone }).keys()].includes("Undo");
  const done: Outcome = { status: "done" };

  test("is offered where one of the changes that were done can be taken back, once", () => {
    const start = change("start", "startUpgrade");
    assert.equal(offered([{ change: associate, outcome: done }]), true);
    assert.equal(
      offered([
        { change: start, outcome: done },
        { change: associate, outcome: done },
      ]),
      true,
    );
    assert.equal(offered([{ change: associate, outcome: done }], true), false, "undone already");
    assert.equal(offered([{ change: start, outcome: done }]), false, "no way back");
    assert.equal(offered([{ change: associate, outcome: notConfirmed }]), false, "not done");
    const { after: _, ...rest } = associate;
    assert.equal(offered([{ change: { ...rest, bodyNotKept: true }, outcome: done }]), false, "not kept");
  });

  test("of a notification runs the command on its plan", async () => {
    const { check } = await ended([{ change: associate, outcome: notConfirmed }], { associate: done });
    pressed.button = "Undo";
    await check();
    await new Promise((resolve) => setImmediate(resolve));
    const [[command, , nodes] = []] = ran;
    assert.equal(command, "scaleSetMaintenance.undoPlan");
    assert.deepEqual(
      (nodes as { kind: string }[]).map(({ kind }) => kind),
      ["appliedPlan"],
    );
  });
});

describe("Turn Windows Update Off and Retry", () => {
  const failed = (detail: string): readonly ChangeResult[] => [
    {
      change: { ...enable, needs: [] },
      outcome: { status: "failed", problem: { kind: "validation", summary: verbatim("Refused."), detail } },
    },
  ];
  /** As reported in Azure/aks-engine #1795. */
  const refused = failed(
    "windowsConfiguration.enableAutomaticUpdates cannot be set to true if upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade is already true, starting from APIversion 2019-03-01",
  );
  const offered = (results: readonly ChangeResult[]) => [...stepsAfter({ results }).keys()];

  test("is offered with the results where Azure refused in these words, and only there", () => {
    assert.deepEqual(offered(refused), ["Turn Windows Update Off and Retry", "Retry Failed"]);
    assert.deepEqual(offered(failed("Another reason.")), ["Retry Failed"]);
  });

  test("leads to the review of a retry for those sets", async () => {
    const { retryWithUpdatesOff: press, retry, flows } = await ended(refused);
    await press();
    await retry();
    assert.deepEqual(
      flows.map(({ name, given }) => [name, given.updatesOff && [...given.updatesOff]]),
      [
        ["retry", [fake.idle.id.toLowerCase()]],
        ["retry", undefined],
      ],
    );
  });
});
