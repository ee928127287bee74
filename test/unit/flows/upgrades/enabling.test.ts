/** Enabling automatic OS upgrades with the fixes that scale sets need, against the sandbox. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { idKey, nameOf } from "../../../../src/core/resources/ids.ts";
import { at, objectAt, type JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { eligibility } from "../../../../src/core/eligibility/eligibility.ts";
import { merged } from "../../../../src/core/plans/merging.ts";
import { isRead } from "../../../../src/azure/http/methods.ts";
import type { Plan } from "../../../../src/core/plans/plan.ts";
import type { FlowContext } from "../../../../src/flows/engine/context.ts";
import { enableUpgradesFlow } from "../../../../src/flows/upgrades/enableUpgrades.ts";
import type { Action, PickQuestion } from "../../../../src/flows/engine/question.ts";
import { setUpFlow } from "../../../../src/flows/associations/setUp.ts";
import { problemLines } from "../../../../src/ui/problemReport.ts";
import { answer, configuration, fleet, never, scaleSet } from "../../azure/support.ts";
import {
  back,
  cancel,
  go,
  look,
  memoryDrafts,
  pick,
  textOf,
  tick,
  type,
  verdictsOf,
  type Move,
} from "../support.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.store.dispose());

const data = "rg-data-prod-weu";
const orders = scaleSet("vmss-orders-prod", data);
const payments = scaleSet("vmss-payments-prod", data);
const reporting = scaleSet("vmss-reporting-prod", data);
const batch = scaleSet("vmss-batch-prod", data);
const transcode = scaleSet("vmss-transcode-prod", "rg-media-prod-neu");
const cache = scaleSet("vmss-cache-prod");
const aks = scaleSet("aks-systempool-31415926-vmss", "MC_rg-aks-prod-weu_aks-contoso-prod_westeurope");

const enable = (scaleSetIds: readonly string[]) => (context: FlowContext) =>
  enableUpgradesFlow(context, { scaleSetIds });
const kindsOf = (plan: Plan | undefined) =>
  plan?.changes.map(({ kind, target }) => `${kind} ${nameOf(target.replace(/\/extensions\/.*/, ""))}`);
const apply = async (plan: Plan | undefined) =>
  world.lab.azure.apply(plan ?? assert.fail("there is no plan"), { signal: never });
const held = async (id: string) =>
  (await world.lab.ask("GET", `${id}?api-version=2024-07-01`)).json as JsonObject;
const profile = ["properties", "virtualMachineProfile"] as const;
const policy = ["properties", "upgradePolicy"] as const;
const writes = () => world.lab.sent.filter((sent) => !isRead(sent));

const unsupportedImage = {
  properties: { automaticOSUpgradeProperties: { automaticOSUpgradeSupported: false } },
};
/** The flag of the image, as public answers have it for Gen2 images that Microsoft's table lists. */
const unsupported: World["lab"]["fault"] = (request) =>
  /\/skus\/22_04-lts-gen2\/versions\/[^/]+$/.test(new URL(request.url).pathname)
    ? answer(request, 200, unsupportedImage)
    : undefined;

describe("what blocks", () => {
  test("is told set by set before anything is offered, and nothing is sent", async () => {
    const { asked, titles, plan } = await world.run(enable([orders, payments, cache]), [
      look(({ question }) => {
        assert.equal(
          inEnglish((question as PickQuestion).placeholder),
          "Upgrades of 2 of 3 scale sets are blocked",
        );
      }, pick("leave")),
      pick("apply"),
    ]);
    assert.deepEqual(titles, ["Conditions", "Review"]);
    assert.match(textOf(asked[0]), /^vmss-orders-prod \| .*22\.04\.202509030.*need “latest”/m);
    assert.match(
      textOf(asked[0]),
      /^vmss-payments-prod \| .*health probe or health extension was not specified/m,
    );
    assert.doesNotMatch(textOf(asked[0]), /^vmss-cache-prod/m);
    assert.deepEqual(kindsOf(plan), ["setUpgradePolicy vmss-cache-prod"]);
    assert.deepEqual(writes(), []);
  });

  test("is not what Azure's flag says of an image that Microsoft lists", async () => {
    world.lab.fault = unsupported;
    const { titles, plan } = await world.run(enable([cache]), [pick("apply")]);
    assert.deepEqual(titles, ["Review"]);
    assert.deepEqual(kindsOf(plan), ["setUpgradePolicy vmss-cache-prod"]);
  });

  test("is also that neither Azure's flag nor Microsoft's list has the image, which no model holds", async () => {
    const unlisted = { publisher: "Debian", offer: "debian-12", sku: "12-gen2", version: "latest" };
    const { snapshot } = world.store;
    const known = snapshot.scaleSets.get(idKey(cache)) ?? assert.fail();
    const image = { storageProfile: { osDisk: { osType: "Linux" }, imageReference: unlisted } };
    const resource = merged(known.resource, { properties: { virtualMachineProfile: image } });
    const facts = { newestImage: unsupportedImage };
    const set = {
      ...known,
      resource,
      findings: eligibility(resource, facts),
      eligibilityFacts: { facts, unread: {}, at: "" },
    };
    const { asked, plan } = await world.run(enable([cache]), [pick("leave"), pick("close")], {
      readEligibilityFacts: async () => {},
      snapshot: () => ({ ...snapshot, scaleSets: new Map([[idKey(cache), set]]) }),
    });
    assert.equal(plan, undefined);
    assert.match(textOf(asked[0]), /vmss-cache-prod \| The image isn't supported\. .*Can't be fixed here/);
  });

  test("is asked of Azure once, and of many sets only when the user wants that", async () => {
    let times = 0;
    const readEligibilityFacts = async () => void (times += 1);
    await world.run(enable([orders]), [pick("fix"), tick("imageLatest"), back, back, cancel], {
      readEligibilityFacts,
    });
    assert.equal(times, 1);
    world = await openWorld();
    const all = [...world.store.snapshot.scaleSets.values()];
    const copies = Array.from({ length: 21 }, (_, index) => {
      const like = all.find(({ id }) => idKey(id) === idKey(cache)) ?? assert.fail();
      return { ...like, id: `${cache}${index}`, name: `vmss-copy-${index}` };
    });
    const snapshot = () => ({
      ...world.store.snapshot,
      scaleSets: new Map(copies.map((set) => [idKey(set.id), set])),
    });
    const ids = copies.map(({ id }) => id);
    times = 0;
    const { titles } = await world.run(enable(ids), [pick("models"), pick("apply")], {
      readEligibilityFacts,
      snapshot,
    });
    assert.deepEqual([times, titles], [0, ["Conditions", "Review"]]);
    await world.run(enable(ids), [pick("ask"), pick("apply")], { readEligibilityFacts, snapshot });
    assert.equal(times, 1);
  });

  test("says the way out where it is not ours to mend, and offers no fix for it", async () => {
    const { asked, titles, last } = await world.run(enable([transcode]), [pick("leave"), pick("close")]);
    assert.deepEqual(titles, ["Conditions", "Review"]);
    assert.doesNotMatch(textOf(asked[0]), /Choose what to fix/);
    assert.match(textOf(asked[0]), /Can't be fixed here: Remove the probe or the extension/);
    assert.match(last, /vmss-transcode-prod \| .*both a health probe and a health extension/);
  });

  test("leads to the page that explains it", async () => {
    const explain: Move = async ({ rows }) => {
      await rows
        .find((row): row is Action => row.kind === "action" && inEnglish(row.label) === "Explain conditions")
        ?.run();
      return { kind: "cancel" };
    };
    await world.run(enable([orders, cache]), [explain]);
    assert.deepEqual(world.explained, [[orders]]);
  });

  test("a set that is fine is not asked about", async () => {
    const { titles } = await world.run(enable([cache]), [pick("apply")]);
    assert.deepEqual(titles, ["Review"]);
  });
});

describe("fixes", () => {
  test("what is required comes ticked; what is optional is apart, unticked, and says what it restarts", async () => {
    const found = world.store.snapshot.scaleSets.get(idKey(cache)) ?? assert.fail();
    const pinned = { storageProfile: { imageReference: { version: "22.04.202509030" } } };
    const resource = merged(found.resource, {
      properties: { upgradePolicy: { mode: "Rolling" }, virtualMachineProfile: pinned },
    });
    await world.store.put({ kind: "resource", id: cache, resource });
    const { asked } = await world.run(enable([orders, payments, cache, batch]), [
      pick("fix"),
      look(({ question }) => {
        const { proposed, placeholder } = question as PickQuestion;
        assert.deepEqual(proposed, ["imageLatest", "patchMode", "healthExtension"]);
        assert.equal(inEnglish(placeholder), "3 fixes are required before upgrades can be turned on");
      }, cancel),
    ]);
    assert.deepEqual(
      asked[1]?.rows.map((row) => (row.kind === "choice" ? row.value : inEnglish(row.label))),
      [
        "Required",
        ...["imageLatest", "patchMode", "healthExtension"],
        "Optional",
        ...["upgradeMode", "updateInstances"],
      ],
    );
    const text = textOf(asked[1]);
    // In mode Rolling Azure brings instances to a changed model by itself.
    assert.match(
      text,
      /Use the latest image \| vmss-orders-prod, vmss-cache-prod \| Restarts instances now: .* replaces their OS disks\. \(1 of 2 scale sets\)/,
    );
    assert.match(
      text,
      /Add the Application Health extension… \| vmss-payments-prod \| Instances get it when updated, which may restart them/,
    );
    assert.match(
      text,
      /Set the upgrade mode… \| vmss-orders-prod, vmss-payments-prod, vmss-batch-prod \| .*May restart them/,
    );
    assert.match(text, /Update all instances now \(restarts them\) \| .*All at once, outside any window/);
  });

  test("what is required is fixed with Enter alone, from the page that explains", async () => {
    const { plan, titles } = await world.run(
      (context) => enableUpgradesFlow(context, { scaleSetIds: [payments], fix: true }),
      [
        look(
          ({ question }) =>
            assert.equal(
              inEnglish((question as PickQuestion).placeholder),
              "1 fix is required before upgrades can be turned on",
            ),
          go,
        ),
        go,
        go,
        go,
        pick("apply"),
      ],
    );
    assert.deepEqual(titles, ["Fixes", "Health protocol", "Health port", "Health path", "Review"]);
    assert.deepEqual(kindsOf(plan), [
      "addHealthExtension vmss-payments-prod",
      "setUpgradePolicy vmss-payments-prod",
    ]);
    assert.ok((await apply(plan)).every(({ outcome }) => outcome.status === "done"));
  });

  test("a set that needs none is told so, and nothing comes ticked", async () => {
    await world
      .run(enable([orders]), [pick("fix"), tick("imageLatest"), pick("apply")])
      .then(({ plan }) => apply(plan));
    await world.store.refresh(never);
    await world.store.readEligibilityFacts([idKey(orders)], never);
    const { asked } = await world.run(enable([orders]), [
      pick("fix"),
      look(({ question }) => {
        const { proposed, placeholder } = question as PickQuestion;
        assert.deepEqual(proposed, []);
        assert.equal(inEnglish(placeholder), "No fix is required: choose what to change");
      }, cancel),
    ]);
    assert.doesNotMatch(asked[1]?.rows.map(({ label }) => inEnglish(label)).join("\n") ?? "", /Required/);
  });

  test("made and enabled in one plan, the sandbox holds just that", async () => {
    const before = await held(orders);
    const { plan, last, titles } = await world.run(enable([orders]), [
      pick("fix"),
      tick("imageLatest"),
      pick("apply"),
    ]);
    assert.deepEqual(titles, ["Conditions", "Fixes", "Review"]);
    assert.deepEqual(kindsOf(plan), [
      "setImageReference vmss-orders-prod",
      "setUpgradePolicy vmss-orders-prod",
    ]);
    assert.match(last, /version: 22\.04\.202509030 → latest/);
    assert.match(last, /With upgrade mode Manual, the instances of vmss-orders-prod keep their model/);
    assert.deepEqual(
      (await apply(plan)).map(({ outcome }) => outcome.status),
      ["done", "done"],
    );
    const now = await held(orders);
    assert.equal(at(now, ...profile, "storageProfile", "imageReference", "version"), "latest");
    assert.equal(at(now, ...policy, "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade"), true);
    for (const part of ["osProfile", "networkProfile", "extensionProfile"])
      assert.deepEqual(objectAt(now, ...profile, part), objectAt(before, ...profile, part), part);
    assert.equal(at(now, ...policy, "mode"), "Manual");
    assert.deepEqual(
      writes().map(({ method, body }) => [method, body]),
      [
        [
          "PATCH",
          {
            properties: {
              virtualMachineProfile: {
                storageProfile: {
                  imageReference: {
                    publisher: "Canonical",
                    offer: "0001-com-ubuntu-server-jammy",
                    sku: "22_04-lts-gen2",
                    version: "latest",
                  },
                },
              },
            },
          },
        ],
        [
          "PATCH",
          { properties: { upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } } } },
        ],
      ],
    );
  });

  test("the Application Health extension asks for protocol, port and path, each checked as it is typed", async () => {
    const { plan, asked, titles } = await world.run(enable([payments]), [
      pick("fix"),
      tick("healthExtension"),
      pick("https"),
      look(({ question }) => {
        assert.equal(question.proposed, "443");
        for (const wrong of ["", "0", "65536", "80a", "-1", "1e3"])
          assert.equal(verdictsOf(question, wrong)[0]?.severity, "block", wrong);
      }, type("8443")),
      look(({ question }) => {
        assert.equal(question.proposed, "/");
        for (const wrong of ["", "healthz", "/a b", "/a#b"])
          assert.equal(verdictsOf(question, wrong)[0]?.severity, "block", wrong);
      }, type("/healthz?full=1")),
      pick("apply"),
    ]);
    assert.deepEqual(titles, [
      "Conditions",
      "Fixes",
      "Health protocol",
      "Health port",
      "Health path",
      "Review",
    ]);
    assert.match(textOf(asked.at(-1)), /protocol: https, port: 8443, requestPath: \/healthz\?full=1/);
    assert.deepEqual(
      (await apply(plan)).map(({ outcome }) => outcome.status),
      ["done", "done"],
    );
    const extensions = JSON.stringify(at(await held(payments), ...profile, "extensionProfile"));
    assert.match(
      extensions,
      /"type":"ApplicationHealthLinux".*"settings":\{"protocol":"https","port":8443,"requestPath":"\/healthz\?full=1"\}/,
    );
    assert.match(extensions, /AzureMonitorLinuxAgent/);
  });

  test("tcp has no path", async () => {
    const { plan, titles } = await world.run(enable([payments]), [
      pick("fix"),
      tick("healthExtension"),
      pick("tcp"),
      look(({ question }) => assert.equal(question.proposed, "80"), go),
      pick("apply"),
    ]);
    assert.ok(!titles.includes("Health path"));
    assert.deepEqual(at(plan?.changes[0]?.after, "properties", "settings"), { protocol: "tcp", port: 80 });
  });

  test("for many sets at once: each gets what it needs, the rest stays out with its reason", async () => {
    const { plan } = await world.run(enable([orders, payments, reporting, batch, transcode]), [
      pick("fix"),
      look(
        ({ question }) => assert.deepEqual((question as PickQuestion).many === undefined, false),
        tick("imageLatest", "patchMode"),
      ),
      pick("apply"),
    ]);
    assert.deepEqual(kindsOf(plan), [
      "setImageReference vmss-orders-prod",
      "setUpgradePolicy vmss-orders-prod",
      "setUpgradePolicy vmss-reporting-prod",
      "setPatchSettings vmss-batch-prod",
      "setUpgradePolicy vmss-batch-prod",
    ]);
    assert.deepEqual(
      plan?.leftOut.map(({ target }) => nameOf(target)),
      ["vmss-payments-prod", "vmss-transcode-prod"],
    );
    const results = await apply(plan);
    assert.ok(results.every(({ outcome }) => outcome.status === "done"));
    for (const id of [orders, reporting, batch])
      assert.equal(
        at(await held(id), ...policy, "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade"),
        true,
        id,
      );
  });

  test("brings the instances of a set in mode Manual to the changed model, and says what that does", async () => {
    const { plan, last } = await world.run(enable([orders]), [
      pick("fix"),
      tick("imageLatest", "updateInstances"),
      pick("apply"),
    ]);
    assert.equal(kindsOf(plan)?.at(-1), "updateInstances vmss-orders-prod");
    assert.deepEqual(plan?.changes.at(-1)?.after, { instanceIds: ["*"] });
    assert.match(last, /All instances of vmss-orders-prod update at once, outside any maintenance window/);
    assert.ok((await apply(plan)).every(({ outcome }) => outcome.status === "done"));
    const { json } = await world.lab.ask("GET", `${orders}/virtualMachines?api-version=2024-07-01`);
    assert.doesNotMatch(JSON.stringify(json), /"latestModelApplied":false/);
  });

  test("leaves bringing the instances to the model to the mode, where that becomes another", async () => {
    const { plan } = await world.run(enable([orders]), [
      pick("fix"),
      tick("imageLatest", "upgradeMode", "updateInstances"),
      pick("Automatic"),
      pick("apply"),
    ]);
    assert.deepEqual(kindsOf(plan), [
      "setImageReference vmss-orders-prod",
      "setUpgradePolicy vmss-orders-prod",
    ]);
    await apply(plan);
    const { json } = await world.lab.ask("GET", `${orders}/virtualMachines?api-version=2024-07-01`);
    assert.doesNotMatch(JSON.stringify(json), /"latestModelApplied":false/);
  });

  test("brings only those instances to the latest model that are not on it, also where upgrades are on already", async () => {
    const { plan } = await world.run(enable([orders]), [pick("fix"), tick("imageLatest"), pick("apply")]);
    await apply(plan);
    await world.store.refresh(never);
    await world.store.readEligibilityFacts([idKey(orders)], never);
    const next = await world.run(enable([orders]), [
      look(({ question }) => {
        assert.equal(
          inEnglish((question as PickQuestion).placeholder),
          "Some instances aren't on the latest model",
        );
      }, pick("fix")),
      tick("updateInstances"),
      pick("apply"),
    ]);
    assert.deepEqual(kindsOf(next.plan), ["updateInstances vmss-orders-prod"]);
    assert.deepEqual(next.plan?.changes[0]?.after, { instanceIds: ["0", "1", "2", "3", "4", "5"] });
  });

  test("are dropped where the user goes back and leaves out what is blocked", async () => {
    const { plan } = await world.run(enable([orders]), [
      pick("fix"),
      tick("imageLatest"),
      back,
      back,
      pick("leave"),
      pick("close"),
    ]);
    assert.equal(plan, undefined);
  });

  test("sets the mode, and with Rolling a policy whose values are asked for with Azure's defaults", async () => {
    const { plan, titles, last } = await world.run(enable([orders]), [
      pick("fix"),
      tick("imageLatest", "upgradeMode"),
      look(({ question, rows }) => {
        assert.equal(question.proposed, "Rolling");
        assert.deepEqual(
          rows.flatMap((row) => (row.kind === "choice" ? [row.value] : [])),
          ["Rolling", "Automatic"],
        );
      }, go),
      pick("own"),
      type("10"),
      look(({ question }) => {
        assert.equal(question.proposed, "20");
        assert.equal(verdictsOf(question, "4")[0]?.severity, "block");
        assert.match(
          inEnglish(verdictsOf(question, "4")[0]?.message ?? assert.fail()),
          /from 5 to 100\. Azure's default is 20\. Source: /,
        );
        assert.equal(verdictsOf(question, "5")[0]?.severity, "warn", "less than the batch");
      }, go),
      look(({ question }) => assert.deepEqual(verdictsOf(question, "0"), []), go),
      look(({ question }) => assert.equal(verdictsOf(question, "30 s")[0]?.severity, "block"), type("PT30S")),
      pick("apply"),
    ]);
    assert.deepEqual(titles.slice(2, 4), ["Upgrade mode", "Rolling upgrade policy"]);
    assert.match(last, /maxBatchInstancePercent: none → 10/);
    assert.ok((await apply(plan)).every(({ outcome }) => outcome.status === "done"));
    assert.deepEqual(at(await held(orders), ...policy), {
      mode: "Rolling",
      rollingUpgradePolicy: {
        maxBatchInstancePercent: 10,
        maxUnhealthyInstancePercent: 20,
        maxUnhealthyUpgradedInstancePercent: 20,
        pauseTimeBetweenBatches: "PT30S",
      },
      automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true, useRollingUpgradePolicy: false },
    });
  });

  test("brings only those values of a rolling policy into range that are out of it", async () => {
    const path = `${cache}?api-version=2024-07-01`;
    const odd = { rollingUpgradePolicy: { maxBatchInstancePercent: 3, maxUnhealthyInstancePercent: 40 } };
    const found = world.store.snapshot.scaleSets.get(idKey(cache)) ?? assert.fail(path);
    const resource = {
      ...found.resource,
      properties: { ...objectAt(found.resource, "properties"), upgradePolicy: { mode: "Rolling", ...odd } },
    };
    await world.store.put({ kind: "resource", id: cache, resource });
    const { plan, titles } = await world.run(enable([cache]), [
      pick("fix"),
      look(({ question }) => assert.deepEqual((question as PickQuestion).proposed, ["rollingPolicy"]), go),
      type("15"),
      pick("apply"),
    ]);
    assert.deepEqual(titles, ["Conditions", "Fixes", "Batch size in percent", "Review"]);
    assert.deepEqual(plan?.changes[0]?.after, {
      properties: {
        upgradePolicy: {
          rollingUpgradePolicy: { maxBatchInstancePercent: 15 },
          automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true },
        },
      },
    });
  });

  test("Back restores what was ticked, and leaving keeps it", async () => {
    const drafts = memoryDrafts();
    await world.run(
      enable([orders]),
      [
        pick("fix"),
        tick("imageLatest"),
        back,
        look(({ place }) => assert.deepEqual(place.remembered, ["imageLatest"]), go),
        cancel,
      ],
      { drafts },
    );
    world = await openWorld();
    const { plan } = await world.run(enable([orders]), [pick("resume"), pick("apply")], { drafts });
    assert.equal(plan?.changes.length, 2);
  });
});

describe("a blocked set", () => {
  test("is never enabled without being meant: alone, among others, in Set Up", async () => {
    const blocked = [orders, payments, batch, transcode];
    const among = await world.run(enable([...blocked, cache]), [pick("leave"), pick("apply")]);
    assert.deepEqual(kindsOf(among.plan), ["setUpgradePolicy vmss-cache-prod"]);
    world = await openWorld();
    const start = {
      scaleSetIds: [...blocked, cache],
      configurationIds: [configuration("mc-shared-fourth-monday")],
    };
    const inSetUp = await world.run(
      (context) => setUpFlow(context, start),
      [pick("keep"), pick("leave"), pick("apply")],
    );
    assert.deepEqual(
      kindsOf(inSetUp.plan)?.filter((change) => change.startsWith("setUpgradePolicy")),
      ["setUpgradePolicy vmss-cache-prod"],
    );
    world = await openWorld();
    const unmended = await world.run(enable(blocked), [pick("fix"), tick("updateInstances"), pick("close")]);
    assert.equal(unmended.plan, undefined);
  });

  test("is tried anyway when that is chosen for it in the review, and the service's whole answer is in the results", async () => {
    const { plan, asked } = await world.run(enable([payments, transcode]), [
      pick("leave"),
      look(
        (now) =>
          assert.match(textOf(now), /Try vmss-payments-prod anyway.*\n.*Try vmss-transcode-prod anyway/),
        pick("Try vmss-transcode-prod anyway"),
      ),
      pick("apply"),
    ]);
    assert.match(textOf(asked.at(-1)), /vmss-transcode-prod is blocked, so Azure will probably refuse/);
    assert.match(textOf(asked.at(-1)), /Skip vmss-transcode-prod/);
    assert.deepEqual(kindsOf(plan), ["setUpgradePolicy vmss-transcode-prod"]);
    const outcome = (await apply(plan))[0]?.outcome;
    assert.ok(outcome?.status === "failed");
    const lines = problemLines(outcome.problem).map(inEnglish).join("\n");
    assert.match(lines, /Azure answered: 400 BadRequest/);
    assert.match(
      lines,
      /because both a health probe and a health extension were provided\. Remove the health probe or health extension prior to enabling/,
    );
    assert.match(lines, /Request ID: /);
    assert.equal(at(await held(transcode), ...policy, "automaticOSUpgradePolicy"), undefined);
  });

  test("is left out again when that is chosen", async () => {
    const { plan } = await world.run(enable([payments]), [
      pick("leave"),
      pick("Try vmss-payments-prod anyway"),
      pick("Skip vmss-payments-prod"),
      pick("close"),
    ]);
    assert.equal(plan, undefined);
  });

  test("is not offered to be tried where another service manages it, unless it is meant", async () => {
    const { last } = await world.run(enable([aks, payments]), [
      pick("leaveOut"),
      pick("leave"),
      pick("close"),
    ]);
    assert.match(last, /Try vmss-payments-prod anyway/);
    assert.doesNotMatch(last, /Try aks-/);
  });
});

describe("set up", () => {
  test("fixes and enables in the one plan, the window first", async () => {
    const start = { scaleSetIds: [payments], configurationIds: [configuration("mc-prod-nightly")] };
    const { plan, titles } = await world.run(
      (context) => setUpFlow(context, start),
      [pick("fix"), tick("healthExtension"), go, go, go, pick("apply")],
    );
    assert.deepEqual(titles, [
      "Conditions",
      "Fixes",
      "Health protocol",
      "Health port",
      "Health path",
      "Review",
    ]);
    assert.deepEqual(kindsOf(plan), [
      "addHealthExtension vmss-payments-prod",
      "setUpgradePolicy vmss-payments-prod",
    ]);
    assert.ok((await apply(plan)).every(({ outcome }) => outcome.status === "done"));
  });

  test("tries a blocked set anyway", async () => {
    const canary = scaleSet("vmss-build-agents-canary", "rg-build-shared", fleet.shared);
    const start = { scaleSetIds: [canary], configurationIds: [configuration("mc-prod-nightly")] };
    const { plan } = await world.run(
      (context) => setUpFlow(context, start),
      [pick("leave"), pick("Try vmss-build-agents-canary anyway"), pick("apply")],
    );
    assert.deepEqual(
      plan?.changes.map(({ kind }) => kind),
      ["associate", "setUpgradePolicy"],
    );
  });
});
