import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type * as vscode from "vscode";
import { scratchFolder } from "../../../../scripts/lib/scratch.ts";
import type { Azure } from "../../../../src/azure/contracts.ts";
import { PlanKeeper } from "../../../../src/commands/plans/planKeeper.ts";
import { verbatim } from "../../../../src/core/text/message.ts";
import type { Change, Plan } from "../../../../src/core/plans/plan.ts";
import { folderOnDisk } from "../../../../src/commands/plans/planFolder.ts";
import { Journal, type Run } from "../../../../src/fleet/plans/journal.ts";
import { PlanBoard, undoneBy } from "../../../../src/fleet/plans/planBoard.ts";
import { digestOf } from "../../../../src/fleet/storageKey.ts";
import * as fake from "../../fleet/fakes.ts";

const scratch = scratchFolder("plan-keeper");
const place = scratch.path;
test.after(() => scratch[Symbol.asyncDispose]());

const change: Change = {
  id: "a",
  kind: "setUpgradePolicy",
  target: fake.web.id,
  title: verbatim("a"),
  after: {},
  needs: [],
};
const plan: Plan = { title: verbatim("Plan"), changes: [change], leftOut: [], warnings: [] };

interface Given {
  readonly folder?: string;
  readonly accounts?: readonly string[];
  readonly azure?: Azure;
  readonly isLasting?: boolean;
}

/** A window of a user's. `silenceMs`: how long another one must not have been heard of. */
function openWindow({ folder = "shared", accounts = ["m"], isLasting = true, ...given }: Given = {}) {
  const window = { silenceMs: 60_000, board: new PlanBoard() };
  const storage = join(place, folder);
  const azure = given.azure ?? fake.fakeAzure({ origin: "azure" });
  const keeper = new PlanKeeper({
    storage: { fsPath: storage } as vscode.Uri,
    board: window.board,
    store,
    azure: () => azure,
    accounts: async () => accounts,
    isLasting: () => isLasting,
    silenceMs: () => window.silenceMs,
    log: fake.silentLog,
  });
  const shown = async () => {
    await keeper.refresh();
    return window.board.plans.map(({ state }) => state);
  };
  return { ...window, window, keeper, azure, storage, shown };
}
const store = await fake.readStore();

test("a plan is shown where it runs, elsewhere, once its window is not heard of, and at its end", async () => {
  const [one, other] = [openWindow(), openWindow()];
  const run = await one.keeper.begin(one.azure, plan);
  assert.deepEqual([await one.shown(), await other.shown()], [["here"], ["elsewhere"]]);
  other.window.silenceMs = 0;
  assert.deepEqual(await other.shown(), ["interrupted"]);
  run.ended({ change, outcome: { status: "done" } });
  await run.close();
  assert.deepEqual([await one.shown(), await other.shown()], [["ended"], ["ended"]]);
  for (const { keeper } of [one, other]) keeper.dispose();
});

test("a plan that was cancelled says at once how many changes are still in flight, until it has ended", async () => {
  const { keeper, azure, window, shown } = openWindow({ folder: "cancelled" });
  const inFlight = () => window.board.plans.map((applied) => applied.inFlight);
  const run = await keeper.begin(azure, plan);
  assert.deepEqual(inFlight(), [undefined]);
  run.cancelling(1);
  assert.deepEqual([inFlight(), await shown()], [[1], ["here"]]);
  run.ended({ change, outcome: { status: "done" } });
  run.cancelling(0);
  assert.deepEqual(inFlight(), [0]);
  await run.close();
  assert.deepEqual([inFlight(), await shown()], [[undefined], ["ended"]]);
  keeper.dispose();
});

test("a plan says which one it makes again, while it runs and when it has ended", async () => {
  const { keeper, azure, window, shown } = openWindow({ folder: "again" });
  const close = async (run: Run) => {
    run.ended({ change, outcome: { status: "done" } });
    await run.close();
  };
  const first = await keeper.begin(azure, plan);
  await close(first);
  const again = await keeper.begin(azure, plan, { retries: first.id });
  const seen = () => window.board.plans.map(({ retries }) => retries);
  assert.deepEqual(
    [seen(), await shown()],
    [
      [first.id, undefined],
      ["here", "ended"],
    ],
  );
  await close(again);
  assert.deepEqual(
    [seen(), await shown()],
    [
      [first.id, undefined],
      ["ended", "ended"],
    ],
  );
  keeper.dispose();
});

test("a plan keeps the tenant and a digest of the account that it was reached through, and says what it undoes", async () => {
  const { keeper, azure, window, storage } = openWindow({ folder: "access" });
  const first = await keeper.begin(azure, plan);
  first.ended({ change, outcome: { status: "done" } });
  await first.close();
  const access = (await keeper.find(first.id))?.kept.access;
  assert.deepEqual(access, [{ subscriptionId: "AAAA", tenantId: "t1", account: digestOf("m") }]);
  const [file = ""] = globSync(join(storage, "plans", "*", "*.jsonl"));
  assert.doesNotMatch(readFileSync(file, "utf8"), /megan|contoso/i);
  const undo = await keeper.begin(azure, plan, { undoes: first.id });
  const undone = () => undoneBy(first.id, window.board.plans);
  assert.equal(undone(), undo.id);
  undo.ended({ change, outcome: { status: "notStarted" } });
  await undo.close();
  assert.equal(undone(), undefined, "an undoing that changed nothing undoes nothing");
  const again = await keeper.begin(azure, plan, { retries: undo.id });
  again.ended({ change, outcome: { status: "done" } });
  await again.close();
  assert.equal(undone(), again.id);
  keeper.dispose();
});

test("a plan of a window that is closed is offered by the next one that is opened, once, and by no other", async () => {
  const [one, other] = [openWindow({ folder: "closed" }), openWindow({ folder: "closed" })];
  await one.keeper.begin(one.azure, plan);
  assert.deepEqual(await other.keeper.takeOffers(), []);
  one.keeper.dispose();
  assert.deepEqual(await other.keeper.takeOffers(), []);
  assert.deepEqual(await other.shown(), ["interrupted"]);
  const next = openWindow({ folder: "closed" });
  assert.equal((await next.keeper.takeOffers()).length, 1);
  assert.equal((await next.keeper.takeOffers()).length, 0);
});

test("a plan of a window that was killed is offered by one that has seen it run, as soon as it is not heard of, once", async () => {
  const [one, other] = [openWindow({ folder: "killed" }), openWindow({ folder: "killed" })];
  const run = await one.keeper.begin(one.azure, plan);
  assert.deepEqual(await other.keeper.takeOffers(), []);
  other.window.silenceMs = 0;
  const [offered] = await other.keeper.takeOffers();
  assert.equal(offered?.id, run.id);
  assert.deepEqual(await other.keeper.takeOffers(), []);
  const found = await other.keeper.find(run.id);
  assert.ok(found);
  const taken = await other.keeper.takeOver(found);
  assert.ok(taken);
  assert.deepEqual(await other.shown(), ["here"]);
  await run.sending(change);
  assert.equal(run.signal.reason, "takenOver");
  await taken.run.close();
  one.keeper.dispose();
});

test("accounts and Azures see only their own plans, and no file names an account", async () => {
  const folder = "accounts";
  const [m, other] = [openWindow({ folder }), openWindow({ folder, accounts: ["megan@contoso.com"] })];
  const both = openWindow({ folder, accounts: ["m", "megan@contoso.com"] });
  await (await m.keeper.begin(m.azure, plan)).close();
  assert.deepEqual([await m.shown(), await other.shown(), await both.shown()], [["ended"], [], ["ended"]]);
  const files = globSync(join(m.storage, "plans", "**"));
  assert.ok(
    files.some((file) => /plans\/[\w.-]+-[0-9a-f]{16}\/\d{15}-\w+\.jsonl$/.test(file.replaceAll("\\", "/"))),
  );
  assert.ok(files.every((file) => !file.includes("megan")));
});

test("of the sandbox in this process nothing is kept, and the window knows its plans all the same", async () => {
  const sandbox = fake.fakeAzure({ origin: "sandbox" });
  const { keeper, storage, shown } = openWindow({ folder: "memory", azure: sandbox, isLasting: false });
  await (await keeper.begin(sandbox, plan)).close();
  assert.deepEqual(await shown(), ["ended"]);
  assert.equal(existsSync(storage), false);
});

/** Where the plans of a folder's only account are. */
function placeOf(storage: string): string {
  const [key = ""] = globSync("*", { cwd: join(storage, "plans") });
  return join(storage, "plans", key);
}

test("an interrupted plan is shown, offered and found behind any number of newer ones", async () => {
  const folder = "behind";
  const one = openWindow({ folder });
  const left = await one.keeper.begin(one.azure, plan);
  one.keeper.dispose();
  const busy = openWindow({ folder });
  for (let count = 0; count < 60; count++) await (await busy.keeper.begin(busy.azure, plan)).close();
  const next = openWindow({ folder });
  assert.deepEqual(
    (await next.keeper.takeOffers()).map(({ id }) => id),
    [left.id],
  );
  const shown = next.board.plans;
  assert.deepEqual([shown.length, shown.at(-1)?.id], [51, left.id]);
  const found = await next.keeper.find(left.id);
  assert.equal(found?.state, "interrupted");
  const taken = found && (await next.keeper.takeOver(found));
  assert.ok(taken);
  await taken.run.close();
});

test("what is in the place beside plans hides none of them, and is shown", async () => {
  const one = openWindow({ folder: "beside" });
  const run = await one.keeper.begin(one.azure, plan);
  const path = placeOf(one.storage);
  await mkdir(join(path, "000000000000001-folder.jsonl"));
  await symlink(join(path, "nowhere"), join(path, "000000000000002-link.jsonl"));
  await symlink(join(path, "000000000000003-loop.jsonl"), join(path, "000000000000003-loop.jsonl"));
  assert.deepEqual(await one.shown(), ["here"]);
  assert.deepEqual(one.board.unread.map(({ name = "" }) => name).toSorted(), [
    "000000000000001-folder.jsonl",
    "000000000000002-link.jsonl",
    "000000000000003-loop.jsonl",
  ]);
  run.ended({ change, outcome: { status: "done" } });
  assert.equal(one.board.unread.length, 3, "also while the view follows a plan");
  assert.equal((await one.keeper.find(run.id))?.kept.id, run.id);
  await run.close();
  const other = openWindow({ folder: "beside" });
  await (await other.keeper.begin(other.azure, plan)).close();
  assert.deepEqual(await other.shown(), ["ended", "ended"]);
});

test("an account whose place can't be read hides no other's plans", async () => {
  const folder = "places";
  const m = openWindow({ folder });
  await (await m.keeper.begin(m.azure, plan)).close();
  const broken = placeOf(m.storage);
  const n = openWindow({ folder, accounts: ["n"] });
  const elsewhere = {
    ...change,
    target: fake.web.id.replace(/subscriptions.[^/]+/, "subscriptions/unknown"),
  };
  const run = await n.keeper.begin(n.azure, { ...plan, changes: [elsewhere] });
  await rm(broken, { recursive: true });
  await writeFile(broken, "no folder");
  const both = openWindow({ folder, accounts: ["m", "n"] });
  assert.deepEqual(await both.shown(), ["elsewhere"]);
  assert.match(both.board.unread.map(({ reason }) => reason).join(), /^ENOTDIR/);
  assert.equal((await both.keeper.find(run.id))?.state, "elsewhere");
  n.keeper.dispose();
});

test("a window whose clock is ahead is not heard of, and its plan can be taken over", async () => {
  const folder = "ahead";
  const seed = openWindow({ folder });
  await (await seed.keeper.begin(seed.azure, plan)).close();
  const begunBy = (aheadMs: number) =>
    new Journal({
      folder: folderOnDisk(placeOf(seed.storage)),
      owner: globalThis.crypto.randomUUID(),
      now: () => Date.now() + aheadMs,
      every: () => ({ dispose: () => undefined }),
      log: fake.silentLog,
    }).begin(plan, "azure");
  const ahead = await begunBy(86_400_000);
  const near = await begunBy(2000);
  const next = openWindow({ folder });
  await next.keeper.refresh();
  const stateOf = (id: string) => next.board.plans.find((one) => one.id === id)?.state;
  assert.deepEqual([stateOf(ahead.id), stateOf(near.id)], ["interrupted", "elsewhere"]);
  const found = await next.keeper.find(ahead.id);
  const taken = found && (await next.keeper.takeOver(found));
  assert.ok(taken);
  await next.keeper.refresh();
  assert.equal(stateOf(ahead.id), "here");
  const other = openWindow({ folder });
  assert.equal((await other.keeper.find(ahead.id))?.state, "elsewhere");
  await taken.run.close();
});
