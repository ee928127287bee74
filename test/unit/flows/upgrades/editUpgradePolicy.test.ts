/** Editing the upgrade policies of scale sets, against the sandbox. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { nameOf } from "../../../../src/core/resources/ids.ts";
import { at, type JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { editUpgradePolicyFlow } from "../../../../src/flows/upgrades/editUpgradePolicy.ts";
import { policyMembers } from "../../../../src/flows/upgrades/policyMembers.ts";
import type { TextQuestion } from "../../../../src/flows/engine/question.ts";
import { fleet, never, scaleSet } from "../../azure/support.ts";
import { go, look, pick, textOf, textsOf, tick, type, verdictsOf, type Move } from "../support.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.store.dispose());

const cache = scaleSet("vmss-cache-prod");
const web = scaleSet("vmss-web-prod");
const payments = scaleSet("vmss-payments-prod", "rg-data-prod-weu");
const rolling = scaleSet("vmss-loadtest-staging", "rg-loadtest-staging", fleet.staging);

const edit = (scaleSetIds: readonly string[] | undefined, ...moves: readonly Move[]) =>
  world.run((context) => editUpgradePolicyFlow(context, scaleSetIds && { scaleSetIds }), moves);

const held = async (id: string) =>
  at(
    (await world.lab.ask("GET", `${id}?api-version=2024-07-01`)).json,
    "properties",
    "upgradePolicy",
  ) as JsonObject;

describe("what can be changed", () => {
  test("is every value of the policy, each with what it means and what it is now", async () => {
    const { asked } = await edit([rolling], tick("maxSurge"), pick("true"), pick("apply"));
    const rows = textsOf(asked[0]?.rows ?? []);
    assert.equal(rows.length, policyMembers.length);
    assert.match(
      rows.join("\n"),
      /^Batch size in percent \| 20 · maxBatchInstancePercent \| At most this share/m,
    );
    assert.match(
      rows.join("\n"),
      /^Batches across zones \| off, Azure's default · enableCrossZoneUpgrade \| /m,
    );
    assert.match(rows.join("\n"), /^Upgrade mode \| Rolling · mode \| /m);
    assert.match(rows.join("\n"), /^OS upgrades wait for approval \(experimental\) \| /m);
  });

  test("says where sets differ", async () => {
    const { asked } = await edit([rolling, cache], tick("mode"), pick("Automatic"), pick("apply"));
    assert.match(
      textOf(asked[0]),
      /^Batch size in percent \| 20 \(1 scale set\), 20, Azure's default \(1 scale set\)/m,
    );
    assert.match(textOf(asked[0]), /^Upgrade mode \| Rolling \(1 scale set\), Manual \(1 scale set\)/m);
  });

  test("is asked for with what is there, and checked as it is typed, with the range and where that stands", async () => {
    await edit(
      [rolling],
      tick(
        ...policyMembers
          .filter(({ takes }) => takes.kind === "percent" || takes.kind === "duration")
          .map(({ name }) => name),
      ),
      look(({ question }) => {
        assert.equal(question.proposed, "20");
        assert.match(
          inEnglish((question as TextQuestion).prompt),
          /5 to 100\. Azure's default is 20\. Now: 20$/,
        );
        for (const wrong of ["4", "101", "7.5", "-5", "", "x", "1e2", "0x10"])
          assert.match(
            inEnglish(verdictsOf(question, wrong)[0]?.message ?? assert.fail(wrong)),
            /whole number from 5 to 100.*Source: Azure Compute REST contract/,
          );
        for (const right of ["5", "100"]) assert.deepEqual(verdictsOf(question, right), []);
      }, type("50")),
      look(({ question }) => assert.equal(verdictsOf(question, "49")[0]?.severity, "warn"), type("60")),
      look(({ question }) => {
        assert.deepEqual(verdictsOf(question, "0"), []);
        assert.equal(verdictsOf(question, "101")[0]?.severity, "block");
      }, go),
      look(({ question }) => {
        assert.equal(question.proposed, "PT0S");
        for (const wrong of ["30", "PT", "P", "00:00:30", "PT-5M"])
          assert.equal(verdictsOf(question, wrong)[0]?.severity, "block", wrong);
        for (const right of ["PT30S", "PT1H30M", "P1D"]) assert.deepEqual(verdictsOf(question, right), []);
      }, type("PT5M")),
      pick("apply"),
    );
  });
});

describe("an edit", () => {
  test("sends only what becomes another, and keeps what it does not know", async () => {
    const before = await held(rolling);
    const { plan, last } = await edit(
      [rolling],
      tick(
        "maxBatchInstancePercent",
        "maxUnhealthyInstancePercent",
        "enableCrossZoneUpgrade",
        "disableAutomaticRollback",
      ),
      type("10"),
      go,
      pick("true"),
      pick("true"),
      pick("apply"),
    );
    assert.deepEqual(
      plan?.changes.map(({ after }) => after),
      [
        {
          properties: {
            upgradePolicy: {
              rollingUpgradePolicy: { maxBatchInstancePercent: 10, enableCrossZoneUpgrade: true },
              automaticOSUpgradePolicy: { disableAutomaticRollback: true },
            },
          },
        },
      ],
    );
    assert.match(
      last,
      /maxBatchInstancePercent: 20 → 10\nenableCrossZoneUpgrade: none → true\ndisableAutomaticRollback: none → true/,
    );
    const [result] = await world.lab.azure.apply(plan, { signal: never });
    assert.equal(result?.outcome.status, "done");
    assert.deepEqual(await held(rolling), {
      ...before,
      rollingUpgradePolicy: {
        ...(before["rollingUpgradePolicy"] as JsonObject),
        maxBatchInstancePercent: 10,
        enableCrossZoneUpgrade: true,
      },
      automaticOSUpgradePolicy: { disableAutomaticRollback: true },
    });
  });

  test("of many sets changes each from what it has, and leaves out those that have it already", async () => {
    const { plan } = await edit(
      undefined,
      tick("vmss-loadtest-staging", "vmss-cache-prod", "vmss-web-prod"),
      tick("mode"),
      pick("Rolling"),
      pick("apply"),
    );
    assert.deepEqual(plan?.changes.map(({ target }) => nameOf(target)).toSorted(), [
      "vmss-cache-prod",
      "vmss-web-prod",
    ]);
    assert.match(inEnglish(plan?.leftOut[0]?.reason ?? assert.fail()), /Already has these values/);
    const results = await world.lab.azure.apply(plan, { signal: never });
    assert.ok(results.every(({ outcome }) => outcome.status === "done"));
    assert.equal((await held(web))["mode"], "Rolling");
  });

  test("leaves a set out that Azure would refuse mode Rolling for", async () => {
    const { plan, last } = await edit([payments], tick("mode"), pick("Rolling"), pick("close"));
    assert.equal(plan, undefined);
    assert.match(last, /refuses mode Rolling without a health source/);
  });

  test("that changes nothing has no plan", async () => {
    const { plan } = await edit([cache], tick("maxSurge"), pick("false"), pick("close"));
    assert.equal(plan, undefined);
  });

  test("warns of batches that are larger than the share of unhealthy instances, and of what is experimental", async () => {
    const { last } = await edit(
      [cache],
      tick("maxBatchInstancePercent", "osRollingUpgradeDeferral"),
      type("50"),
      pick("true"),
      pick("apply"),
    );
    assert.match(last, /vmss-cache-prod would have batches of 50 % but allow only 20 % unhealthy instances/);
    assert.match(last, /Experimental: OS upgrades of vmss-cache-prod wait/);
  });
});
