import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import type { GraphRow, InventoryEvent } from "../../../../src/azure/contracts.ts";
import { problemOf } from "../../../../src/azure/errors/errors.ts";
import { fleetPage, fleetQuery } from "../../../../src/azure/inventory/fleetQuery.ts";
import { fleetTexts } from "../../../../src/azure/inventory/fleetTexts.ts";
import { eligibility } from "../../../../src/core/eligibility/eligibility.ts";
import { freshnessOf } from "../../../../src/core/upgrades/freshness.ts";
import { at, type JsonObject, textAt } from "../../../../src/core/resources/json.ts";
import { modelMembers, propertiesOf } from "../../../../src/core/resources/scaleSetModel.ts";
import { takesExtensions } from "../../../../src/core/resources/scaleSet.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { atOnce } from "../../../../src/core/slices.ts";
import { repairs, setUpgradePolicy } from "../../../../src/core/plans/upgradePlans.ts";
import { scheduleFacts } from "../../../../src/core/windows/facts.ts";
import { FleetStore } from "../../../../src/fleet/store.ts";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { compile } from "../../../../src/sandbox/resourceGraph/query.ts";
import { tableNamed } from "../../../../src/sandbox/resourceGraph/tables.ts";
import { tooltipMarkdown } from "../../../../src/tree/tooltip.ts";
import { generatedScaleSets } from "../../../support/generatedScaleSets/generated.ts";
import { fakeAzure, silentLog } from "../../fleet/fakes.ts";
import { explainAll, pageOf, textOf } from "../../report/support.ts";
import { flat, seen } from "../../tree/walk.ts";
import { collected, configuration, createLab, fleet, never, scaleSet } from "../support.ts";

const now = "2026-11-23T06:00:00Z";
const through = { tenantId: "t", tenantName: "Contoso" };

/** Scale sets as ARM's list has them, as Resource Graph gives them to the query. */
function throughGraph(scaleSets: readonly JsonObject[]): readonly GraphRow[] {
  const absent = { managedBy: "", tags: null, sku: null, zones: null, properties: null };
  const rows = scaleSets.map((set) => {
    const type = "microsoft.compute/virtualmachinescalesets";
    const row: JsonObject = { ...absent, ...set, type, subscriptionId: fleet.production };
    return tableNamed("resources")?.columns.map(({ name }) => row[name]) ?? [];
  });
  const result = compile(fleetQuery, tableNamed);
  const found = result.rows((table) => (table === "resources" ? rows : []));
  const cells = found.map((row) => row.map((value) => value ?? null));
  const columns = result.columns.map(({ name }) => name);
  // Once over the wire.
  return atOnce(fleetPage(JSON.parse(JSON.stringify({ columns, rows: cells })), fleetTexts())).rows;
}

const resourcesOf = (rows: readonly GraphRow[], part: GraphRow["part"], subscriptionId: string) =>
  rows
    .filter((row) => row.part === part && row.subscriptionId === subscriptionId)
    .map(({ resource }) => resource);

async function snapshotOf(events: readonly InventoryEvent[]): Promise<Snapshot> {
  const store = new FleetStore({
    loadRules: async () => ({ eligibility, freshnessOf, scheduleFacts }),
    problemOf,
    wanted: () => () => true,
    now: () => now,
    log: silentLog,
  });
  store.connect(fakeAzure({ events, read: async () => ({}), locations: async () => [] }));
  await store.refresh(never);
  return store.snapshot;
}

/** Every line that the tree and the pages have of a fleet, but the JSON of what is malformed. */
function shown(snapshot: Snapshot): readonly string[] {
  const tree = flat(seen(snapshot)).map(({ label, description, spoken, view, node }) => {
    const tooltip = node.kind === "malformed" ? "" : tooltipMarkdown(view.tooltip(), inEnglish);
    return [node.id, label, description, spoken, tooltip].join(" · ");
  });
  return [...tree, ...explainAll(snapshot).map((explanation) => textOf(pageOf([explanation])))];
}

/** What plans make of a set. */
const planned = (resource: JsonObject) => {
  const set = { id: textAt(resource, "id") ?? "", resource };
  return [
    ...repairs(set, {
      imageLatest: true,
      automaticUpdatesOff: true,
      patchMode: "Manual",
      upgradeMode: "Rolling",
      rollingPolicy: { maxBatchInstancePercent: 10 },
      healthExtension: { protocol: "http", port: 80 },
    }),
    setUpgradePolicy(set, {
      automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true },
      rollingUpgradePolicy: { maxSurge: true },
    }),
  ];
};

const generated = generatedScaleSets();
const name = (resource: unknown) => textAt(resource, "name") ?? "";

describe("what the fleet's query leaves of a scale set", () => {
  const whole = generated.map((one) => one.scaleSet as JsonObject);
  const rows = throughGraph(whole);
  const left = new Map(rows.map(({ resource }) => [name(resource), resource as JsonObject]));

  it("is enough for every rule: each says the same of the generated sets, with facts and without", () => {
    assert.equal(left.size, generated.length);
    for (const { scaleSet: set, facts, what } of generated) {
      const projected = left.get(name(set)) ?? {};
      const { imageVersion, loadBalancer } = facts;
      const known = {
        ...(imageVersion && { newestImage: imageVersion }),
        ...(loadBalancer && { loadBalancer }),
      };
      for (const extra of [{}, known]) {
        assert.deepEqual(eligibility(projected, extra), eligibility(set, extra), what);
      }
    }
  });

  it("is enough for every plan about upgrades", () => {
    for (const { scaleSet: set, what } of generated) {
      assert.deepEqual(planned(left.get(name(set)) ?? {}), planned(set), what);
    }
  });

  it("is every declared member of a model", () => {
    const values = modelMembers.map(({ path, isSection }) => isSection === true || { of: path.join(".") });
    const properties = propertiesOf(values);
    const [row] = throughGraph([{ id: scaleSet("vmss-all"), properties }]);
    assert.deepEqual(at(row?.resource, "properties"), properties);
  });

  it("tells which machines take no extensions, so that none is offered for them", () => {
    const systems = [
      { allowExtensionOperations: false },
      { linuxConfiguration: { provisionVMAgent: false } },
      { windowsConfiguration: { provisionVMAgent: false } },
    ];
    const rows = throughGraph(
      systems.map((osProfile, index) => ({
        id: scaleSet(`vmss-${index}`),
        properties: { virtualMachineProfile: { osProfile } },
      })),
    );
    assert.deepEqual(
      rows.map(({ resource }) => takesExtensions(resource as JsonObject)),
      [false, false, false],
    );
  });

  it("is enough for the coverage and all that the views say of it", async () => {
    const subscriptionId = fleet.production;
    const nightly = {
      id: configuration("mc", "rg", subscriptionId),
      name: "mc",
      location: "westeurope",
      properties: {
        maintenanceScope: "OSImage",
        maintenanceWindow: {
          startDateTime: "2026-01-01 22:00",
          duration: "05:00",
          timeZone: "UTC",
          recurEvery: "Day",
        },
      },
    };
    const assigned = { name: "mc", properties: { maintenanceConfigurationId: nightly.id } };
    const byScaleSet = new Map(
      whole
        .filter((_, index) => index % 2 === 0)
        .map((set) => [(textAt(set, "id") ?? "").toLowerCase(), [assigned]] as const),
    );
    const snapshot = (resources: readonly unknown[]) =>
      snapshotOf([
        {
          kind: "subscriptions",
          subscriptions: [{ subscriptionId, displayName: "Production", tenantId: "t", through }],
        },
        { kind: "configurations", subscriptionId, resources: [nightly] },
        { kind: "scaleSets", subscriptionId, resources },
        { kind: "assignments", subscriptionId, byScaleSet, failed: new Map() },
      ]);
    const inOrder = whole.map((set) => left.get(name(set)));
    const [ofWhole, ofLeft] = [await snapshot(whole), await snapshot(inOrder)];
    assert.equal(ofLeft.scaleSets.size, generated.length);
    assert.deepEqual(
      [...ofLeft.scaleSets.values()].map(({ coverage }) => coverage),
      [...ofWhole.scaleSets.values()].map(({ coverage }) => coverage),
    );
    assert.deepEqual(shown(ofLeft), shown(ofWhole));
  });

  it("is enough for estimates: what lets a batch wait is there", () => {
    const scheduledEventsProfile = {
      osImageNotificationProfile: { enable: true, notBeforeTimeout: "PT15M" },
    };
    const lifecycleHooksProfile = {
      lifecycleHooks: [{ type: "UpgradeAutoOSRollingBatchStarting", waitDuration: "PT30M" }],
    };
    const [row] = throughGraph([
      {
        id: scaleSet("vmss-waiting"),
        properties: { lifecycleHooksProfile, virtualMachineProfile: { scheduledEventsProfile } },
      },
    ]);
    assert.deepEqual(at(row?.resource, "properties"), {
      lifecycleHooksProfile,
      virtualMachineProfile: { scheduledEventsProfile },
    });
  });

  it("has texts as they are, with quotation marks and with what stands for those on the way", () => {
    for (const said of [
      'say "hello"',
      "Write-Host `$env:PATH",
      'Write-Host "`n"',
      "back\\slash\n",
      "Müller 株式会社",
    ]) {
      const extensions = [{ name: said, properties: { settings: { commandToExecute: said } } }];
      const [row] = throughGraph([
        {
          id: scaleSet("vmss-quoting"),
          tags: { owner: said },
          properties: { virtualMachineProfile: { extensionProfile: { extensions } } },
        },
      ]);
      assert.deepEqual(at(row?.resource, "tags"), { owner: said });
      const profile = at(row?.resource, "properties", "virtualMachineProfile");
      assert.deepEqual(at(profile, "extensionProfile", "extensions"), extensions);
    }
  });

  it("shares what many sets have in common, but not the probe of one of them", () => {
    const probe = (port: number) => ({ healthProbe: { id: `/probes/${port}` } });
    const set = (name: string, own: JsonObject) => ({
      id: scaleSet(name),
      tags: { team: "web" },
      properties: { upgradePolicy: { mode: "Rolling" }, virtualMachineProfile: own },
    });
    const rows = throughGraph([
      set("a", {}),
      set("b", {}),
      set("c", { networkProfile: probe(80) }),
      set("d", { networkProfile: probe(81) }),
    ]);
    const [a, b, c, d] = rows.map(({ resource }) => resource);
    assert.equal(at(a, "properties"), at(b, "properties"));
    assert.equal(at(a, "tags"), at(d, "tags"));
    assert.deepEqual(at(a, "properties", "virtualMachineProfile"), {});
    assert.deepEqual(at(c, "properties", "virtualMachineProfile"), { networkProfile: probe(80) });
    assert.deepEqual(at(d, "properties", "virtualMachineProfile"), { networkProfile: probe(81) });
    assert.equal(at(c, "properties", "upgradePolicy"), at(d, "properties", "upgradePolicy"));
  });

  it("leaves a set that Azure gives no name without one, so that it is told as malformed", () => {
    const [row] = throughGraph([{ id: scaleSet("vmss-nameless"), name: "", properties: {} }]);
    assert.equal(at(row?.resource, "name"), undefined);
    assert.equal(row?.subscriptionId, fleet.production);
  });

  it("says of a set without a model, and of one without properties, that it has none", () => {
    const id = scaleSet("vmss-bare");
    const [bare, empty] = throughGraph([
      { id, name: "vmss-bare", properties: { provisioningState: "Succeeded" } },
      { id: scaleSet("vmss-empty"), name: "vmss-empty", properties: null },
    ]);
    const type = "Microsoft.Compute/virtualMachineScaleSets";
    assert.deepEqual(bare?.resource, {
      id,
      name: "vmss-bare",
      type,
      properties: { provisioningState: "Succeeded" },
    });
    assert.deepEqual(empty?.resource, { id: scaleSet("vmss-empty"), name: "vmss-empty", type });
  });
});

describe("the sandbox's fleet through Resource Graph", () => {
  const lab = createLab(() => new Date(now));
  let events: readonly InventoryEvent[] = [];
  let rows: readonly GraphRow[] = [];

  before(async () => {
    events = await collected(lab.azure.inventory(never));
    rows = events.flatMap((event) => (event.kind === "page" ? event.rows : []));
  });

  const listOf = async (subscriptionId: string, type: string) => {
    const { json } = await lab.ask("GET", `/subscriptions/${subscriptionId}/providers/${type}`);
    return at(json, "value") as readonly JsonObject[];
  };
  const setsOf = (id: string) =>
    listOf(id, "Microsoft.Compute/virtualMachineScaleSets?api-version=2026-04-01");
  const configurationsOf = (id: string) =>
    listOf(id, "Microsoft.Maintenance/maintenanceConfigurations?api-version=2023-04-01");

  it("has everything that ARM's lists have, and says the same of it in every view", async () => {
    const lists: InventoryEvent[] = [];
    const pages: InventoryEvent[] = [];
    for (const subscriptionId of Object.values(fleet)) {
      const named: InventoryEvent = {
        kind: "subscriptions",
        subscriptions: [{ subscriptionId, displayName: subscriptionId, tenantId: "t", through }],
      };
      const assigned = rows.filter(
        (row) => row.part === "scaleSets" && row.subscriptionId === subscriptionId,
      );
      const byScaleSet = new Map(
        assigned.map(({ resource, assignments }) => [
          (textAt(resource, "id") ?? "").toLowerCase(),
          assignments,
        ]),
      );
      const part = (kind: "configurations" | "scaleSets", resources: readonly unknown[]): InventoryEvent => ({
        kind,
        subscriptionId,
        resources,
      });
      const assignments: InventoryEvent = {
        kind: "assignments",
        subscriptionId,
        byScaleSet,
        failed: new Map(),
      };
      lists.push(
        named,
        part("configurations", await configurationsOf(subscriptionId)),
        part("scaleSets", await setsOf(subscriptionId)),
        assignments,
      );
      pages.push(
        named,
        part("configurations", resourcesOf(rows, "configurations", subscriptionId)),
        part("scaleSets", resourcesOf(rows, "scaleSets", subscriptionId)),
        assignments,
      );
    }
    const [ofLists, ofPages] = [await snapshotOf(lists), await snapshotOf(pages)];
    assert.ok(ofPages.scaleSets.size >= 24);
    assert.deepEqual([...shown(ofPages)].toSorted(), [...shown(ofLists)].toSorted());
  });

  it("has all of a configuration but who wrote it", async () => {
    const all = (await Promise.all(Object.values(fleet).map(configurationsOf))).flat();
    const found = rows.filter(({ part }) => part === "configurations");
    const withoutAuthor = (resource: JsonObject) =>
      Object.fromEntries(Object.entries(resource).filter(([member]) => member !== "systemData"));
    const byName = (one: JsonObject, other: JsonObject) => (name(one) < name(other) ? -1 : 1);
    assert.deepEqual(
      found.map(({ resource }) => resource as JsonObject).toSorted(byName),
      all.map(withoutAuthor).toSorted(byName),
    );
  });
});
