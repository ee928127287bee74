import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Change, Outcome } from "../../../src/core/plans/plan.ts";
import type { JsonObject } from "../../../src/core/resources/json.ts";
import { atOnce } from "../../../src/core/slices.ts";
import { inEnglish, message } from "../../../src/core/text/message.ts";
import type { KeptAttempt } from "../../../src/fleet/upgrades/history.ts";
import type { AppliedPlan } from "../../../src/fleet/plans/planBoard.ts";
import type { ActivityNode } from "../../../src/tree/activity/node.ts";
import { childrenOf, viewOf } from "../../../src/tree/activity/nodes.ts";
import { nodesToRefresh } from "../../../src/tree/activity/refresh.ts";
import type { ActivityState } from "../../../src/tree/activity/state.ts";
import type { NodeView } from "../../../src/tree/view.ts";
import * as fake from "../fleet/fakes.ts";
import { clock, find, flat, seen as fleetSeen } from "./walk.ts";

const upgrade = (code: string, startTime: string, counts: JsonObject, more: JsonObject = {}): JsonObject => ({
  properties: { runningStatus: { code, startTime }, progress: counts, ...more },
});
const running = (done: number) =>
  upgrade("RollingForward", "2026-11-23T05:30:00Z", {
    successfulInstanceCount: done,
    inProgressInstanceCount: 2,
    pendingInstanceCount: 8 - done,
  });

const store = await fake.readStore();
const nothing: ActivityState = { snapshot: store.snapshot, attempts: [], followed: [], plans: [], clock };
async function upgrading(done: number): Promise<ActivityState> {
  const world = await fake.readStore();
  await world.putEligibilityFacts(fake.web.id, { upgrade: running(done) });
  return { ...nothing, snapshot: world.snapshot };
}

function plan(id: string, status: "done" | "notStarted" = "done"): AppliedPlan {
  const change = {
    id: "c",
    kind: "startUpgrade",
    target: fake.web.id,
    title: message("Start"),
    needs: [],
  } as const;
  return {
    id,
    at: "2026-11-23T05:00:00Z",
    origin: "sandbox",
    plan: { title: message("Start OS Upgrade Now"), changes: [change], leftOut: [], warnings: [] },
    results: [{ change, outcome: { status } }],
    state: "ended",
  };
}

function kept(scaleSetId: string, startTime: string, code = "Completed", more: JsonObject = {}): KeptAttempt {
  const counts = { successfulInstanceCount: 10 };
  return { scaleSetId, seenAt: "2026-11-23T05:00:00Z", upgrade: upgrade(code, startTime, counts, more) };
}

interface Seen {
  readonly node: ActivityNode;
  readonly view: NodeView;
  readonly line: string;
  readonly children: readonly Seen[];
}
function seen(state: ActivityState, parent?: ActivityNode): readonly Seen[] {
  return childrenOf(parent, state).map((node) => {
    assert.equal(node.parent?.id, parent?.id, node.id);
    const view = viewOf(node, state);
    assert.ok(view, node.id);
    return {
      node,
      view,
      line: inEnglish(view.spoken).replaceAll(/\s/g, " "),
      children: seen(state, node),
    };
  });
}
const lines = (nodes: readonly Seen[]): readonly string[] =>
  nodes.flatMap(({ line, children }) => [line, ...lines(children)]);

describe("the Activity view", () => {
  test("is empty while nothing runs, has ended or was done", () => {
    assert.deepEqual(childrenOf(undefined, nothing), []);
  });

  test("says which saved plans could not be read, above those that could", () => {
    const unread = [{ name: "1-a.jsonl", reason: "It is not a file: /plans/1-a.jsonl" }];
    const [, group] = seen({ ...nothing, plans: [plan("p")], unread });
    assert.deepEqual(lines(group ? [group] : []).slice(0, 2), [
      "Your changes: 1",
      "1 saved plan couldn't be read: 1-a.jsonl",
    ]);
    const [first] = group?.children[0]?.view.tooltip().lines ?? [];
    assert.ok(first && "text" in first);
    assert.equal(inEnglish(first.text), "1-a.jsonl: It is not a file: /plans/1-a.jsonl");
    const many = Array.from({ length: 12 }, (_, index) => ({ name: `${index}.jsonl`, reason: "EIO" }));
    const alone = seen({ ...nothing, unread: many });
    assert.equal(alone[1]?.children[0]?.line, "12 saved plans couldn't be read: 0.jsonl");
    assert.equal(alone[1]?.children[0]?.view.tooltip().lines.length, 12);
    const place = seen({ ...nothing, unread: [{ reason: "EACCES: plans" }] });
    assert.equal(place[1]?.children[0]?.line, "Saved plans couldn't be read: EACCES: plans");
    assert.equal(atOnce(nodesToRefresh([], { ...nothing, plans: [] }, { ...nothing, unread })), "all");
  });

  test("shows a running upgrade with all that is known of it", async () => {
    assert.deepEqual(lines(seen(await upgrading(2))), [
      "Running upgrades: 1",
      "Running upgrade of scale set web, batch 2 of 5, 2 of 10 instances done, health unknown, running for 30 min, about 2 h 0 min left",
      "Instances: 2 upgraded, 0 failed, 2 in progress, 6 pending",
      "Batch: 2 of 5, at most 2 instances each",
      "Unhealthy: unknown",
      "Unhealthy after upgrade: 0 of 2 (0 %, limit 20 %)",
      "Started: Mon, Nov 23, 00:30",
      "Running for: 30 min",
      "Time left: about 2 h 0 min",
    ]);
  });

  test("shows one that was just begun before Azure does", () => {
    const state = { ...nothing, followed: [{ scaleSetId: fake.idle.id }] };
    assert.deepEqual(lines(seen(state)), [
      "Running upgrades: 1",
      "Running upgrade of scale set api, starting…",
    ]);
  });

  test("shows an upgrade that was cancelled as ended alone, before the watch has looked", async () => {
    const world = await fake.readStore();
    const start = "2026-11-23T05:30:00Z";
    await world.putEligibilityFacts(fake.web.id, {
      upgrade: upgrade("Cancelled", start, { pendingInstanceCount: 8 }),
    });
    const followed = [{ scaleSetId: fake.web.id, start }];
    const attempts = [kept(fake.web.id, start, "Cancelled")];
    const shown = lines(seen({ ...nothing, snapshot: world.snapshot, followed, attempts }));
    assert.deepEqual(shown.slice(0, 4), [
      "Running upgrades: 0",
      "No upgrades are running",
      "Ended in the last 14 days: 1",
      "Upgrade of scale set web, Cancelled, Mon, Nov 23, 00:30",
    ]);
    const restarted = [{ scaleSetId: fake.web.id, previous: start }];
    const again = lines(seen({ ...nothing, snapshot: world.snapshot, followed: restarted, attempts }));
    assert.equal(again[0], "Running upgrades: 1");
  });

  test("shows what ended lately, those of sets that were deleted too, and what to do", () => {
    const error = { code: "RollingUpgradeTimeoutError", message: "Too long." };
    const deleted = `${fake.web.id}-gone`;
    const attempts = [
      kept(fake.web.id, "2026-11-22T22:00:00Z"),
      kept(deleted, "2026-11-20T22:00:00Z", "Faulted", { error }),
      kept(fake.web.id, "2026-10-01T22:00:00Z"),
    ];
    const all = seen({ ...nothing, attempts });
    assert.deepEqual(
      all.flatMap(({ line, children }) => [line, ...children.map((child) => child.line)]),
      [
        "Running upgrades: 0",
        "No upgrades are running",
        "Ended in the last 14 days: 2",
        "Upgrade of scale set web, Completed, Sun, Nov 22, 17:00",
        "Upgrade of scale set web-gone, Failed, Fri, Nov 20, 17:00, The upgrade took longer than Azure allows., no longer in the fleet",
      ],
    );
    const [web, missing] = all[1]?.children ?? [];
    assert.equal(web?.view.contextValue, "scaleSet;associated;upgradesOn");
    assert.equal(missing?.view.contextValue, "missingScaleSet");
    assert.equal(missing?.node.leadsTo, undefined);
    assert.ok(
      missing?.children.some(({ line }) => line === "Azure says: RollingUpgradeTimeoutError: Too long."),
    );
    assert.ok(
      missing?.children.some(({ line }) => line.startsWith("Check for instances that don't become healthy")),
    );
  });

  test("shows fifty that ended, and says how many more there are", () => {
    const attempts = Array.from({ length: 60 }, (_, index) =>
      kept(`${fake.web.id}-${index}`, `2026-11-22T22:00:${String(index).padStart(2, "0")}Z`),
    );
    const ended = seen({ ...nothing, attempts })[1];
    assert.equal(ended?.children.length, 51);
    assert.match(ended?.children.at(-1)?.line ?? "", /^and 10 more: Show Upgrade History/);
  });

  test("shows what was applied, with how it ended", () => {
    const state = { ...nothing, plans: [plan("2", "notStarted"), plan("1")] };
    const plans = seen(state)[1];
    assert.deepEqual(
      plans?.children.map(({ line }) => line),
      [
        "Plan: Start OS Upgrade Now, Sandbox, 0 of 1 changes done, 1 not sent, Mon, Nov 23, 00:00",
        "Plan: Start OS Upgrade Now, Sandbox, 1 change done, Mon, Nov 23, 00:00",
      ],
    );
  });
});

describe("a plan that has not ended", () => {
  const changes = Array.from({ length: 1000 }, (_, index) => ({
    ...plan("1").plan.changes[0],
    id: `c${index}`,
  }));
  const of = (state: AppliedPlan["state"]): AppliedPlan => {
    const all = { ...plan("1").plan, changes: changes as AppliedPlan["plan"]["changes"] };
    const results = all.changes.slice(0, 415).map((change, index): AppliedPlan["results"][number] => ({
      change,
      outcome: index < 3 ? { status: "failed", problem: fake.problem() } : { status: "done" },
    }));
    return { ...plan("1"), plan: all, results, state };
  };
  const shown = (state: AppliedPlan["state"]) => seen({ ...nothing, plans: [of(state)] })[1]?.children[0];

  test("says how far it is, and where it runs", () => {
    const [plan, counts] = ["Plan: Start OS Upgrade Now, Sandbox", "412 of 1000 changes done, 3 failed"];
    assert.match(shown("here")?.line ?? "", new RegExp(`^${plan}, running, ${counts},`));
    assert.match(
      shown("elsewhere")?.line ?? "",
      new RegExp(`^${plan}, running in another window, ${counts},`),
    );
    assert.match(shown("interrupted")?.line ?? "", new RegExp(`^${plan}, interrupted, ${counts},`));
    const cancelled = seen({ ...nothing, plans: [{ ...of("here"), inFlight: 8 }] })[1]?.children[0];
    assert.match(cancelled?.line ?? "", new RegExp(`^${plan}, Cancelling: finishing 8…, ${counts},`));
  });

  test("is told apart by menus: only an interrupted one can be resumed, only one that has ended be undone and retried", () => {
    assert.equal(shown("here")?.view.contextValue, "appliedPlan;here");
    assert.equal(shown("elsewhere")?.view.contextValue, "appliedPlan;elsewhere");
    assert.equal(shown("interrupted")?.view.contextValue, "appliedPlan;interrupted");
    assert.equal(shown("ended")?.view.contextValue, "appliedPlan;ended;undoable;retry");
  });
});

describe("a plan with a change whose end is not known", () => {
  const { changes } = plan("1").plan;
  const shown = (outcomes: readonly Outcome[], state: AppliedPlan["state"] = "ended") => {
    const results = outcomes.map((outcome, index) => ({
      change: { ...(changes[0] as Change), id: `c${index}`, needs: index === 0 ? [] : ["c0"] },
      outcome,
    }));
    const applied = { ...plan("1"), plan: { ...plan("1").plan, changes: results.map((one) => one.change) } };
    const [child] = seen({ ...nothing, plans: [{ ...applied, results, state }] })[1]?.children ?? [];
    assert.ok(child);
    const { view, line } = child;
    return {
      view,
      line,
      tooltip: view.tooltip().lines.map((line) => ("text" in line ? inEnglish(line.text) : line.link)),
    };
  };
  const problem = fake.problem();
  const skipped: Outcome = { status: "skipped", because: "c0" };

  test("offers to check again what is not confirmed", () => {
    const { view, line, tooltip } = shown([{ status: "notConfirmed", problem }, skipped]);
    assert.match(line, /, 0 of 2 changes done, 1 not confirmed, 1 not sent,/);
    assert.equal(view.icon.id, "question");
    assert.equal(view.contextValue, "appliedPlan;ended;check");
    assert.equal(tooltip[1], "Azure hasn't confirmed every change. Select Check Again.");
  });

  test("offers to continue once it is done", () => {
    const { view, tooltip } = shown([{ status: "done" }, skipped]);
    assert.equal(view.icon.id, "warning");
    assert.equal(view.contextValue, "appliedPlan;ended;undoable;continue");
    assert.equal(tooltip[1], "Some changes weren't sent. Select Continue to send them.");
  });

  test("offers to review again what someone else changed", () => {
    const { view, line, tooltip } = shown([
      { status: "changedBySomeoneElse", problem, wasSent: false },
      skipped,
    ]);
    assert.match(line, /, 0 of 2 changes done, 1 changed by someone else, 1 not sent,/);
    assert.equal(view.icon.id, "diff");
    assert.equal(view.contextValue, "appliedPlan;ended;retry");
    assert.equal(tooltip[1], "Someone else changed a resource. Compare in the results, then review again.");
  });

  test("offers no undo of what a later plan has taken back", () => {
    const done = { change: changes[0] as Change, outcome: { status: "done" } as const };
    const first = { ...plan("1"), results: [done] };
    const undo = { ...plan("2"), undoes: "1", results: [done] };
    const rows = seen({ ...nothing, plans: [undo, first] })[1]?.children ?? [];
    assert.deepEqual(
      rows.map(({ view }) => view.contextValue),
      ["appliedPlan;ended;undoable", "appliedPlan;ended"],
    );
  });

  test("offers nothing of what a later plan takes up, and that plan's row does", () => {
    const problem = fake.problem();
    const failed = {
      ...plan("1"),
      results: [{ change: changes[0] as Change, outcome: { status: "failed", problem } as const }],
    };
    const [again, first] =
      seen({ ...nothing, plans: [{ ...failed, id: "2", retries: "1" }, failed] })[1]?.children ?? [];
    assert.equal(first?.view.contextValue, "appliedPlan;ended");
    const [, wayOut] = first.view.tooltip().lines;
    assert.ok(wayOut && "text" in wayOut);
    assert.equal(inEnglish(wayOut.text), "A later plan covers the rest. Select to show the results.");
    assert.equal(again?.view.contextValue, "appliedPlan;ended;retry");
    const elsewhere = { ...(changes[0] as Change), target: `${fake.web.id}-other` };
    const other = { ...plan("2"), retries: "1", plan: { ...plan("2").plan, changes: [elsewhere] } };
    const [, still] = seen({ ...nothing, plans: [other, failed] })[1]?.children ?? [];
    assert.equal(still?.view.contextValue, "appliedPlan;ended;retry");
  });

  test("counts it while it runs, and offers nothing yet", () => {
    const { view, line } = shown([{ status: "notConfirmed", problem }, skipped], "here");
    assert.match(line, /, running, 0 of 2 changes done, 1 not confirmed,/);
    assert.equal(view.contextValue, "appliedPlan;here");
  });
});

describe("what is refreshed", () => {
  const nodesIn = (state: ActivityState) => {
    const all = (nodes: readonly Seen[]): readonly ActivityNode[] =>
      nodes.flatMap(({ node, children }) => [node, ...all(children)]);
    return all(seen(state)).filter(({ kind }) => kind !== "activityLine");
  };
  const refreshed = (before: ActivityState, after: ActivityState) => {
    const nodes = atOnce(nodesToRefresh(nodesIn(before), before, after));
    return nodes === "all" ? nodes : nodes.map(({ kind }) => kind);
  };

  test("is nothing where nothing differs, and all where there is another group", async () => {
    const state = await upgrading(2);
    assert.deepEqual(refreshed(state, { ...state }), []);
    assert.equal(refreshed(nothing, state), "all");
  });

  test("is the running upgrade alone when it goes on", async () => {
    assert.deepEqual(refreshed(await upgrading(2), await upgrading(4)), ["runningUpgrade"]);
  });

  test("is the group when one more was applied", () => {
    const before = { ...nothing, plans: [plan("1")] };
    assert.deepEqual(refreshed(before, { ...before, plans: [plan("2"), plan("1")] }), ["appliedPlans"]);
  });
});

test("the Fleet view shows a running upgrade on its set, and below it", async () => {
  const { snapshot } = await upgrading(2);
  const set = find(fleetSeen(snapshot), "Alpha", "Scale sets", "web");
  assert.match(set.description, /^Scheduled · upgrading: batch 2 of 5, 2 of 10 instances done · /);
  assert.equal(set.view.icon.id, "sync~spin");
  assert.equal(set.view.contextValue, "scaleSet;associated;upgradesOn;upgrading");
  const below = find(set.children, "OS upgrade");
  assert.ok(flat(below.children).some(({ spoken }) => spoken === "Running for: 30 min"));
});
