import assert from "node:assert/strict";
import { before, test } from "node:test";
import { idKey } from "../../../../src/core/resources/ids.ts";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import type { ToPage } from "../../../../src/report/fleet/contract.ts";
import { ReportMaker } from "../../../../src/report/fleet/fleetReport.ts";
import { PageUpdater } from "../../../../src/report/fleet/pageUpdater.ts";
import { sandboxFleet } from "../../tree/sandboxFleet.ts";
import { changed, inputOf, withCopiedConfigurations } from "./support.ts";

type Changes = Extract<ToPage, { readonly kind: "changes" }>;

let small: Snapshot;
let large: Snapshot;
before(async () => {
  small = (await sandboxFleet()).store.snapshot;
  const records = [...small.scaleSets.values()].flatMap((record) =>
    [...Array(50).keys()].map((copy) => ({ ...record, id: `${record.id}-${copy}` })),
  );
  large = { ...small, scaleSets: new Map(records.map((record) => [idKey(record.id), record])) };
});

/** A page that shows `fleet`, which may be another each time. */
function pageOf(fleet: () => Snapshot, hear: (message: Changes) => void = () => {}) {
  const messages: Changes[] = [];
  const tell = (message: ToPage) => {
    assert.equal(message.kind, "changes");
    messages.push(message as Changes);
    hear(message as Changes);
  };
  const updater = new PageUpdater(
    { maker: new ReportMaker(), input: () => inputOf(fleet()), tell },
    undefined,
  );
  return { updater, messages };
}

const renamed = (name: string) =>
  changed(large, (record) => (record.id.endsWith("vmss-web-prod-7") ? { name } : undefined));

test("all rows of a large fleet come in parts that are shown together at the end", async () => {
  const { updater, messages } = pageOf(() => large);
  await updater.bringUpToDate();
  assert.ok(messages.every(({ put }) => put.length <= 200));
  assert.equal(messages.flatMap(({ put }) => put).length, large.scaleSets.size);
  assert.deepEqual(
    messages.map(({ more }) => more),
    messages.map((_, place) => place < messages.length - 1),
  );
  assert.deepEqual(Object.keys(messages.at(-1)?.data ?? {}).sort(), [
    "calendar",
    "images",
    "names",
    "needs",
    "portal",
    "standing",
    "totals",
  ]);
});

test("a change is sent alone, and nothing where nothing differs", async () => {
  let fleet = large;
  const { updater, messages } = pageOf(() => fleet);
  await updater.bringUpToDate();
  messages.splice(0);
  await updater.bringUpToDate();
  assert.equal(messages.length, 0);
  fleet = renamed("other");
  await updater.bringUpToDate();
  assert.deepEqual(
    messages.map(({ put }) => put.map(({ name }) => name)),
    [["other"], []],
  );
});

test("however often it is asked for meanwhile, the newest is sent once, after what is under way", async () => {
  let fleet = large;
  let made = 0;
  const asked: Promise<void>[] = [];
  const { updater, messages } = pageOf(
    () => {
      made += 1;
      return fleet;
    },
    () => {
      if (made > 1) return;
      fleet = renamed(`change ${asked.length}`);
      asked.push(updater.bringUpToDate());
    },
  );
  await updater.bringUpToDate();
  await Promise.all(asked);
  assert.ok(asked.length > 3);
  assert.equal(made, 2);
  const shown = new Map(messages.flatMap(({ put }) => put.map(({ id, name }) => [id, name])));
  assert.ok([...shown.values()].includes(`change ${asked.length - 1}`));
});

test("once the page has ended, what is under way is left undone and no more is sent", async () => {
  let isBegun = false;
  const input = {
    ...inputOf(large),
    // So many pieces that the event loop has a turn between them, in which the page ends.
    upcoming: function* () {
      isBegun = true;
      setImmediate(() => updater.end());
      for (let pieces = 0; pieces < 10_000_000; pieces += 1) yield;
      return assert.fail("the work went on");
    },
  };
  const tell = () => assert.fail("the page got a message");
  const updater = new PageUpdater({ maker: new ReportMaker(), input: () => input, tell }, undefined);
  await assert.rejects(updater.bringUpToDate(), { name: "AbortError" });
  assert.ok(isBegun);
});

test("the windows of a day are sent once it is opened", async () => {
  const { updater, messages } = pageOf(() => withCopiedConfigurations(small, 5));
  await updater.bringUpToDate();
  const day = messages.at(-1)?.data.calendar?.days[1];
  assert.ok(day && day.windows.length < day.count);
  messages.splice(0);
  await updater.open(day.date);
  assert.deepEqual(
    messages.map(({ data }) => Object.keys(data)),
    [["calendar"]],
  );
  assert.equal(messages[0]?.data.calendar?.days[1]?.windows.length, day.count);
});
