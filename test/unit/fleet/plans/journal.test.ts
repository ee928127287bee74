import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { inEnglish, message, verbatim } from "../../../../src/core/text/message.ts";
import type { Change, Outcome, Plan } from "../../../../src/core/plans/plan.ts";
import { applyPlan } from "../../../../src/fleet/plans/applyPlan.ts";
import { followInterrupted, resumePlan } from "../../../../src/fleet/plans/interrupted.ts";
import { beatMs, Journal } from "../../../../src/fleet/plans/journal.ts";
import { folderInMemory, type PlanFolder } from "../../../../src/fleet/plans/planFolder.ts";
import * as fake from "../fakes.ts";

const change = (id: string, target: string, ...needs: string[]): Change => ({
  id,
  kind: "setUpgradePolicy",
  target,
  title: verbatim(id),
  after: { properties: { upgradePolicy: { mode: "Rolling" } } },
  needs,
});
const planOf = (...changes: Change[]): Plan => ({
  title: verbatim("Enable"),
  changes,
  leftOut: [],
  warnings: [],
});
const plan = planOf(
  change("a", fake.web.id),
  change("b", fake.idle.id),
  change("c", fake.idle.id, "b"),
  change("d", fake.web.id),
);
const [a, b] = plan.changes as [Change, Change, Change, Change];
const done: Outcome = { status: "done" };

/** As what is said of an account that is refused. */
const naming = () => message("{0}: {1}", verbatim("megan@contoso.com"), "the user 'Megan Bowen' may not");

/** A disk and a clock, over which windows are opened. */
function machine(files = new Map<string, string>()) {
  let now = Date.parse("2026-11-26T12:00:00Z");
  let windows = 0;
  const errors: string[] = [];
  const warnings: string[] = [];
  const timers = new Set<() => void>();
  const openWindow = (over: Partial<PlanFolder> = {}) =>
    new Journal({
      folder: { ...folderInMemory(files), ...over },
      owner: `window${++windows}`,
      now: () => now,
      every: (_, work) => {
        timers.add(work);
        return { dispose: () => timers.delete(work) };
      },
      log: { warn: (line) => void warnings.push(line), error: (line) => void errors.push(line) },
    });
  return {
    files,
    errors,
    warnings,
    openWindow,
    text: () => [...files].flatMap(([name, text]) => (name.endsWith(".jsonl") ? [text] : [])).join(""),
    /** Lets time pass; timers fire once. */
    pass: async (ms: number) => {
      now += ms;
      for (const work of timers) work();
      await settled();
    },
    silence: () => timers.clear(),
  };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** What a window leaves that was killed when `a` was done and `b` had been sent. */
async function killedWindow() {
  const { openWindow, files, silence, ...rest } = machine();
  const run = await openWindow().begin(plan, "azure");
  await run.sending(a);
  run.ended({ change: a, outcome: { status: "done", readBack: fake.web } });
  await run.sending(b);
  silence();
  return { ...rest, files, openWindow, silence };
}

describe("the journal", () => {
  test("has a file with the plan before anything is sent, and a line before each change and after it", async () => {
    const { openWindow, text } = machine();
    const run = await openWindow().begin(plan, "azure");
    const kinds = () =>
      text()
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).line);
    assert.deepEqual(kinds(), ["plan"]);
    await run.sending(a);
    assert.deepEqual(kinds(), ["plan", "sent"]);
    run.ended({ change: a, outcome: done });
    await run.close();
    assert.deepEqual(kinds(), ["plan", "sent", "ended", "closed"]);
  });

  test("gives the next window the plan, what was sent and how it ended", async () => {
    const { openWindow } = await killedWindow();
    const [kept, second] = await openWindow().plans();
    assert.ok(kept);
    assert.equal(second, undefined);
    assert.deepEqual(kept.plan, plan);
    assert.equal(kept.state, "open");
    assert.deepEqual([...kept.sent.keys()], ["a", "b"]);
    // Of what was read back only what undoing compares with.
    const readBack = { properties: { upgradePolicy: { mode: "Rolling" } } };
    assert.deepEqual([...kept.outcomes], [["a", { status: "done", readBack }]]);
  });

  test("keeps when each change was sent and ended, and when the plan did; a later look changes none of it", async () => {
    const { openWindow, pass, files } = machine();
    const journal = openWindow();
    const access = [{ subscriptionId: "aaaa", tenantId: "t1", account: "0123456789abcdef" }];
    const run = await journal.begin(planOf(a), "azure", { access });
    const seconds = (at: number | undefined) =>
      at === undefined ? undefined : (at - Date.parse("2026-11-26T12:00:00Z")) / 1000;
    await pass(1000);
    await run.sending(a);
    await pass(2000);
    const open = await journal.plan(run.id);
    assert.deepEqual([open?.endedAt, open?.access], [undefined, access]);
    const problem = { kind: "server", summary: verbatim("Not confirmed.") } as const;
    run.ended({ change: a, outcome: { status: "notConfirmed", problem } });
    await settled();
    await run.close();
    await pass(60_000);
    const kept = await journal.plan(run.id);
    assert.ok(kept);
    await journal.amend(kept, [{ change: a, outcome: done }]);
    const later = await journal.plan(run.id);
    assert.ok(later);
    assert.deepEqual(
      [later.begunAt, later.sent.get("a")?.at, kept.endedAt, later.endedAt].map(seconds),
      [0, 1, 3, 3],
    );
    assert.deepEqual([kept.knownAt.get("a"), later.knownAt.get("a")].map(seconds), [3, 63]);
    assert.deepEqual(Object.keys(JSON.parse([...files.values()][0]?.split("\n")[0] ?? "") as object), [
      "line",
      "version",
      "at",
      "owner",
      "origin",
      "plan",
      "access",
    ]);
  });

  test("has an end also where its window was killed before it could write it", async () => {
    const { openWindow, pass, silence } = machine();
    const journal = openWindow();
    const run = await journal.begin(planOf(a), "azure");
    await pass(2000);
    run.ended({ change: a, outcome: done });
    await settled();
    silence();
    const kept = await openWindow().plan(run.id);
    assert.deepEqual([kept?.state, (kept?.endedAt ?? 0) - (kept?.begunAt ?? 0)], ["closed", 2000]);
  });

  test("keeps what the read showed that Azure has changed along", async () => {
    const { openWindow } = machine();
    const run = await openWindow().begin(plan, "azure");
    const note = verbatim("Azure turned something off.");
    run.ended({ change: a, outcome: { status: "done", readBack: fake.web, note } });
    await run.close();
    const outcome = (await openWindow().plan(run.id))?.outcomes.get("a");
    assert.deepEqual(outcome?.status === "done" && outcome.note, note);
  });

  test("keeps no secrets and no names of people, in whatever a failure says", async () => {
    const { openWindow, text } = machine();
    const systemData = { createdBy: "megan@contoso.com" };
    const settings = { properties: { protectedSettings: { key: "s3cr3t" }, settings: { port: 80 } } };
    const one: Change = { ...a, before: { systemData, tags: { secrets: "a tag" } } };
    const warned = { ...planOf(one, { ...b, after: settings }), warnings: [naming()] };
    const leftOut = [{ target: fake.web.id, reason: naming() }];
    const run = await openWindow().begin({ ...warned, leftOut }, "azure");
    const detail =
      "The client 'megan@contoso.com' with object id '1234-5678' does not have authorization to perform action";
    const problem = { ...fake.problem(), detail, summary: naming(), wayOut: naming() };
    run.ended({ change: one, outcome: { status: "failed", problem } });
    await run.close();
    assert.doesNotMatch(text(), /megan|s3cr3t|1234-5678/);
    assert.match(text(), /does not have authorization to perform action/);
    assert.match(text(), /a tag/);
  });

  test("keeps of a change all that was confirmed, or where it may hold a secret no body at all", async () => {
    const { openWindow, text } = machine();
    const secret = { properties: { extensionProperties: { ssh: "s3cr3t" }, namespace: "n" } };
    const systemData = { createdBy: "megan@contoso.com" };
    const safe: Change = {
      ...a,
      before: { tags: { Secrets: "x", userData: "y" }, systemData },
      after: { tags: { ssh: "z" } },
    };
    const bodies: readonly Partial<Change>[] = [
      { after: secret },
      { before: secret },
      { after: { systemData } },
      { takesAlong: [{ id: "x" }, secret] },
    ];
    const unsafe = bodies.map((body, index): Change => ({ ...b, id: `${index}`, ...body }));
    const run = await openWindow().begin(planOf(safe, ...unsafe), "azure");
    run.ended({ change: safe, outcome: { status: "done", readBack: { ...secret, tags: { ssh: "z" } } } });
    await run.close();
    const kept = await openWindow().plan(run.id);
    const [whole, ...rest] = kept?.plan.changes ?? [];
    assert.deepEqual(whole, { ...safe, before: { tags: { Secrets: "x", userData: "y" } } });
    assert.equal(rest.length, bodies.length);
    for (const { id, ...change } of rest) {
      const { kind, target, title, needs } = b;
      assert.deepEqual(change, { kind, target, title, needs, bodyNotKept: true }, id);
    }
    assert.doesNotMatch(text(), /s3cr3t|megan/);
  });

  test("shows that its window is alive, also while nothing happens", async () => {
    const { openWindow, pass } = machine();
    const run = await openWindow().begin(plan, "azure");
    const other = openWindow();
    const seenAt = async () => (await other.plans())[0]?.seenAt ?? 0;
    const first = await seenAt();
    await pass(beatMs);
    await pass(beatMs);
    assert.equal((await seenAt()) - first, 2 * beatMs);
    await run.close();
    await pass(beatMs);
    assert.equal((await seenAt()) - first, 2 * beatMs, "not once it has ended");
  });

  test("leaves its plans to the next window at once when its own is closed, and lets nothing more be sent", async () => {
    const { openWindow } = machine();
    const journal = openWindow();
    const run = await journal.begin(plan, "azure");
    await run.sending(a);
    journal.leave();
    await run.sending(b);
    assert.ok(run.signal.aborted);
    assert.equal(run.signal.reason, "windowClosed");
    const [kept] = await openWindow().plans();
    assert.equal(kept?.state, "left");
    assert.deepEqual([...kept.sent.keys()], ["a"]);
  });

  test("ignores a line that is torn, and goes on after it", async () => {
    const { openWindow, files } = await killedWindow();
    const [name = ""] = files.keys();
    files.set(name, `${files.get(name)}{"line":"ended","id":"b","outc`);
    const journal = openWindow();
    const [torn] = await journal.plans();
    assert.ok(torn);
    assert.equal(torn.outcomes.has("b"), false);
    const taken = await journal.takeOver(torn);
    assert.ok(taken);
    taken.run.ended({ change: b, outcome: done });
    await taken.run.close();
    const [ended] = await openWindow().plans();
    assert.deepEqual(ended?.outcomes.get("b"), done);
    assert.equal(ended?.state, "closed");
  });

  test("reads what another version or anybody else left as nothing", async () => {
    const name = "000000000000001-other.jsonl";
    for (const text of [
      "",
      "text",
      "{}",
      '{"line":"plan","version":2}',
      '{"line":"plan","version":1,"at":1}',
    ])
      assert.deepEqual(
        await machine(new Map([[name, text]]))
          .openWindow()
          .plans(),
        [],
      );
    const { openWindow, files } = await killedWindow();
    files.set("notes.txt", "mine");
    files.set("x.jsonl", [...files.values()][0] ?? "");
    assert.equal((await openWindow().plans()).length, 1);
  });

  test("lets one of several windows take a plan over, and its earlier owner send nothing more", async () => {
    const { openWindow } = machine();
    const first = await openWindow().begin(plan, "azure");
    await first.sending(a);
    const [second, third] = [openWindow(), openWindow()];
    const seen = (await second.plans())[0];
    assert.ok(seen);
    const taken = await Promise.all([second.takeOver(seen), third.takeOver(seen)]);
    assert.equal(taken.filter((one) => one !== undefined).length, 1);
    await first.sending(b);
    assert.equal(first.signal.reason, "takenOver");
  });

  test("tells the earlier owner also while it waits", async () => {
    const { openWindow, pass } = machine();
    const first = await openWindow().begin(plan, "azure");
    const second = openWindow();
    const [seen] = await second.plans();
    assert.ok(seen);
    await second.takeOver(seen);
    await pass(beatMs);
    assert.equal(first.signal.reason, "takenOver");
  });

  test("takes a window for the owner that was killed right after it had made its lease file", async () => {
    const { openWindow, files } = await killedWindow();
    const [name = ""] = files.keys();
    const other = openWindow({ append: () => Promise.reject(new Error("killed")) });
    const [seen] = await other.plans();
    assert.ok(seen);
    await other.takeOver(seen);
    await settled();
    const third = openWindow();
    const [kept] = await third.plans();
    assert.ok(kept);
    assert.deepEqual([kept.by, kept.owner], [2, "window2"]);
    assert.ok(await third.takeOver(kept));
    assert.ok(files.has(name.replace(".jsonl", ".lease-3")));
  });

  test("sends nothing once it can't be written what is sent, and says so", async () => {
    const { openWindow, errors } = machine();
    const journal = openWindow({ append: () => Promise.reject(new Error("disk is full")) });
    const run = await journal.begin(plan, "azure");
    const sent: string[] = [];
    const azure = fake.fakeAzure({
      apply: async ({ changes }, { signal, onStarted, onOutcome }) => {
        for (const one of changes) {
          await onStarted?.(one);
          if (!signal.aborted) sent.push(one.id);
        }
        return changes.map((one) => {
          const result = { change: one, outcome: { status: "notStarted" as const } };
          onOutcome?.(result);
          return result;
        });
      },
    });
    const store = await fake.readStore(azure);
    const results = await applyPlan(azure, store, plan, { signal: fake.noSignal(), run });
    assert.deepEqual(sent, []);
    assert.ok(results.every(({ outcome }) => outcome.status === "notStarted" && outcome.why === "notKept"));
    assert.match(errors[0] ?? "", /disk is full/);
    await assert.rejects(
      openWindow({ create: () => Promise.reject(new Error("no disk")) }).begin(plan, "azure"),
      /no disk/,
    );
  });

  test("deletes plans that ended six weeks ago, and all but the latest 300; none that did not end", async () => {
    const { openWindow, pass, files, silence } = machine();
    const journal = openWindow();
    const open = await journal.begin(plan, "azure");
    await (await journal.begin(plan, "azure")).close();
    silence();
    await pass(40 * 86_400_000);
    for (let count = 0; count < 301; count++) await (await journal.begin(plan, "azure")).close();
    await journal.tidy();
    assert.equal(files.size, 301, "300 and the one that did not end");
    await pass(3 * 86_400_000);
    await journal.tidy();
    assert.ok(files.has(`${open.id}.jsonl`));
    await pass(42 * 86_400_000);
    await journal.tidy();
    assert.deepEqual([...files.keys()], [`${open.id}.jsonl`]);
  });

  test("lists plans that have ended in outline, and has the whole of each", async () => {
    const { openWindow } = machine();
    const journal = openWindow();
    const run = await journal.begin(plan, "azure");
    for (const one of plan.changes)
      run.ended({ change: one, outcome: { status: "done", readBack: fake.web } });
    await run.close();
    const [listed] = await journal.plans();
    assert.equal(listed?.plan.changes[0]?.after, undefined);
    assert.deepEqual(listed?.outcomes.get("a"), done);
    const whole = await journal.plan(run.id);
    assert.deepEqual(whole?.plan, plan);
    assert.notDeepEqual(whole?.outcomes.get("a"), done);
  });

  test("lists each plan that did not end, however many newer ones did, and reads little for it", async () => {
    const { openWindow, files, pass, silence } = machine();
    const journal = openWindow();
    const open = await journal.begin(plan, "azure");
    silence();
    await pass(90 * 86_400_000);
    for (let count = 0; count < 400; count++) await (await journal.begin(plan, "azure")).close();
    let [wholes, ends] = [0, 0];
    const inner = folderInMemory(files);
    const other = openWindow({
      read: async (name) => {
        wholes += 1;
        return inner.read(name);
      },
      readEnd: async (name, bytes) => {
        ends += 1;
        return inner.readEnd(name, bytes);
      },
    });
    const listed = await other.plans(50);
    assert.equal(listed.length, 51);
    assert.deepEqual([listed.at(-1)?.id, listed.at(-1)?.state], [open.id, "open"]);
    assert.equal((await other.plans()).length, 301, "with the most that are kept");
    assert.equal((await other.plan(open.id))?.state, "open");
    [wholes, ends] = [0, 0];
    assert.equal((await other.plans(50)).length, 51);
    assert.deepEqual([wholes, ends], [0, 0], "and nothing again");
  });

  test("reads of ended plans that are not listed only the end", async () => {
    const { openWindow, files } = machine();
    const journal = openWindow();
    for (let count = 0; count < 10; count++) await (await journal.begin(plan, "azure")).close();
    const read: string[] = [];
    const inner = folderInMemory(files);
    const other = openWindow({
      read: async (name) => {
        read.push(name);
        return inner.read(name);
      },
    });
    assert.equal((await other.plans(3)).length, 3);
    assert.equal(read.length, 3);
    assert.equal((await other.plans(5)).length, 5);
    assert.equal(new Set(read).size, 5);
  });

  test("lists the others where one can't be read, says which, and logs it once", async () => {
    const { openWindow, files, warnings } = machine();
    const [one, other] = [openWindow(), openWindow()];
    const runs = [
      await one.begin(plan, "azure"),
      await one.begin(plan, "azure"),
      await one.begin(plan, "azure"),
    ];
    const [first, second, third] = runs.map(({ id }) => id) as [string, string, string];
    const inner = folderInMemory(files);
    let isDamaged = true;
    const journal = openWindow({
      read: (name) => {
        if (name === `${second}.jsonl` && isDamaged) return Promise.reject(new Error("I/O error"));
        return inner.read(name);
      },
    });
    const ids = async () => (await journal.plans()).map(({ id }) => id);
    assert.deepEqual(await ids(), [third, first]);
    assert.deepEqual(await ids(), [third, first]);
    assert.deepEqual(journal.unread, [{ name: `${second}.jsonl`, reason: "I/O error" }]);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? "", new RegExp(`${second}.*I/O error`));
    await journal.tidy();
    await assert.rejects(journal.plan(second), /I\/O error/);
    assert.equal((await journal.plan(first))?.id, first);
    isDamaged = false;
    assert.deepEqual(await ids(), [third, second, first]);
    assert.deepEqual(journal.unread, []);
    files.set(`${third}.jsonl`, '{"line":"plan","version":1,"plan":{"changes":[null]}}\n');
    assert.deepEqual(
      (await other.plans()).map(({ id }) => id),
      [second, first],
    );
    assert.equal(other.unread[0]?.name, `${third}.jsonl`);
    const nowhere = openWindow({ list: () => Promise.reject(new Error("no such disk")) });
    assert.deepEqual(await nowhere.plans(), []);
    assert.deepEqual(nowhere.unread, [{ reason: "no such disk" }]);
  });

  test("takes a plan for one with an owner where the lease can't be read", async () => {
    const { openWindow, files } = await killedWindow();
    const [name = ""] = files.keys();
    const lease = name.replace(".jsonl", ".lease-2");
    files.set(lease, "");
    const inner = folderInMemory(files);
    const journal = openWindow({
      read: (wanted) => (wanted === lease ? Promise.reject(new Error("EISDIR")) : inner.read(wanted)),
    });
    const [kept] = await journal.plans();
    assert.equal(kept?.by, 2);
    assert.ok(kept && (await journal.takeOver(kept)));
  });

  test("goes by what its owner wrote last, not by the latest time", async () => {
    const { openWindow, pass, files } = machine();
    const run = await openWindow().begin(plan, "azure");
    await pass(3_600_000);
    await run.sending(a);
    await pass(-3_600_000);
    await run.sending(b);
    const [kept] = await openWindow().plans();
    assert.equal(kept?.seenAt, kept?.begunAt);
    assert.equal(files.size, 1);
  });

  test("does not read again what has not grown", async () => {
    const { openWindow, files } = await killedWindow();
    let reads = 0;
    const journal = openWindow({
      read: async (name) => {
        reads += 1;
        return files.get(name);
      },
    });
    await journal.plans();
    await journal.plans();
    assert.equal(reads, 1);
  });
});

test("after a reload what was sent is followed, what was not is told so, and nothing is sent again", async () => {
  const { openWindow } = await killedWindow();
  const followed: string[] = [];
  const after = fake.scaleSet("AAAA", "api", true);
  const azure = fake.fakeAzure({
    outcomeOf: async ({ id }) => {
      followed.push(id);
      return { status: "done", readBack: after };
    },
  });
  const store = await fake.readStore(azure);
  const [kept] = await openWindow().plans();
  assert.ok(kept);
  const results = await followInterrupted(azure, store, kept, fake.noSignal());
  assert.deepEqual(
    results.map(({ change: { id }, outcome }) => [id, outcome.status]),
    [
      ["a", "done"],
      ["b", "done"],
      ["c", "notStarted"],
      ["d", "notStarted"],
    ],
  );
  assert.deepEqual(followed, ["b"]);
  const shown = [...store.snapshot.scaleSets.values()].find(({ id }) => id === fake.idle.id);
  assert.deepEqual(shown?.resource, after);
});

/** An Azure in which a change is done as soon as it is sent. `sent` and `made` have every change as often as it was so. */
function countingAzure(isRefused: (id: string) => boolean = () => false) {
  const [sent, made]: [string[], string[]] = [[], []];
  const failed: Outcome = { status: "failed", problem: fake.problem() };
  const azure = fake.fakeAzure({
    apply: async ({ changes }, { signal, onStarted, onOutcome }) => {
      const outcomes = new Map<string, Outcome>();
      for (const one of changes) {
        const undone = one.needs.find((id) => outcomes.get(id)?.status !== "done");
        let outcome: Outcome = { status: "notStarted" };
        if (undone !== undefined) outcome = { status: "skipped", because: undone };
        else if (!signal.aborted) {
          await onStarted?.(one);
          if (!signal.aborted) {
            sent.push(one.id);
            if (!isRefused(one.id)) made.push(one.id);
            outcome = isRefused(one.id) ? failed : done;
          }
        }
        outcomes.set(one.id, outcome);
        onOutcome?.({ change: one, outcome });
        await settled();
      }
      return changes.map((one) => ({ change: one, outcome: outcomes.get(one.id) as Outcome }));
    },
    outcomeOf: async ({ id }) => (made.includes(id) ? done : failed),
  });
  return { azure, sent, made };
}

test("a change whose body was not kept is not sent by another window, and is told so; the others are", async () => {
  const { openWindow, silence } = machine();
  const secret = { properties: { extensionProperties: { ssh: "s3cr3t" } } };
  const remove = (id: string): Change => ({ ...change(id, fake.web.id), kind: "dissociate", before: secret });
  const both = planOf(
    { ...change("sent", fake.web.id), after: secret },
    { ...change("unsent", fake.idle.id), after: secret },
    change("needing", fake.idle.id, "unsent"),
    change("other", fake.idle.id),
    remove("removed"),
  );
  const first = await openWindow().begin(both, "azure");
  for (const one of both.changes) if (one.id === "sent" || one.id === "removed") await first.sending(one);
  silence();
  const { azure, sent, made } = countingAzure();
  made.push("removed");
  const journal = openWindow();
  const [seen] = await journal.plans();
  assert.ok(seen);
  const taken = await journal.takeOver(seen);
  assert.ok(taken);
  const store = await fake.readStore(azure);
  const results = await resumePlan(azure, store, taken.plan, taken.run, { signal: fake.noSignal() });
  await taken.run.close();
  assert.deepEqual(
    results.map(({ change: { id }, outcome }) => [id, outcome.status]),
    [
      ["sent", "notConfirmed"],
      ["unsent", "failed"],
      ["needing", "skipped"],
      ["other", "done"],
      ["removed", "done"],
    ],
  );
  assert.deepEqual(sent, ["other"]);
  const said = results.map(({ outcome }) => ("problem" in outcome ? inEnglish(outcome.problem.summary) : ""));
  const why = "its request wasn't saved, because it may contain a secret.";
  assert.equal(said[0], `Not confirmed: sent. It was sent, but ${why}`);
  assert.equal(said[1], "Not sent: unsent. Its request wasn't saved, because it may contain a secret.");
  assert.equal((await openWindow().plans())[0]?.state, "closed");
});

/** A folder that stops the window after so many writes: what it writes after that never gets to the disk, nor does an answer. */
function dyingFolder(
  files: Map<string, string>,
  writes: number,
  torn: boolean,
): PlanFolder & { readonly died: Promise<void> } {
  const folder = folderInMemory(files);
  const { promise: died, resolve } = Promise.withResolvers<void>();
  let left = writes;
  const never = new Promise<never>(() => undefined);
  const alive = () => {
    left -= 1;
    if (left < 0) resolve();
    return left >= 0;
  };
  return {
    ...folder,
    died,
    create: async (name, text) => (alive() ? folder.create(name, text) : never),
    append: async (name, text) => {
      if (alive()) return folder.append(name, text);
      if (torn && left === -1) await folder.append(name, text.slice(0, text.length / 2));
      return never;
    },
    has: async (name) => (left >= 0 ? folder.has(name) : never),
  };
}

test("property: killed between any two lines, again and again, no change is sent twice and all are done in the end", async () => {
  const kills = fc.array(fc.record({ after: fc.nat(14), torn: fc.boolean() }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(kills, fc.subarray(["a", "b", "d"]), async (deaths, refused) => {
      const { openWindow, files, silence } = machine();
      const { azure, sent, made } = countingAzure((id) => refused.includes(id));
      const store = await fake.readStore(azure);
      const options = { signal: fake.noSignal() };
      const lives = [...deaths, { after: Infinity, torn: false }];
      for (const { after, torn } of lives) {
        const folder = dyingFolder(files, after, torn);
        const journal = openWindow(folder);
        const life = async () => {
          const [kept] = await journal.plans();
          if (kept === undefined) {
            if (files.size > 0) return; // the very first line is torn: nothing was sent
            const run = await journal.begin(plan, "azure");
            await applyPlan(azure, store, plan, { ...options, run });
            await run.close();
          } else if (kept.state !== "closed") {
            const taken = await journal.takeOver(kept);
            assert.ok(taken);
            await resumePlan(azure, store, taken.plan, taken.run, options);
            await taken.run.close();
          }
        };
        await Promise.race([life(), folder.died]);
        silence();
      }
      assert.equal(new Set(sent).size, sent.length, `sent: ${sent.join(" ")}`);
      const [kept] = await openWindow().plans();
      if (kept === undefined) return assert.deepEqual(sent, []);
      assert.equal(kept.state, "closed");
      for (const { id } of plan.changes) {
        const outcome = kept.outcomes.get(id);
        assert.equal(outcome?.status === "done", made.includes(id), `${id}: ${outcome?.status}`);
      }
      return undefined;
    }),
    { numRuns: 300 },
  );
});

test("property: two windows that both go on with a plan never send a change twice, however their steps fall", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.nat(6), async (scheduler, head) => {
      const files = new Map<string, string>();
      const inner = folderInMemory(files);
      const slow = <A extends unknown[], T>(work: (...args: A) => Promise<T>) =>
        scheduler.scheduleFunction((...args: A) => work(...args), undefined) as (...args: A) => Promise<T>;
      const folder: PlanFolder = {
        ...inner,
        create: slow(inner.create),
        append: slow(inner.append),
        has: slow(inner.has),
        read: slow(inner.read),
      };
      const { openWindow } = machine(files);
      const { azure, sent } = countingAzure();
      const store = await fake.readStore(azure);
      const options = { signal: fake.noSignal() };
      const first = async () => {
        const run = await openWindow(folder).begin(plan, "azure");
        await applyPlan(azure, store, plan, { ...options, run });
        await run.close();
      };
      const second = async () => {
        const journal = openWindow(folder);
        for (let count = 0; count < head; count++) await settled();
        const [kept] = await journal.plans();
        const taken = kept && kept.state !== "closed" && (await journal.takeOver(kept));
        if (!taken) return;
        await resumePlan(azure, store, taken.plan, taken.run, options);
        await taken.run.close();
      };
      await scheduler.waitFor(Promise.all([first(), second()]));
      assert.equal(new Set(sent).size, sent.length, `sent: ${sent.join(" ")}`);
    }),
    { numRuns: 200 },
  );
});
