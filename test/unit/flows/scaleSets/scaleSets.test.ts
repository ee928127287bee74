/** The flows over scale sets, against the sandbox's fleet. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { idKey, nameOf } from "../../../../src/core/resources/ids.ts";
import { inEnglish, message } from "../../../../src/core/text/message.ts";
import type { Plan } from "../../../../src/core/plans/plan.ts";
import type { Snapshot } from "../../../../src/fleet/snapshot/snapshot.ts";
import { associateFlow } from "../../../../src/flows/associations/associate.ts";
import type { FlowStart } from "../../../../src/flows/engine/context.ts";
import { removeAssociationFlow } from "../../../../src/flows/associations/removeAssociation.ts";
import { setUpFlow } from "../../../../src/flows/associations/setUp.ts";
import { disableUpgradesFlow } from "../../../../src/flows/upgrades/disableUpgrades.ts";
import { enableUpgradesFlow } from "../../../../src/flows/upgrades/enableUpgrades.ts";
import { configuration, fleet, never, scaleSet } from "../../azure/support.ts";
import {
  back,
  cancel,
  look,
  memoryDrafts,
  pick,
  press,
  textOf,
  textsOf,
  tick,
  type,
  verdictsOf,
  type Asked,
} from "../support.ts";
import { openWorld, type StartedFlow, type World } from "../world.ts";

let world: World;
before(async () => (world = await openWorld()));
after(() => world.store.dispose());

const associate =
  (start?: FlowStart): StartedFlow =>
  (context) =>
    associateFlow(context, start);
const remove =
  (start?: FlowStart): StartedFlow =>
  (context) =>
    removeAssociationFlow(context, start);
const setUp =
  (start?: FlowStart): StartedFlow =>
  (context) =>
    setUpFlow(context, start);
const upgrades =
  (on: boolean, scaleSetIds?: readonly string[]): StartedFlow =>
  (context) =>
    (on ? enableUpgradesFlow : disableUpgradesFlow)(
      context,
      scaleSetIds === undefined ? {} : { scaleSetIds },
    );

/** "kind name" of each change: the name of the set, the group or the configuration. */
const changesOf = (plan: Plan | undefined) =>
  plan?.changes.map(({ kind, target }) => {
    const [resource = ""] = target.split(/\/providers\/Microsoft\.Maintenance\/configurationAssignments/i);
    return `${kind} ${nameOf(resource)}`;
  });
const leftOutOf = (plan: Plan | undefined) =>
  Object.fromEntries(plan?.leftOut.map(({ target, reason }) => [nameOf(target), inEnglish(reason)]) ?? []);
const reviewText = (asked: readonly Asked[]) => textOf(asked.at(-1));

const nightly = configuration("mc-prod-nightly");
const cache = scaleSet("vmss-cache-prod");
const orders = scaleSet("vmss-orders-prod", "rg-data-prod-weu");
const aks = scaleSet("aks-systempool-31415926-vmss", "MC_rg-aks-prod-weu_aks-contoso-prod_westeurope");
const webStaging = scaleSet("vmss-web-staging", "rg-web-staging", fleet.staging);

const changed = (change: (snapshot: Snapshot) => Snapshot) => ({
  snapshot: () => change(world.store.snapshot),
});
const broker = scaleSet("vmss-identity-broker", "rg-identity-shared", fleet.shared);
const newConfiguration = [pick("Create a new configuration…"), pick("Name"), type("mc-new")];

describe("associate", () => {
  test("from a configuration: sets of every subscription, those that have it not listed", async () => {
    const { plan, asked } = await world.run(associate({ configurationIds: [nightly] }), [
      tick("vmss-cache-prod", "vmss-web-staging", "vmss-jumphosts"),
      pick("apply"),
    ]);
    const list = textOf(asked[0]);
    assert.doesNotMatch(list, /^vmss-web-prod /m);
    assert.match(
      inEnglish(asked[0]?.question.kind === "pick" ? asked[0].question.placeholder : assert.fail()),
      /9 hidden: already associated/,
    );
    assert.match(list, /^vmss-web-staging \| mc-staging-daily, upgrades on/m);
    assert.deepEqual(changesOf(plan), [
      "associate vmss-cache-prod",
      "associate vmss-web-staging",
      "dissociate vmss-web-staging",
      "associate vmss-jumphosts",
    ]);
    assert.equal(plan?.changes[2]?.needs.includes(plan.changes[1]?.id ?? ""), true, "never without a window");
    assert.match(reviewText(asked), /Every day 22:00–03:00, Central European Time/);
  });

  test("from a set: a configuration of any subscription, its own one active", async () => {
    const { plan, asked } = await world.run(associate({ scaleSetIds: [webStaging] }), [
      look(
        ({ question }) => assert.equal(nameOf(String(question.proposed)), "mc-staging-daily"),
        pick("mc-prod-nightly"),
      ),
      pick("apply"),
    ]);
    assert.equal(asked[0]?.title, "Choose a configuration");
    assert.deepEqual(changesOf(plan), ["associate vmss-web-staging", "dissociate vmss-web-staging"]);
    assert.doesNotMatch(
      textsOf(asked[0].rows).join("\n"),
      /mc-guest-patching-sunday/,
      "another scope can't be used",
    );
    assert.match(textsOf(asked[0].rows).join("\n"), /mc-web-until-migration .* has passed/);
  });

  test("creates the configuration first, in the same plan", async () => {
    const { plan } = await world.run(associate({ scaleSetIds: [cache] }), [
      ...newConfiguration,
      pick("apply"),
    ]);
    assert.deepEqual(changesOf(plan), ["createConfiguration mc-new", "associate vmss-cache-prod"]);
    assert.deepEqual(plan?.changes[1]?.needs, [plan?.changes[0]?.id]);
  });

  test("a set whose associations could not be read is left out, with the reason", async () => {
    const { plan, asked } = await world.run(associate({ configurationIds: [nightly] }), [
      tick("vmss-identity-broker", "vmss-cache-prod"),
      pick("apply"),
    ]);
    assert.deepEqual(changesOf(plan), ["associate vmss-cache-prod"]);
    assert.match(leftOutOf(plan)["vmss-identity-broker"] ?? "", /Couldn't load its associations/);
    assert.match(reviewText(asked), /vmss-identity-broker \| Couldn't load its associations/);
  });

  test("a set that another service manages is left out unless it is meant", async () => {
    const sets = tick("vmss-cache-prod", "aks-systempool-31415926-vmss");
    const out = await world.run(associate({ configurationIds: [nightly] }), [
      sets,
      pick("leaveOut"),
      pick("apply"),
    ]);
    assert.match(textOf(out.asked[0]), /aks-systempool.* Managed by Azure Kubernetes Service/);
    assert.deepEqual(changesOf(out.plan), ["associate vmss-cache-prod"]);
    assert.match(leftOutOf(out.plan)["aks-systempool-31415926-vmss"] ?? "", /Azure Kubernetes Service/);
    const both = await world.run(associate({ configurationIds: [nightly] }), [
      sets,
      pick("include"),
      pick("apply"),
    ]);
    assert.equal(both.plan?.changes.length, 2);
    const alone = await world.run(associate({ configurationIds: [nightly], scaleSetIds: [aks] }), [
      pick("apply"),
    ]);
    assert.equal(alone.plan?.changes.length, 1, "picked one by one");
  });

  test("a set that was deleted meanwhile is named, and does not stop the others", async () => {
    const missing = scaleSet("vmss-gone");
    const { plan } = await world.run(
      associate({ configurationIds: [nightly], scaleSetIds: [cache, missing] }),
      [pick("apply")],
    );
    assert.deepEqual(changesOf(plan), ["associate vmss-cache-prod"]);
    assert.match(leftOutOf(plan)["vmss-gone"] ?? "", /No longer listed/);
  });

  test("started on several configurations, asks which", async () => {
    const configurationIds = [nightly, configuration("mc-shared-fourth-monday")];
    const { titles } = await world.run(associate({ configurationIds, scaleSetIds: [cache] }), [cancel]);
    assert.deepEqual(titles, ["Choose a configuration"]);
  });

  test("a new configuration that no set would get is not made", async () => {
    const { plan } = await world.run(associate({ scaleSetIds: [broker] }), [
      pick("Create a new configuration…"),
      pick("close"),
    ]);
    assert.equal(plan, undefined);
  });

  test("with nothing to change it says so and has no plan", async () => {
    const { plan, asked } = await world.run(
      associate({ configurationIds: [nightly], scaleSetIds: [scaleSet("vmss-web-prod")] }),
      [pick("close")],
    );
    assert.equal(plan, undefined);
    assert.match(reviewText(asked), /Nothing to change[^]*vmss-web-prod \| Already associated/);
    assert.doesNotMatch(reviewText(asked), /exact requests/);
  });
});

describe("pasted ids", () => {
  const paste = press("Paste Resource IDs…");

  test("are taken in any casing and with any separator, each once", async () => {
    const text = `"${cache.toUpperCase()}", ${orders}\n${cache}${webStaging}`;
    const { plan, titles } = await world.run(
      associate({ configurationIds: [configuration("mc-shared-fourth-monday")] }),
      [paste, type(text), pick("apply")],
    );
    assert.deepEqual(titles, ["Choose scale sets", "Resource IDs", "Review"]);
    const associated = changesOf(plan)?.filter((change) => change.startsWith("associate"));
    assert.deepEqual(associated, [
      "associate vmss-cache-prod",
      "associate vmss-orders-prod",
      "associate vmss-web-staging",
    ]);
  });

  test("that are wrong are named, each with its reason", async () => {
    const { asked } = await world.run(associate(), [paste, cancel]);
    const question = asked[1]?.question ?? assert.fail();
    const other = `/subscriptions/00000000-0000-0000-0000-000000000009/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/x`;
    const text = ["vmss-web", nightly, scaleSet("vmss-nowhere"), other, cache].join(" ");
    const reasons = verdictsOf(question, text).map((verdict) => inEnglish(verdict.message));
    assert.equal(reasons.length, 4);
    assert.match(reasons[0] ?? "", /“vmss-web” isn't a resource ID/);
    assert.match(reasons[1] ?? "", /isn't a scale set but Microsoft.Maintenance\/maintenanceConfigurations/);
    assert.match(reasons[2] ?? "", /vmss-nowhere” wasn't found in Contoso Production/);
    assert.match(reasons[3] ?? "", /subscription that isn't shown/);
    assert.equal(verdictsOf(question, " ,")[0]?.severity, "block");
  });

  test("Back leads to the list again", async () => {
    const { plan } = await world.run(associate({ configurationIds: [nightly] }), [
      paste,
      type(cache),
      back,
      back,
      tick("vmss-worker-prod"),
      pick("apply"),
    ]);
    assert.deepEqual(changesOf(plan), ["associate vmss-worker-prod"]);
  });
});

describe("what is not known", () => {
  test("a subscription that is still being read, one that failed and a tenant that failed stand in the list", async () => {
    const problem = { kind: "forbidden", summary: message("Azure denied access.") } as const;
    const partial = changed((snapshot) => {
      const [production, shared] = [...snapshot.subscriptions.keys()];
      const subscriptions = new Map(snapshot.subscriptions);
      const set = (id: string, part: object) =>
        subscriptions.set(id, { ...(subscriptions.get(id) ?? assert.fail()), ...part });
      set(production ?? "", { scaleSets: { state: "loading" } });
      set(shared ?? "", { scaleSets: { state: "failed", problem } });
      return {
        ...snapshot,
        subscriptions,
        failedTenants: [{ tenantId: "t", displayName: "Fabrikam", problem }],
      };
    });
    const { asked } = await world.run(setUp(), [cancel], partial);
    const facts = textsOf((asked[0]?.rows ?? []).filter(({ kind }) => kind === "fact")).join("\n");
    assert.match(facts, /Couldn't load subscriptions of Fabrikam \| Azure denied access/);
    assert.match(facts, /Still loading scale sets of Contoso /);
    assert.match(facts, /Couldn't load scale sets of Contoso .* \| Azure denied access/);
  });

  test("a list without sets says so, and why", async () => {
    const nothing = changed((snapshot) => ({ ...snapshot, subscriptions: new Map(), scaleSets: new Map() }));
    const { asked } = await world.run(setUp(), [cancel], nothing);
    const [subscriptions, sets] = textsOf(asked[0]?.rows ?? []);
    assert.match(subscriptions ?? "", /No Azure subscriptions found for this account \| Check your accounts/);
    assert.match(sets ?? "", /No scale sets to choose from/);
    const early = changed((snapshot) => ({ ...snapshot, loading: true, subscriptions: new Map() }));
    const { asked: first } = await world.run(setUp(), [cancel], early);
    assert.match(textsOf(first[0]?.rows ?? [])[0] ?? "", /^Still loading subscriptions/);
  });

  test("an association that is still being read leaves the set out", async () => {
    const loading = changed((snapshot) => {
      const scaleSets = new Map(snapshot.scaleSets);
      const set = scaleSets.get(idKey(cache)) ?? assert.fail();
      scaleSets.set(idKey(cache), { ...set, assignments: { unknown: "loading" } });
      return { ...snapshot, scaleSets };
    });
    const { plan, asked } = await world.run(
      setUp({ configurationIds: [nightly] }),
      [tick("vmss-cache-prod"), pick("close")],
      loading,
    );
    assert.equal(plan, undefined);
    assert.match(textOf(asked[0]), /vmss-cache-prod \| loading configuration/);
    assert.match(reviewText(asked), /still loading\. Try again/);
  });
});

describe("remove association", () => {
  test("disables the upgrades that would be left without a window, first", async () => {
    const { plan, titles } = await world.run(remove({ scaleSetIds: [webStaging] }), [
      pick("disable"),
      pick("apply"),
    ]);
    assert.deepEqual(titles, ["Automatic OS upgrades", "Review"]);
    assert.deepEqual(changesOf(plan), ["setUpgradePolicy vmss-web-staging", "dissociate vmss-web-staging"]);
    assert.deepEqual(plan?.changes[1]?.needs, [plan?.changes[0]?.id]);
  });

  test("keeps them on where the user wants it, and warns", async () => {
    const { plan } = await world.run(remove({ scaleSetIds: [webStaging] }), [pick("keep"), pick("apply")]);
    assert.deepEqual(changesOf(plan), ["dissociate vmss-web-staging"]);
    assert.match(inEnglish(plan?.warnings[0] ?? assert.fail()), /vmss-web-staging stay on/);
  });

  test("does not ask where upgrades are off", async () => {
    const { titles } = await world.run(remove({ scaleSetIds: [scaleSet("vmss-search-prod")] }), [
      pick("apply"),
    ]);
    assert.deepEqual(titles, ["Review"]);
  });

  test("of two associations removes the one that is picked, and the other keeps the window", async () => {
    const { plan, titles } = await world.run(remove({ scaleSetIds: [scaleSet("vmss-gateway-prod")] }), [
      tick("vmss-gateway-prod: mc-prod-nightly"),
      pick("apply"),
    ]);
    assert.deepEqual(titles, ["Choose associations", "Review"]);
    assert.equal(plan?.changes.length, 1);
    assert.match(plan.changes[0]?.target ?? "", /configurationAssignments\/mc-prod-nightly$/i);
  });

  test("of two associations removes both, and then asks about the upgrades", async () => {
    const { plan } = await world.run(remove({ scaleSetIds: [scaleSet("vmss-gateway-prod")] }), [
      tick("vmss-gateway-prod: mc-prod-nightly", "vmss-gateway-prod: mc-shared-fourth-monday"),
      pick("disable"),
      pick("apply"),
    ]);
    assert.deepEqual(
      plan?.changes.map(({ kind }) => kind),
      ["setUpgradePolicy", "dissociate", "dissociate"],
    );
  });

  test("a set without one is left out, and its upgrades are not asked about", async () => {
    const { plan, titles } = await world.run(remove({ scaleSetIds: [scaleSet("vmss-checkout-prod")] }), [
      pick("close"),
    ]);
    assert.equal(plan, undefined);
    assert.deepEqual(titles, ["Review"]);
  });

  test("a set that another service manages is left out unless it is meant", async () => {
    const managed = changed((snapshot) => {
      const set = snapshot.scaleSets.get(idKey(aks)) ?? assert.fail();
      // As some answers are: without an id.
      const known = [{ name: "mc-prod-nightly", properties: { maintenanceConfigurationId: nightly } }];
      const scaleSets = new Map([...snapshot.scaleSets, [idKey(aks), { ...set, assignments: { known } }]]);
      return { ...snapshot, scaleSets };
    });
    const sets = { scaleSetIds: [aks, scaleSet("vmss-search-prod")] };
    const out = await world.run(remove(sets), [pick("leaveOut"), pick("apply")], managed);
    assert.equal(out.plan?.changes.length, 1);
    assert.match(leftOutOf(out.plan)["aks-systempool-31415926-vmss"] ?? "", /Managed by Azure Kubernetes/);
    const both = await world.run(remove(sets), [pick("include"), pick("apply")], managed);
    assert.deepEqual(changesOf(both.plan), [
      "dissociate aks-systempool-31415926-vmss",
      "dissociate vmss-search-prod",
    ]);
  });

  test("from the palette lists only sets that have one", async () => {
    const { asked } = await world.run(remove(), [cancel]);
    const list = textOf(asked[0]);
    assert.match(
      list,
      /vmss-ledger-prod \| mc-ledger-retired/,
      "a configuration that is gone can be cleaned up",
    );
    assert.doesNotMatch(list, /vmss-cache-prod/);
  });
});

describe("enable automatic OS upgrades", () => {
  test("explains what blocks a set before anything is sent, with the fix, and leaves it out", async () => {
    const before = world.lab.sent.length;
    const { plan, asked } = await world.run(upgrades(true), [
      tick(
        "vmss-search-prod",
        "vmss-orders-prod",
        "vmss-payments-prod",
        "vmss-reporting-prod",
        "vmss-batch-prod",
      ),
      pick("leave"),
      pick("apply"),
    ]);
    assert.match(textOf(asked[0]), /vmss-orders-prod \| .*Can't turn on upgrades: .*22\.04\.202509030/);
    assert.deepEqual(changesOf(plan), [
      "setUpgradePolicy vmss-search-prod",
      "setUpgradePolicy vmss-reporting-prod",
    ]);
    for (const { after } of plan?.changes ?? [])
      assert.deepEqual(after, {
        properties: { upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } } },
      });
    assert.deepEqual(
      plan?.warnings.map(inEnglish).filter((text) => text.includes("Windows Update")),
      ["Azure turns off Windows Update on vmss-reporting-prod with this change."],
    );
    const reasons = leftOutOf(plan);
    assert.match(reasons["vmss-orders-prod"] ?? "", /22\.04\.202509030/);
    assert.match(reasons["vmss-payments-prod"] ?? "", /health/);
    assert.match(reasons["vmss-batch-prod"] ?? "", /AutomaticByPlatform/);
    assert.deepEqual(
      world.lab.sent.slice(before).filter(({ method }) => method !== "GET"),
      [],
    );
  });

  test("with nothing eligible says so and has no plan", async () => {
    const { plan, asked } = await world.run(upgrades(true, [orders]), [pick("leave"), pick("close")]);
    assert.equal(plan, undefined);
    assert.match(reviewText(asked), /Nothing to change[^]*vmss-orders-prod/);
  });

  test("warns of a set without a window", async () => {
    const { plan } = await world.run(upgrades(true, [cache]), [pick("apply")]);
    assert.match(
      plan?.warnings.map(inEnglish).join() ?? "",
      /vmss-cache-prod has no maintenance configuration/,
    );
  });

  test("lists only sets where they are off; disabling, only sets where they are on", async () => {
    const off = await world.run(upgrades(true), [cancel]);
    assert.doesNotMatch(textOf(off.asked[0]), /upgrades on/);
    const on = await world.run(upgrades(false), [tick("vmss-web-prod", "vmss-api-prod"), pick("apply")]);
    assert.doesNotMatch(textOf(on.asked[0]), /upgrades off/);
    assert.deepEqual(changesOf(on.plan), [
      "setUpgradePolicy vmss-web-prod",
      "setUpgradePolicy vmss-api-prod",
    ]);
  });
});

describe("set up", () => {
  test("from the palette: sets, their configuration and the upgrades, in one plan", async () => {
    const { plan, titles, asked } = await world.run(setUp(), [
      tick("vmss-cache-prod", "vmss-worker-prod", "vmss-api-staging"),
      pick("mc-prod-nightly"),
      pick("apply"),
    ]);
    assert.deepEqual(titles, ["Choose scale sets", "Choose a configuration", "Review"]);
    assert.deepEqual(changesOf(plan)?.toSorted(), [
      "associate vmss-api-staging",
      "associate vmss-cache-prod",
      "associate vmss-worker-prod",
      "setUpgradePolicy vmss-api-staging",
      "setUpgradePolicy vmss-cache-prod",
      "setUpgradePolicy vmss-worker-prod",
    ]);
    for (const change of plan?.changes ?? []) {
      if (change.kind === "setUpgradePolicy") assert.equal(change.needs.length, 1, "only with its window");
    }
    assert.match(
      reviewText(asked),
      /^Associate 3 scale sets with mc-prod-nightly in the sandbox \| and turn on automatic OS upgrades · 6 changes/,
    );
  });

  test("with a new configuration in a new group: everything waits for it", async () => {
    const { plan } = await world.run(setUp({ scaleSetIds: [cache] }), [
      pick("Create a new configuration…"),
      pick("Resource group"),
      pick("Create a new resource group…"),
      type("rg-new"),
      pick("westeurope"),
      pick("Name"),
      type("mc-new"),
      pick("apply"),
    ]);
    assert.deepEqual(changesOf(plan), [
      "createResourceGroup rg-new",
      "createConfiguration mc-new",
      "associate vmss-cache-prod",
      "setUpgradePolicy vmss-cache-prod",
    ]);
    assert.deepEqual(
      plan?.changes.slice(1).map(({ needs }) => needs.length > 0),
      [true, true, true],
    );
  });

  test("skips what is true already", async () => {
    const sets = [scaleSet("vmss-web-prod"), scaleSet("vmss-search-prod"), scaleSet("vmss-checkout-prod")];
    const { plan, titles } = await world.run(setUp({ configurationIds: [nightly], scaleSetIds: sets }), [
      pick("apply"),
    ]);
    assert.deepEqual(titles, ["Review"]);
    assert.deepEqual(changesOf(plan), ["setUpgradePolicy vmss-search-prod", "associate vmss-checkout-prod"]);
    assert.match(leftOutOf(plan)["vmss-web-prod"] ?? "", /Already set up/);
  });

  test("a set with two configurations ends with the chosen one", async () => {
    const gateway = scaleSet("vmss-gateway-prod");
    const { plan } = await world.run(setUp({ configurationIds: [nightly], scaleSetIds: [gateway] }), [
      pick("apply"),
    ]);
    assert.deepEqual(
      plan?.changes.map(({ kind, target }) => `${kind} ${nameOf(target)}`),
      ["dissociate mc-shared-fourth-monday"],
    );
  });

  test("sets that have a configuration can keep it", async () => {
    const sets = [scaleSet("vmss-search-prod"), cache];
    const kept = await world.run(setUp({ scaleSetIds: sets }), [
      pick("keep"),
      pick("mc-staging-daily"),
      pick("apply"),
    ]);
    assert.deepEqual(kept.titles, ["Existing configurations", "Choose a configuration", "Review"]);
    assert.deepEqual(changesOf(kept.plan), [
      "setUpgradePolicy vmss-search-prod",
      "associate vmss-cache-prod",
      "setUpgradePolicy vmss-cache-prod",
    ]);
    const moved = await world.run(setUp({ scaleSetIds: sets }), [
      pick("move"),
      pick("mc-staging-daily"),
      pick("apply"),
    ]);
    assert.ok(changesOf(moved.plan)?.includes("associate vmss-search-prod"));
  });

  test("where all keep theirs, no configuration is asked for", async () => {
    const { plan, titles } = await world.run(setUp({ scaleSetIds: [scaleSet("vmss-search-prod")] }), [
      pick("keep"),
      pick("apply"),
    ]);
    assert.deepEqual(titles, ["Existing configurations", "Review"]);
    assert.deepEqual(changesOf(plan), ["setUpgradePolicy vmss-search-prod"]);
  });

  test("a blocked set is associated, and told why its upgrades stay off", async () => {
    const canary = scaleSet("vmss-build-agents-canary", "rg-build-shared", fleet.shared);
    const { plan } = await world.run(setUp({ configurationIds: [nightly], scaleSetIds: [canary] }), [
      pick("leave"),
      pick("apply"),
    ]);
    assert.deepEqual(changesOf(plan), ["associate vmss-build-agents-canary"]);
    assert.match(leftOutOf(plan)["vmss-build-agents-canary"] ?? "", /1\.4\.2/);
  });

  test("a set that can't get its window is not upgraded either", async () => {
    const { plan } = await world.run(setUp({ configurationIds: [nightly], scaleSetIds: [broker] }), [
      pick("close"),
    ]);
    assert.equal(plan, undefined);
  });

  test("a new configuration that no set would get is not made", async () => {
    const { plan, asked } = await world.run(setUp({ scaleSetIds: [broker] }), [
      pick("Create a new configuration…"),
      pick("close"),
    ]);
    assert.equal(plan, undefined);
    assert.doesNotMatch(reviewText(asked), /Create maintenance configuration/);
  });

  test("cancelled anywhere it has no plan, and resumes", async () => {
    const drafts = memoryDrafts();
    const first = await world.run(setUp(), [tick("vmss-cache-prod"), cancel], { drafts });
    assert.equal(first.plan, undefined);
    const { plan } = await world.run(setUp(), [pick("resume"), pick("mc-prod-nightly"), pick("apply")], {
      drafts,
    });
    assert.deepEqual(changesOf(plan), ["associate vmss-cache-prod", "setUpgradePolicy vmss-cache-prod"]);
  });

  test("applied, the sandbox holds exactly what was asked for", async () => {
    const own = await openWorld();
    const context = own.context([
      tick("vmss-cache-prod", "vmss-api-staging"),
      pick("mc-prod-nightly"),
      pick("apply"),
    ]);
    const plan = await setUpFlow(context);
    const results = await own.lab.azure.apply(plan ?? assert.fail(), { signal: never });
    assert.deepEqual(new Set(results.map(({ outcome }) => outcome.status)), new Set(["done"]));
    const maintenance = "providers/Microsoft.Maintenance/configurationAssignments?api-version=2023-04-01";
    for (const id of [cache, scaleSet("vmss-api-staging", "rg-web-staging", fleet.staging)]) {
      const assignments = JSON.stringify((await own.lab.ask("GET", `${id}/${maintenance}`)).json);
      assert.match(assignments, /mc-prod-nightly/i);
      const set = JSON.stringify((await own.lab.ask("GET", `${id}?api-version=2024-07-01`)).json);
      assert.match(set, /"enableAutomaticOSUpgrade":true/);
    }
    own.store.dispose();
  });
});
