import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { idKey } from "../../../src/core/resources/ids.ts";
import { atOnce } from "../../../src/core/slices.ts";
import { inEnglish, verbatim } from "../../../src/core/text/message.ts";
import type { Occurrence } from "../../../src/core/windows/types.ts";
import type { ConfigurationRecord, ScaleSetRecord, Snapshot } from "../../../src/fleet/snapshot/snapshot.ts";
import { tooltipMarkdown } from "../../../src/tree/tooltip.ts";
import { shortConflicts } from "../../../src/tree/upcoming/conflicts.ts";
import type { UpcomingNode } from "../../../src/tree/upcoming/node.ts";
import { childrenOf, viewOf } from "../../../src/tree/upcoming/nodes.ts";
import { nodesToRefresh } from "../../../src/tree/upcoming/refresh.ts";
import { stateAfter, stateOf } from "../../../src/tree/upcoming/state.ts";
import type { State } from "../../../src/tree/upcoming/state.ts";
import type { Clock, NodeView } from "../../../src/tree/view.ts";
import * as fake from "../fleet/fakes.ts";
import { clock as newYork } from "./walk.ts";
import { sandboxFleet } from "./sandboxFleet.ts";

const clock: Clock = { ...newYork, zone: "Europe/Berlin" };

interface Seen {
  readonly node: UpcomingNode;
  readonly view: NodeView;
  readonly line: string;
  readonly children: readonly Seen[];
}

function seen(state: State, parent?: UpcomingNode): readonly Seen[] {
  return childrenOf(parent, state).map((node) => {
    assert.equal(node.parent?.id, parent?.id, node.id);
    const view = viewOf(node, state);
    assert.ok(view, node.id);
    const parts = [view.label, ...(view.description ? [view.description] : [])];
    const line = parts
      .map(inEnglish)
      .join(" | ")
      .replaceAll(/[^\S\n]/g, " ");
    return { node, view, line, children: seen(state, node) };
  });
}

const flat = (nodes: readonly Seen[]): readonly Seen[] =>
  nodes.flatMap((node) => [node, ...flat(node.children)]);
const lines = (nodes: readonly Seen[]) => nodes.map(({ line }) => line);
function below(nodes: readonly Seen[], start: string): readonly Seen[] {
  const found = flat(nodes).find(({ line }) => line.startsWith(start));
  assert.ok(found, `no “${start}” in\n${lines(flat(nodes)).join("\n")}`);
  return found.children;
}

const { store } = await sandboxFleet();
const contoso = store.snapshot;

describe("the sandbox's upcoming windows", () => {
  const all = seen(stateOf(contoso, clock));

  test("stand under the user's days, what is open now first", () => {
    const roots = lines(all);
    assert.match(
      roots[0] ?? "",
      /^1 scale set couldn't be read \| Couldn't load associations: vmss-identity-broker$/,
    );
    assert.equal(roots[1], "Open now | 1 window");
    assert.equal(roots[2], "Today, Monday, November 23 | 2 windows · 2 in conflict");
    assert.equal(roots[3], "Tomorrow, Tuesday, November 24 | 2 windows · 1 in conflict");
    assert.equal(roots[4], "Wednesday, November 25 | 2 windows · 1 in conflict");
    assert.equal(roots.at(-1), "No window in the next 14 days | 1");
    assert.equal(roots.filter((line) => /\| \d windows?/.test(line)).length, 1 + 15);
  });

  test("say when they open, how many sets they serve and leave, and the configuration's own times", () => {
    assert.deepEqual(lines(below(all, "Open now")), [
      "05:00–13:00  mc-staging-daily | open now, closes in 6 hours · 1 scale set, all upgrade · 04:00–12:00 UTC",
    ]);
    const [monthly, nightly] = lines(below(all, "Today"));
    assert.equal(
      monthly,
      "10:30–16:30  mc-shared-fourth-monday | opens in 3 hours · 1 conflict · 2 scale sets, 1 unknown · 01:30–07:30 Pacific Time",
    );
    assert.match(
      nightly ?? "",
      /^22:00–03:00  mc-prod-nightly \| opens in 15 hours · 1 conflict · 9 scale sets, 6 won't upgrade, 1 unknown$/,
    );
  });

  test("explain their conflicts, then the sets that will not upgrade and why, then the others", () => {
    const nightly = lines(below(below(all, "Today"), "22:00–03:00"));
    assert.equal(
      nightly[0],
      "vmss-gateway-prod has another configuration | Also mc-shared-fourth-monday. Azure may use only one of them. Not documented: which one.",
    );
    const fates = nightly.slice(1).map((line) => /\| (won't upgrade|unknown|will upgrade)/.exec(line)?.[1]);
    assert.deepEqual(fates, [
      ...Array.from({ length: 6 }, () => "won't upgrade"),
      "unknown",
      "will upgrade",
      "will upgrade",
    ]);
    assert.ok(
      nightly.some((line) =>
        /^vmss-search-prod \| won't upgrade · .*automatic OS upgrades are off/.test(line),
      ),
    );
  });

  test("note paired regions where the user wants to know, without counting them as conflicts", () => {
    const noted = seen(stateOf(contoso, clock, true));
    const [window] = below(noted, "Today").filter(({ line }) => line.startsWith("22:00–03:00"));
    assert.match(window?.line ?? "", / · 1 conflict · /);
    const [conflict, note] = window?.children ?? [];
    assert.match(conflict?.line ?? "", /^vmss-gateway-prod has another configuration/);
    assert.match(
      note?.line ?? "",
      /^(West|North) Europe and (North|West) Europe upgrade at the same time \| Azure pairs these regions for disaster recovery\. Upgraded by this configuration\.$/,
    );
    assert.deepEqual([conflict?.view.icon.id, note?.view.icon.id], ["warning", "info"]);
    assert.match(inEnglish(note?.view.spoken ?? assert.fail()), /^Note: /);
    assert.match(tooltipMarkdown(window?.view.tooltip() ?? assert.fail(), inEnglish), /Note\\: .* Europe/);
    const [day] = lines(noted).filter((line) => line.startsWith("Today"));
    assert.equal(day, "Today, Monday, November 23 | 2 windows · 2 in conflict");
    assert.doesNotMatch(lines(flat(all)).join("\n"), /Azure pairs these regions/);
  });

  test("name the configurations that open none", () => {
    assert.match(lines(below(all, "No window"))[0] ?? "", /^mc-web-until-migration \| .*no upcoming windows/);
  });

  test("have ids of their own, words for a screen reader, and tooltips", () => {
    const nodes = flat(all);
    assert.equal(new Set(nodes.map(({ node }) => node.id)).size, nodes.length);
    for (const { node, view, children } of nodes) {
      assert.doesNotMatch(inEnglish(view.spoken), /\{\d\}|undefined|, ,|^, |, $/, node.id);
      assert.equal(view.children !== "none", children.length > 0, node.id);
      assert.match(tooltipMarkdown(view.tooltip(), inEnglish), /^\*\*.+\*\*/);
    }
  });

  test("stand for their configurations and sets, and lead to them", () => {
    const [window] = below(all, "Today");
    assert.match(window?.node.resourceId ?? "", /maintenanceConfigurations\/mc-shared-fourth-monday$/);
    assert.equal(window?.node.leadsTo, idKey(window?.node.resourceId ?? ""));
    assert.equal(window?.view.contextValue, "configuration;osImage;active");
    const set = window?.children.at(-1);
    assert.equal(set?.view.contextValue, "scaleSet;associated;upgradesOn");
    assert.equal(set?.node.leadsTo, idKey(set?.node.resourceId ?? ""));
  });

  test("have a tooltip with five windows on three clocks, and one more for a later window", () => {
    const rows = (start: string, name: string) => {
      const found = below(all, start).find(({ line }) => line.includes(name));
      return tooltipMarkdown(
        found?.view.tooltip() ?? { title: { template: "", args: [] }, lines: [] },
        inEnglish,
      )
        .replaceAll("\\", "")
        .replaceAll(/[^\S\n]/g, " ")
        .split("\n")
        .filter((line) => line.startsWith("|"));
    };
    const [head, , first, ...later] = rows("Today", "mc-shared-fourth-monday");
    assert.equal(head, "| Pacific Time | Your time zone (Europe/Berlin) | UTC |");
    assert.equal(first, "| Mon, Nov 23, 01:30–07:30 | Mon, Nov 23, 10:30–16:30 | Mon, Nov 23, 09:30–15:30 |");
    assert.equal(later.length, 4);
    assert.equal(
      rows("Tomorrow", "mc-prod-nightly")[0],
      "| Your time zone (Central European Time = Europe/Berlin) | UTC |",
    );
    assert.equal(rows("Wednesday, December 2", "mc-prod-nightly").length, 2 + 6);
  });

  test("are told from where each set stands: all rules are looked at again only for what is broken", () => {
    const asked = new Set<string>();
    const scaleSets = new Map(
      [...contoso.scaleSets].map(([key, set]) => {
        const findings = () => {
          asked.add(set.coverage.state);
          return set.findings;
        };
        return [key, Object.create(set, { findings: { get: findings } }) as typeof set] as const;
      }),
    );
    assert.deepEqual(lines(seen(stateOf({ ...contoso, scaleSets }, clock))), lines(all));
    assert.deepEqual([...asked], ["broken"]);
  });
});

/** A fleet of made-up configurations: what their windows are, how many sets they serve. */
function fleetOf(
  configurations: Readonly<Record<string, readonly Occurrence[]>>,
  over: Partial<Snapshot> = {},
): Snapshot {
  const records = Object.entries(configurations).map(([name, next]): ConfigurationRecord => {
    const resource = fake.configuration("aaaa", name);
    const schedule = { ...fake.schedule(), next };
    return {
      id: resource.id,
      name,
      subscriptionId: "aaaa",
      resourceGroup: "rg",
      resource,
      schedule,
      scaleSets: [],
    };
  });
  const empty = {
    ...contoso,
    scaleSets: new Map(),
    subscriptions: new Map(),
    configurations: new Map(records.map((record) => [idKey(record.id), record])),
  };
  return { ...empty, ...over };
}

const at = (start: string, end: string, marks: Occurrence["marks"] = []): Occurrence => ({
  start,
  end,
  localStart: start.slice(0, 16).replace("T", " "),
  localEnd: end.slice(0, 16).replace("T", " "),
  marks,
});
const tonight = at("2026-11-23T22:00:00Z", "2026-11-24T03:00:00Z");

describe("the view", () => {
  test("is empty without a configuration for OS images, so that its welcome shows", () => {
    assert.deepEqual(seen(stateOf(fleetOf({}), clock)), []);
  });

  test("says that it is still loading, and whose windows could not be read", () => {
    const loading = seen(stateOf(fleetOf({ a: [] }, { loading: true }), clock));
    assert.equal(loading[0]?.line, "Loading…");
    const failed = { state: "failed", problem: fake.problem() } as const;
    const subscription = {
      subscription: fake.subscriptionA,
      configurations: failed,
      scaleSets: failed,
      assignments: failed,
    };
    const unread = seen(stateOf(fleetOf({}, { subscriptions: new Map([["aaaa", subscription]]) }), clock));
    assert.deepEqual(lines(unread), ["Windows of Alpha are missing | Azure denied access.", "Refresh"]);
  });

  test("never claims to be empty where something was not read: it says what, and offers to refresh", () => {
    const broken = { ...fake.problem("network"), summary: verbatim("Couldn't reach arm.invalid.") };
    const rootsOf = (over: Partial<Snapshot>) => seen(stateOf(fleetOf({}, over), clock));
    const tenant = { tenantId: "t", displayName: "Fabrikam", problem: broken };
    assert.deepEqual(lines(rootsOf({ problem: broken })), [
      "Couldn't load your fleet | Couldn't reach arm.invalid.",
      "Refresh",
    ]);
    assert.deepEqual(lines(rootsOf({ failedTenants: [tenant] })), [
      "Windows of Fabrikam are missing | Couldn't reach arm.invalid.",
      "Refresh",
    ]);
    const cancelled = rootsOf({ problem: fake.problem("cancelled") });
    assert.match(cancelled[0]?.line ?? "", /^Refresh cancelled: windows may be missing/);
    const saved = rootsOf({ savedAt: "2026-11-23T03:00:00Z" });
    assert.deepEqual(lines(saved), ["Last refreshed 3 hours ago", "Refresh"]);
    const refresh = saved.at(-1)?.node;
    assert.equal(refresh?.kind === "remark" && refresh.runs?.command, "refresh");
    const malformed = {
      subscriptionId: "aaaa",
      part: "configurations",
      value: {},
      reason: verbatim("It has no id."),
    } as const;
    assert.deepEqual(lines(rootsOf({ malformed: [malformed] })), [
      "1 maintenance configuration couldn't be read",
    ]);
    // What is known is shown, and the button above the view refreshes it.
    const known = seen(stateOf(fleetOf({ a: [tonight] }, { problem: broken }), clock));
    assert.deepEqual(lines(known).slice(0, 2), [
      "Couldn't load your fleet | Couldn't reach arm.invalid.",
      "Today, Monday, November 23 | 1 window",
    ]);
  });

  test("shows no window of a first reading before all are known, and what is known while it is read again", () => {
    const known = fleetOf({ nightly: [tonight], weekly: [tonight] });
    const unknown = new Map(
      [...known.configurations].map(([key, record], index) => [
        key,
        index === 0 ? { ...record, schedule: undefined } : record,
      ]),
    );
    const first = { ...known, loading: true, isFirstReading: true } as const;
    assert.deepEqual(lines(seen(stateOf(first, clock))), ["Loading…"]);
    const working = stateOf({ ...known, configurations: unknown }, clock);
    assert.deepEqual(lines(seen(working)), ["Loading…"]);
    const whole = atOnce(stateAfter(known, clock, working));
    assert.equal(lines(seen(whole)).filter((line) => line.startsWith("Loading")).length, 0);
    const again = atOnce(stateAfter({ ...known, loading: true, configurations: unknown }, clock, whole));
    assert.equal(lines(seen(again)).filter((line) => line.startsWith("Loading")).length, 0);
  });

  test("names those that are paused or expired where no window opens, until the pause has run out", () => {
    const snapshot = fleetOf({ expired: [], paused: [at("2027-01-04T22:00:00Z", "2027-01-05T03:00:00Z")] });
    const configurations = new Map(
      [...snapshot.configurations].map(([key, record]) => {
        if (record.name !== "paused") return [key, record];
        const resource = {
          ...record.resource,
          tags: { "scaleSetMaintenance-originalStart": "2026-01-01 22:00" },
          properties: {
            maintenanceScope: "OSImage",
            maintenanceWindow: { startDateTime: "2027-01-04 22:00" },
          },
        };
        return [key, { ...record, resource }];
      }),
    );
    const linesAt = (begins: string) => {
      const begun = [...configurations].map(
        ([key, { schedule, ...record }]) =>
          [key, { ...record, schedule: schedule && { ...schedule, begins } }] as const,
      );
      return seen(stateOf({ ...snapshot, configurations: new Map(begun) }, clock));
    };
    const [over] = linesAt(clock.now);
    assert.doesNotMatch(over?.children[1]?.line ?? "", /paused until/);
    const [group] = linesAt("2027-01-04T22:00:00Z");
    assert.equal(group?.line, "No window in the next 14 days | 2");
    assert.equal(group?.view.children, "expanded");
    assert.match(group?.children[0]?.line ?? "", /^expired \| .*no upcoming windows/);
    assert.match(group?.children[1]?.line ?? "", /^paused \| .*paused until Jan 4, 2027/);
    assert.equal(group?.children[1]?.view.contextValue, "configuration;osImage;paused");
  });

  test("does not say of a schedule that only Azure understands that no window will open", () => {
    const snapshot = fleetOf({ odd: [], plain: [] });
    const configurations = new Map(
      [...snapshot.configurations].map(([key, record]) => {
        const unreadable = verbatim("The recurrence “every day” is not understood.");
        const schedule =
          record.name === "odd" ? record.schedule && { ...record.schedule, unreadable } : record.schedule;
        return [key, { ...record, schedule }] as const;
      }),
    );
    const [group] = seen(stateOf({ ...snapshot, configurations }, clock));
    assert.match(group?.children[0]?.line ?? "", /^odd \| .*next window unknown/);
    assert.match(group?.children[1]?.line ?? "", /^plain \| .*no upcoming windows/);
    const icons = group?.children.map(({ view }) => view.icon.id);
    assert.deepEqual(icons, ["calendar", "error"]);
  });

  test("explains what daylight saving does to a window", () => {
    const marked = { ...tonight, marks: ["overlap", "shift"] as const };
    const [window] = below(seen(stateOf(fleetOf({ a: [marked] }), clock)), "Today");
    assert.match(
      window?.line ?? "",
      /starts at this time or 60 minutes later: clocks go back.*; clocks change during the window$/,
    );
  });

  test("tells that pairs of regions could not be read where the user wants to know of them", () => {
    const snapshot = fleetOf({ a: [tonight] }, { regionsProblem: fake.problem() });
    const unknown = /^Couldn't check paired regions/;
    assert.match(seen(stateOf(snapshot, clock, true))[0]?.line ?? "", unknown);
    assert.doesNotMatch(seen(stateOf(snapshot, clock))[0]?.line ?? "", unknown);
  });
});

describe("node types of one Service Fabric cluster", () => {
  const controlled = [...contoso.scaleSets.values()].find(({ coverage }) => coverage.state === "controlled");
  const nodeType = (name: string, clusterEndpoint: string | undefined): ScaleSetRecord => {
    const resource = fake.scaleSet("aaaa", name);
    const settings = { durabilityLevel: "Silver", ...(clusterEndpoint && { clusterEndpoint }) };
    const extension = { publisher: "Microsoft.Azure.ServiceFabric", type: "ServiceFabricNode", settings };
    const virtualMachineProfile = { extensionProfile: { extensions: [{ name, properties: extension }] } };
    return Object.create(controlled ?? assert.fail(), {
      id: { value: resource.id },
      name: { value: name },
      resource: { value: { ...resource, properties: { ...resource.properties, virtualMachineProfile } } },
    }) as ScaleSetRecord;
  };
  const later = at("2026-11-24T02:30:00Z", "2026-11-24T07:30:00Z");
  /** The conflicts of tonight's window, in the view and as the report has them. */
  function conflicts(sets: Readonly<Record<string, readonly ScaleSetRecord[]>>) {
    const snapshot = fleetOf({ a: [tonight], b: [later] });
    const records = Object.values(sets).flat();
    const configurations = new Map(
      [...snapshot.configurations].map(([key, record]) => {
        const scaleSets = (sets[record.name] ?? []).map(({ id }) => idKey(id));
        return [key, { ...record, scaleSets }] as const;
      }),
    );
    const scaleSets = new Map(records.map((set) => [idKey(set.id), set]));
    const state = stateOf({ ...snapshot, configurations, scaleSets }, clock);
    const all = seen(state);
    const [window] = [...state.upcoming.agenda.days.values()].flat();
    return {
      day: lines(all)[0],
      first: lines(below(all, "23:00–04:00"))[0],
      inReport: shortConflicts(window ?? assert.fail(), state).map(inEnglish),
    };
  }

  test("are in conflict where their windows overlap, in the view and in the report", () => {
    const [nt1, nt2] = [nodeType("nt1", "https://sf.invalid/c1"), nodeType("nt2", "HTTPS://sf.invalid/c1/")];
    const { day, first, inReport } = conflicts({ a: [nt1], b: [nt2] });
    assert.equal(day, "Today, Monday, November 23 | 1 window · 1 in conflict");
    assert.equal(
      first,
      "nt1 and nt2 upgrade at the same time | Same Service Fabric cluster: nodes of each type can go down at once. Upgraded by this configuration and b.",
    );
    assert.deepEqual(inReport, ["Node types of one cluster upgrade at the same time: nt1, nt2"]);
  });

  test("are so in one window too, however many they are", () => {
    const three = ["nt1", "nt2", "nt3"].map((name) => nodeType(name, "https://sf.invalid/c1"));
    const { first } = conflicts({ a: three });
    assert.match(
      first ?? "",
      /^Node types of one cluster upgrade at the same time: nt1, nt2, nt3 \| .* Upgraded by this configuration\.$/,
    );
  });

  test("are not where the clusters differ or the sets do not tell theirs", () => {
    for (const endpoints of [
      ["https://sf.invalid/c1", "https://sf.invalid/c2"],
      [undefined, undefined],
    ]) {
      const { day, inReport } = conflicts({
        a: [nodeType("nt1", endpoints[0])],
        b: [nodeType("nt2", endpoints[1])],
      });
      assert.equal(day, "Today, Monday, November 23 | 1 window");
      assert.deepEqual(inReport, []);
    }
  });
});

describe("a change refreshes", () => {
  const known = (state: State) => {
    const nodes = flat(seen(state)).map(({ node }) => node);
    return { nodes, opened: new Set(nodes.map(({ id }) => id)) };
  };
  const refreshed = (before: State, after: State) => {
    const nodes = atOnce(nodesToRefresh(known(before), before, after));
    return nodes === "all" ? nodes : nodes.map(({ id }) => id.split("/").at(-1));
  };
  const morning = at("2026-11-23T09:00:00Z", "2026-11-23T14:00:00Z");
  const snapshot = fleetOf({ a: [morning], b: [tonight] });

  test("no line where nothing that is shown differs", () => {
    assert.deepEqual(refreshed(stateOf(snapshot, clock), stateOf({ ...snapshot }, clock)), []);
  });

  test("the lines that a minute makes differ, and no other", () => {
    const later = { ...clock, now: "2026-11-23T06:01:00Z" };
    const halfPast = at("2026-11-23T22:30:00Z", "2026-11-24T03:30:00Z");
    const two = fleetOf({ a: [morning], b: [halfPast] });
    assert.deepEqual(refreshed(stateOf(two, clock), stateOf(two, later)), ["a#2026-11-23T09:00:00Z"]);
  });

  test("everything as a window opens or a day is over", () => {
    const opened = { ...clock, now: "2026-11-23T09:00:00Z" };
    assert.equal(refreshed(stateOf(snapshot, clock), stateOf(snapshot, opened)), "all");
  });

  test("the day whose windows differ", () => {
    const more = fleetOf({ a: [morning], b: [tonight], c: [tonight] });
    assert.deepEqual(refreshed(stateOf(snapshot, clock), stateOf(more, clock)), ["day#2026-11-23"]);
  });

  test("the window whose sets differ", async () => {
    const { store: changing } = await sandboxFleet();
    const before = changing.snapshot;
    const set = [...before.scaleSets.values()].find(({ name }) => name === "vmss-search-prod");
    assert.ok(set);
    const properties = set.resource["properties"] as object;
    const on = { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } };
    const resource = { ...set.resource, properties: { ...properties, upgradePolicy: on } };
    await changing.put({ kind: "resource", id: set.id, resource });
    const nodes = atOnce(
      nodesToRefresh(
        known(stateOf(before, clock)),
        stateOf(before, clock),
        stateOf(changing.snapshot, clock),
      ),
    );
    assert.notEqual(nodes, "all");
    for (const node of nodes) assert.match(typeof node === "string" ? node : node.id, /mc-prod-nightly#/);
    assert.equal(nodes.length, 14);
  });
});

test("paired regions are worked out as soon as the user wants to know of them, and kept no longer than that", () => {
  const without = stateOf(contoso, clock);
  assert.equal(without.upcoming.pairs, undefined);
  assert.ok([...without.upcoming.served.values()].every(({ regions }) => regions.size === 0));
  const noted = atOnce(stateAfter(contoso, clock, without, true));
  const fresh = stateOf(contoso, clock, true);
  assert.deepEqual(lines(flat(seen(noted))), lines(flat(seen(fresh))));
  const known = { nodes: flat(seen(without)).map(({ node }) => node), opened: new Set<string>() };
  for (const { id } of known.nodes) known.opened.add(id);
  const refreshed = atOnce(nodesToRefresh(known, without, noted));
  assert.ok(refreshed !== "all" && refreshed.some(({ id }) => /mc-prod-nightly#/.test(id)));
  const again = atOnce(stateAfter({ ...contoso }, clock, noted, true));
  assert.equal(again.upcoming.pairs, noted.upcoming.pairs);
  const off = atOnce(stateAfter(contoso, clock, again));
  assert.deepEqual(off.upcoming, { ...without.upcoming, clusters: off.upcoming.clusters });
});

test("what the change of one set does not concern is not worked out again, and all is as from scratch", async () => {
  const { store: changing } = await sandboxFleet();
  const before = stateOf(changing.snapshot, clock);
  const set = [...changing.snapshot.scaleSets.values()].find(({ name }) => name === "vmss-search-prod");
  assert.ok(set);
  const properties = set.resource["properties"] as object;
  const on = { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } };
  const resource = { ...set.resource, properties: { ...properties, upgradePolicy: on } };
  await changing.put({ kind: "resource", id: set.id, resource });
  const { upcoming } = atOnce(stateAfter(changing.snapshot, clock, before));
  const { clusters: _, ...noted } = upcoming;
  const { clusters: __, ...fresh } = stateOf(changing.snapshot, clock).upcoming;
  assert.deepEqual(noted, fresh);
  assert.equal(upcoming.agenda, before.upcoming.agenda);
  const others = [...upcoming.served].filter(([key, served]) => before.upcoming.served.get(key) !== served);
  assert.deepEqual(
    others.map(([, { record }]) => record.name),
    ["mc-prod-nightly"],
  );
});
