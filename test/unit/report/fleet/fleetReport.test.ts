import assert from "node:assert/strict";
import { before, test } from "node:test";
import { idKey } from "../../../../src/core/resources/ids.ts";
import { atOnce } from "../../../../src/core/slices.ts";
import { verbatim } from "../../../../src/core/text/message.ts";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { upcomingAfter } from "../../../../src/fleet/snapshot/upcoming.ts";
import { setsOf } from "../../../../src/report/fleet/needs.ts";
import { ReportMaker } from "../../../../src/report/fleet/fleetReport.ts";
import type { ReportInput } from "../../../../src/report/fleet/fleetReport.ts";
import { sandboxFleet } from "../../tree/sandboxFleet.ts";
import { changed, inputOf, now, reportOf, withCopiedConfigurations, zone } from "./support.ts";

const failedTenant = {
  tenantId: "t",
  displayName: "Contoso",
  account: { id: "m", label: "megan@contoso.com" },
};

let snapshot: Snapshot;
before(async () => {
  snapshot = (await sandboxFleet()).store.snapshot;
});

test("sets are counted by state, worst first; those of other services stand apart", () => {
  const { totals } = reportOf(snapshot).data;
  const own = [...snapshot.scaleSets.values()].filter(({ coverage }) => coverage.managedBy === undefined);
  assert.equal(totals.own, own.length);
  assert.equal(
    totals.states.reduce((sum, { count }) => sum + count, 0),
    own.length,
  );
  for (const { state, count } of totals.states) {
    assert.equal(count, own.filter(({ coverage }) => coverage.state === state).length, state);
  }
  assert.deepEqual(
    totals.states.map(({ state }) => state),
    ["unknown", "broken", "blocked", "uncontrolled", "idle", "unmanaged", "controlled"],
  );
  assert.deepEqual(totals.others, [{ service: "Azure Kubernetes Service", count: 1 }]);
});

test("a set that can't be judged is in no other count", () => {
  const loading = changed(snapshot, ({ coverage }) => ({ coverage: { ...coverage, state: "unknown" } }));
  const { totals, needs } = reportOf(loading).data;
  assert.deepEqual(
    totals.states.map(({ state }) => state),
    ["unknown"],
  );
  assert.deepEqual(
    needs.map(({ name }) => name),
    ["unknown"],
  );
});

test("what is still being read is counted as unknown, and waits for nobody", () => {
  const loading = changed(snapshot, ({ coverage }) => ({
    assignments: { unknown: "loading" },
    coverage: { ...coverage, state: "unknown" },
  }));
  const { totals, needs } = reportOf(loading).data;
  assert.deepEqual(
    totals.states.map(({ state }) => state),
    ["unknown"],
  );
  assert.deepEqual(needs, []);
});

test("what needs attention names the command and the sets it is for, and leaves other services out", () => {
  const { needs } = reportOf(snapshot).data;
  assert.deepEqual(
    needs.map(({ name }) => name),
    ["broken", "blocked", "uncontrolled", "idle", "unknown"],
  );
  const command = (name: string) => needs.find((need) => need.name === name)?.actions[0]?.command;
  assert.equal(command("uncontrolled"), "associate");
  assert.equal(command("idle"), "enableAutomaticUpgrades");
  assert.equal(command("blocked"), "explainEligibility");
  for (const { name, count } of needs) {
    const sets = setsOf(name, snapshot);
    assert.equal(sets.length, count);
    assert.ok(sets.every(({ coverage }) => coverage.managedBy === undefined && coverage.state === name));
  }
});

test("a set of another service waits for nothing, whatever its state", () => {
  const owned = changed(snapshot, ({ coverage }) =>
    coverage.managedBy === undefined ? undefined : { coverage: { ...coverage, state: "broken" } },
  );
  const count = (of: Snapshot) => reportOf(of).data.needs.find(({ name }) => name === "broken")?.count;
  assert.equal(count(owned), count(snapshot));
  assert.ok(setsOf("broken", owned).every(({ coverage }) => coverage.managedBy === undefined));
});

test("associations are left behind only where their set was shown to be gone", () => {
  const [id = ""] = [...snapshot.scaleSets.values()].map((record) => record.id);
  const recordOf = (scaleSet: "gone" | "there" | "unknown") =>
    [
      idKey(`${id}/${scaleSet}`),
      { id: `${id}/${scaleSet}`, scaleSetId: id, subscriptionId: "s", assignment: {}, scaleSet },
    ] as const;
  const need = (...dangling: readonly ReturnType<typeof recordOf>[]) =>
    reportOf({ ...snapshot, danglingAssociations: new Map(dangling) }).data.needs.find(
      ({ name }) => name === "dangling",
    );
  assert.equal(need(recordOf("there"), recordOf("unknown")), undefined);
  const deleted = need(recordOf("there"), recordOf("gone"));
  assert.equal(deleted?.count, 1);
  assert.deepEqual(deleted?.actions, [{ command: "cleanUpAssociations", label: "Clean Up Associations…" }]);
});

test("the tenant, the account, the time zone and the time of the last refresh are told", () => {
  const aboutOf = (of: Snapshot) =>
    reportOf(of).data.standing.about.map(({ term, text }) => `${term}: ${text}`);
  const through = (place: number) => ({
    tenantId: `t${place}`,
    tenantName: place === 0 ? "" : `Tenant ${place}`,
    account: { id: "m", label: "megan@contoso.com" },
  });
  const [first] = snapshot.subscriptions.values();
  assert.ok(first);
  const subscriptions = new Map(
    [...Array(5).keys()].map((place) => {
      const subscription = { ...first.subscription, through: through(place) };
      return [`s${place}`, { ...first, subscription }] as const;
    }),
  );
  const readAt = "2026-11-23T05:04:00Z";
  assert.deepEqual(aboutOf({ ...snapshot, origin: "azure", subscriptions, readAt }), [
    "Tenant: t0, Tenant 1 (t1), Tenant 2 (t2) and 2 more",
    "Account: megan@contoso.com",
    "Time zone: Europe/Berlin",
    "Last refreshed: Mon, Nov 23, 2026, 06:04",
  ]);
  const savedAt = "2026-11-22T18:00:00Z";
  assert.deepEqual(aboutOf({ ...snapshot, readAt, savedAt }).slice(1), [
    "Account: Sandbox",
    "Time zone: Europe/Berlin",
    "Last refreshed: Sun, Nov 22, 2026, 19:00",
  ]);
});

test("a saved fleet says how old it is, one that is read more slowly why", () => {
  const tenant = { ...failedTenant, problem: { kind: "forbidden", summary: verbatim("No.") } as const };
  const saved = { ...snapshot, savedAt: "2026-11-22T18:00:00Z", loading: true, withoutGraph: [tenant] };
  const { standing } = reportOf(saved, { viewState: "loading" }).data;
  const texts = standing.notes.map(({ text }) => text).join("\n");
  assert.match(texts, /^Last refreshed since 2026-11-22T18:00:00Z$/m);
  assert.match(texts, /^Resource Graph failed, so loading takes longer for Contoso$/m);
  assert.equal(standing.instead, undefined, "what was saved is shown meanwhile");
});

test("subscriptions that are not enabled, or that Resource Graph failed for, are named", () => {
  const problem = { kind: "server", summary: verbatim("No.") } as const;
  const subscriptions = new Map(
    [...snapshot.subscriptions].map(([key, record], place) => [
      key,
      place === 0
        ? { ...record, subscription: { ...record.subscription, state: "Disabled" } }
        : { ...record, graphProblem: problem },
    ]),
  );
  const { standing } = reportOf({ ...snapshot, subscriptions }).data;
  const texts = standing.notes.map(({ text }) => text).join("\n");
  const [first, ...others] = [...subscriptions.values()].map(({ subscription }) => subscription.displayName);
  assert.match(texts, new RegExp(`Subscriptions not enabled in Azure: ${first}$`, "m"));
  assert.match(
    texts,
    new RegExp(`Resource Graph failed, so loading takes longer for ${others.join(", ")}$`, "m"),
  );
  assert.doesNotMatch(
    reportOf(snapshot)
      .data.standing.notes.map(({ text }) => text)
      .join(),
    /ARM’s|enabled/,
  );
});

test("a failed upgrade and old images are needs of their own", () => {
  const failed = { properties: { runningStatus: { code: "Faulted" } } };
  const other = changed(snapshot, ({ name }) =>
    name === "vmss-web-prod"
      ? {
          upgrade: failed,
          freshness: { state: "behind", newest: "2", running: [], instancesBehind: 3, daysBehind: 61 },
        }
      : undefined,
  );
  const { needs, images } = reportOf(other).data;
  const names = needs.map(({ name }) => name);
  assert.ok(names.includes("failed") && names.includes("behind"));
  assert.deepEqual(
    images.worst.map(({ name, words }) => [name, words]),
    [["vmss-web-prod", "61 days behind"]],
  );
  assert.equal(images.behind + images.unchecked, other.scaleSets.size - 1);
});

test("an upgrade that is done has failed where instances did not follow", () => {
  const ended = (failedInstanceCount: number) => {
    const upgrade = {
      properties: { runningStatus: { code: "Completed" }, progress: { failedInstanceCount } },
    };
    const after = changed(snapshot, ({ name }) => (name === "vmss-web-prod" ? { upgrade } : undefined));
    return setsOf("failed", after).map(({ name }) => name);
  };
  assert.ok(ended(1).includes("vmss-web-prod"));
  assert.ok(!ended(0).includes("vmss-web-prod"));
});

test("images are named by how far they are behind, the worst first", () => {
  let days = 0;
  const other = changed(snapshot, () => ({
    freshness: { state: "behind", newest: "2", running: [], instancesBehind: 1, daysBehind: (days += 10) },
  }));
  const { worst } = reportOf(other).data.images;
  assert.equal(worst.length, 5);
  const words = worst.map(({ words: one }) => Number.parseInt(one, 10));
  assert.deepEqual(
    words,
    words.toSorted((a, b) => b - a),
  );
});

test("the calendar has 14 days of the user's from today, with the windows of each and their conflicts", () => {
  const { days } = reportOf(snapshot).data.calendar;
  assert.equal(days.length, 14);
  assert.deepEqual([days[0]?.date, days[13]?.date], ["2026-11-23", "2026-12-06"]);
  assert.equal(days[0]?.spoken, "Monday, November 23");
  const opened = days.map(({ date }) => {
    const { data } = atOnce(new ReportMaker().make(inputOf(snapshot), date));
    return data.calendar.days.find((day) => day.date === date);
  });
  const windows = opened.flatMap((day) => day?.windows ?? []);
  assert.ok(windows.length > 14);
  for (const { name, times } of windows) {
    assert.ok(name);
    assert.match(times, /^\d\d:\d\d–\d\d:\d\d$/);
  }
  assert.ok(
    windows.some(({ conflicts }) => conflicts.includes("vmss-gateway-prod has another configuration")),
  );
  assert.equal(
    days.reduce((sum, { inConflict }) => sum + inConflict, 0),
    windows.filter(({ conflicts }) => conflicts.length > 0).length,
  );
});

test("of a day with many windows it is told how they lie and which stand out, and all of them once it is opened", () => {
  const crowded = withCopiedConfigurations(snapshot, 5);
  const { days } = reportOf(crowded).data.calendar;
  const { data } = atOnce(new ReportMaker().make(inputOf(crowded), days[1]?.date));
  const [, opened] = data.calendar.days;
  assert.ok(opened && opened.count > 5);
  assert.equal(opened.windows.length, opened.count);
  assert.deepEqual(days[1], { ...opened, windows: [] });
  const { perHour, busiest, highlights, idle } = opened.density ?? assert.fail();
  assert.equal(
    perHour.reduce((sum, count) => sum + count, 0),
    opened.count,
  );
  const [, most = ""] = /^Busiest at \d\d:00: (\d+) windows$/.exec(busiest) ?? [];
  assert.equal(Number(most), Math.max(...perHour));
  assert.deepEqual(
    highlights.map(({ what, window }) => [what, window.times, window.name]),
    [
      ["First", "05:00", opened.windows[0]?.name],
      ["Last", "22:00", opened.windows.at(-1)?.name],
      ["Most scale sets", "22:00", "mc-prod-nightly"],
    ],
  );
  assert.equal(idle, undefined);
  assert.equal(reportOf(snapshot).data.calendar.days[1]?.density, undefined);
});

test("a calendar is good for some seconds, so that it is not made for each of many changes", () => {
  const maker = new ReportMaker();
  const make = (over: Partial<ReportInput> = {}) => atOnce(maker.make(inputOf(snapshot, over)));
  const first = make();
  assert.equal(first.isBehind, false);
  const unasked = () => assert.fail("the windows were worked out anew");
  const soon = make({ now: "2026-11-23T06:00:03Z", upcoming: unasked });
  assert.equal(soon.isBehind, true);
  assert.deepEqual(soon.data.calendar, first.data.calendar);
  assert.equal(make({ now: "2026-11-23T06:00:04Z" }).isBehind, false);
});

test("a calendar notes paired regions as soon as the user wants to know of them, and counts them as no conflict", () => {
  const maker = new ReportMaker();
  const upcoming = (pairs: boolean) => () => upcomingAfter(snapshot, { now, zone }, undefined, pairs);
  const today = (pairs: boolean) =>
    atOnce(maker.make(inputOf(snapshot, { pairs, upcoming: upcoming(pairs) }))).data.calendar.days[0];
  const [without, noted] = [today(false), today(true)];
  const notes = noted?.windows.map((window) => window.notes ?? []);
  assert.ok(notes?.flat().some((words) => /^also (west|north)europe$/.test(words)));
  assert.deepEqual(noted?.inConflict, without?.inConflict);
  assert.ok(without?.windows.every(({ notes: none }) => none === undefined));
  assert.deepEqual(today(false), without);
});

test("a calendar tells why windows may be missing, and nothing where all are known", () => {
  const unread = (over: Partial<Snapshot>) => reportOf({ ...snapshot, ...over }).data.calendar.unread;
  assert.equal(unread({}), undefined);
  assert.match(unread({ loading: true, isFirstReading: true }) ?? "", /^Loading…$/);
  const problem = { kind: "network", summary: verbatim("Couldn't reach arm.invalid.") } as const;
  assert.equal(unread({ problem }), "Couldn't load all windows: Couldn't reach arm.invalid.");
});

test("the same record makes the same row, another one only its own", () => {
  const maker = new ReportMaker();
  const first = atOnce(maker.make(inputOf(snapshot)));
  const other = changed(snapshot, ({ name }) => (name === "vmss-web-prod" ? { name: "other" } : undefined));
  const second = atOnce(maker.make(inputOf(other)));
  const others = [...second.rows].filter(([key, row]) => first.rows.get(key) !== row);
  assert.deepEqual(
    others.map(([, { name }]) => name),
    ["other"],
  );
});

test("each state on the way to a fleet is said, with a way out", () => {
  const nothing = { ...snapshot, scaleSets: new Map(), loading: true };
  const instead = (viewState: Parameters<typeof inputOf>[1]) =>
    reportOf(nothing, viewState).data.standing.instead;
  assert.match(instead({ viewState: "loading" })?.text ?? "", /^Loading your fleet…$/);
  assert.match(instead({ viewState: "ready" })?.text ?? "", /^Loading your fleet…$/);
  for (const [viewState, ways] of [
    ["signedOut", ["signIn", "openSandbox"]],
    ["noSubscriptions", ["signIn", "openSandbox"]],
    ["filterEmpty", ["selectSubscriptions"]],
  ] as const) {
    assert.deepEqual(
      instead({ viewState })?.actions.map(({ command }) => command),
      ways,
    );
  }
  const problem = { kind: "network", summary: verbatim("No way to Azure.") } as const;
  const failed = reportOf({ ...nothing, problem }, { viewState: "failed" }).data.standing.instead;
  assert.equal(failed?.text, "No way to Azure.");
  assert.deepEqual(
    failed?.actions.map(({ command }) => command),
    ["refresh", "showLog"],
  );
  const none = reportOf({ ...nothing, loading: false }).data.standing.instead;
  assert.match(none?.text ?? "", /^No scale sets here\./);
  assert.equal(reportOf(snapshot).data.standing.instead, undefined);
});

test("what could not be read is said above all else", () => {
  const problem = { kind: "network", summary: verbatim("No way to Azure.") } as const;
  const [first, ...others] = [...snapshot.subscriptions];
  assert.ok(first);
  const partly: Snapshot = {
    ...snapshot,
    problem,
    failedTenants: [{ ...failedTenant, problem }],
    malformed: snapshot.malformed.slice(0, 1),
    hiddenSubscriptions: 2,
    subscriptions: new Map([[first[0], { ...first[1], scaleSets: { state: "failed", problem } }], ...others]),
  };
  const texts = reportOf(partly).data.standing.notes.map(({ text }) => text);
  assert.match(texts[0] ?? "", /^Sandbox/);
  const all = texts.join("\n");
  assert.match(all, /^The fleet isn't fully loaded$/m);
  assert.match(all, new RegExp(`^Couldn't fully load ${first[1].subscription.displayName}$`, "m"));
  assert.match(all, /^Couldn't load Contoso$/m);
  assert.match(all, /^1 resource couldn't be read and is excluded$/m);
  assert.match(all, /Filtered: \d of \d subscriptions/);
});

test("counts are marked as growing while the fleet is read for the first time, and not while it is read again", () => {
  const first = { ...snapshot, loading: true, isFirstReading: true } as const;
  const growing = (of: Snapshot) => reportOf(of).data.standing.growing;
  const reading = (of: Snapshot) =>
    reportOf(of).data.standing.notes.filter(({ text }) =>
      /^Loading your fleet: \d+ scale sets so far$/.test(text),
    ).length;
  assert.equal(growing(first), true);
  assert.equal(reading(first), 1);
  assert.equal(growing(snapshot), false);
  assert.deepEqual(reportOf({ ...snapshot, loading: true }).data, reportOf(snapshot).data);
});
