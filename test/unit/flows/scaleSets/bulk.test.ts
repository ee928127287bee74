/** Any number of scale sets: from nodes that stand for many, from a filter, by their ids; moved, and left by configurations that go. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { idKey, nameOf, parseId } from "../../../../src/core/resources/ids.ts";
import { inEnglish, message } from "../../../../src/core/text/message.ts";
import type { Plan } from "../../../../src/core/plans/plan.ts";
import { associateFlow } from "../../../../src/flows/associations/associate.ts";
import type { FlowContext, FlowStart } from "../../../../src/flows/engine/context.ts";
import { deleteConfigurationFlow } from "../../../../src/flows/configurations/deleteConfiguration.ts";
import { disableUpgradesFlow } from "../../../../src/flows/upgrades/disableUpgrades.ts";
import { enableUpgradesFlow } from "../../../../src/flows/upgrades/enableUpgrades.ts";
import { moveScaleSetsFlow } from "../../../../src/flows/associations/moveScaleSets.ts";
import { Failure } from "../../../../src/ui/failure.ts";
import { answer, configuration, fleet, scaleSet } from "../../azure/support.ts";
import { cancel, go, look, pick, press, textOf, tick, type } from "../support.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
before(async () => (world = await openWorld()));

const nightly = configuration("mc-prod-nightly");
const monday = configuration("mc-shared-fourth-monday");
const guests = configuration("mc-guest-patching-sunday", "rg-data-prod-weu", fleet.production);
const cache = scaleSet("vmss-cache-prod");
const worker = scaleSet("vmss-worker-prod");

const changesOf = (plan: Plan | undefined) =>
  plan?.changes.map(({ kind, target }) => {
    const { scope } = parseId(target) ?? {};
    return scope === undefined ? `${kind} ${nameOf(target)}` : `${kind} ${nameOf(scope)}: ${nameOf(target)}`;
  });
const associate = (context: FlowContext) => associateFlow(context, { configurationIds: [nightly] });

describe("sets by their ids", () => {
  const lines = [
    "name,id",
    `vmss-cache-prod,${cache}`,
    `"${worker.toUpperCase()}"`,
    nightly,
    scaleSet("vmss-nowhere"),
    "",
  ].join("\r\n");

  for (const [source, label] of [
    ["clipboard", "Resource IDs from Clipboard"],
    ["file", "Resource IDs from File…"],
  ] as const) {
    test(`from the ${source}: what is no scale set is told and left out, and does not stop the others`, async () => {
      const read: string[] = [];
      const { plan, asked, titles } = await world.run(
        associate,
        [press(label), pick("Continue with 2 scale sets"), pick("apply")],
        {
          textFrom: async (from) => {
            read.push(from);
            return lines;
          },
        },
      );
      assert.deepEqual(read, [source]);
      assert.deepEqual(titles, ["Choose scale sets", "Scale sets found", "Review"]);
      const found = textOf(asked[1]);
      assert.match(found, /^name,id \| “name,id” isn't a resource ID/m);
      assert.match(found, /mc-prod-nightly \| .* isn't a scale set but Microsoft\.Maintenance/);
      assert.match(found, /vmss-nowhere” wasn't found in Contoso Production/);
      assert.deepEqual(changesOf(plan), [
        "associate vmss-cache-prod: mc-prod-nightly",
        "associate vmss-worker-prod: mc-prod-nightly",
      ]);
    });
  }

  test("typed into the box with one that is wrong: what is left out is told before it goes on", async () => {
    const { plan, titles } = await world.run(associate, [
      press("Paste Resource IDs…"),
      type(`${cache} ${scaleSet("vmss-nowhere")}`),
      look(
        (asked) => assert.match(textOf(asked), /vmss-nowhere” wasn't found/),
        pick("Continue with 1 scale set"),
      ),
      pick("apply"),
    ]);
    assert.deepEqual(titles, ["Choose scale sets", "Resource IDs", "Scale sets found", "Review"]);
    assert.deepEqual(changesOf(plan), ["associate vmss-cache-prod: mc-prod-nightly"]);
  });

  test("many wrong lines are grouped by their reason, and all of them are shown as a text", async () => {
    const wrong = Array.from({ length: 300 }, (_, index) => scaleSet(`vmss-nowhere-${index}`));
    const { asked } = await world.run(
      associate,
      [press("Resource IDs from Clipboard"), pick("Continue with 1 scale set"), pick("apply")],
      { textFrom: async () => [cache, ...wrong].join("\n") },
    );
    const rows = asked[1]?.rows ?? [];
    assert.match(textOf(asked[1]), /vmss-nowhere-0, .*vmss-nowhere-2 \+297 \| /);
    assert.ok(rows.length < 10, `${rows.length} rows`);
    const all = rows.find((row) => row.kind === "action");
    await (all?.kind === "action" ? all.run() : assert.fail("nothing shows all"));
    assert.equal(world.texts.at(-1)?.filter((line) => line.includes("wasn't found")).length, 300);
  });

  test("a file that was not picked is told, and nothing is lost", async () => {
    const failure = new Failure({ kind: "cancelled", summary: message("No file was picked.") });
    const context = world.context([press("Resource IDs from File…")], {
      textFrom: () => Promise.reject(failure),
    });
    // The quick pick turns it into rows with a way to try again.
    await assert.rejects(associate(context), /No file was picked/);
    assert.equal(context.drafts.load("associate.sandbox")?.answers["scaleSets"], "file");
  });
});

describe("the filter's result", () => {
  const fleetView = {
    filter: "cache",
    shownScaleSets: () => [cache, worker.toUpperCase(), scaleSet("vmss-web-prod")],
  };

  test("is one row, of the sets that are in the list", async () => {
    const { plan, asked } = await world.run(
      associate,
      [tick("2 scale sets matching your filter", "vmss-cache-prod"), pick("apply")],
      { fleetView },
    );
    assert.match(textOf(asked[0]), /^2 scale sets matching your filter \| cache/);
    assert.deepEqual(
      changesOf(plan),
      [
        "associate vmss-cache-prod: mc-prod-nightly",
        "associate vmss-worker-prod: mc-prod-nightly",
      ].toSorted(),
    );
  });

  test("is no row while there is no filter", async () => {
    const { asked } = await world.run(associate, [tick("vmss-cache-prod"), pick("apply")], {
      fleetView: { ...fleetView, filter: "" },
    });
    assert.doesNotMatch(textOf(asked[0]), /your filter/);
  });
});

test("started on a node that stands for many, it offers these alone and proposes all of them", async () => {
  const among = [...world.store.snapshot.scaleSets.values()]
    .filter(({ subscriptionId }) => subscriptionId === fleet.staging)
    .map(({ id }) => id);
  const { plan, asked } = await world.run(
    (context) => disableUpgradesFlow(context, { among }),
    [go, pick("apply")],
  );
  assert.equal(asked[0]?.title, "Choose scale sets");
  const choices = asked[0].rows.flatMap((row) => (row.kind === "choice" ? [row.value] : []));
  assert.ok(choices.length > 0 && choices.every((id) => id.includes(fleet.staging)));
  assert.equal(plan?.changes.length, choices.length);
});

test("started elsewhere, it offers all and proposes those of the selected rows that it is for", async () => {
  const selected = [scaleSet("vmss-cache-prod"), scaleSet("vmss-web-prod")];
  const ticked = async (start: FlowStart) => {
    const { asked } = await world.run((context) => enableUpgradesFlow(context, {}), [cancel], {
      selected: start,
    });
    const { question } = asked[0] ?? assert.fail();
    const choices = (asked[0]?.rows ?? []).flatMap((row) => (row.kind === "choice" ? [row.value] : []));
    assert.equal(new Set(choices).size, choices.length);
    assert.ok(choices.length > 2);
    const proposed = [question.proposed ?? []].flat();
    assert.deepEqual(choices.slice(0, proposed.length), proposed, "they stand before the others");
    return proposed;
  };
  // Upgrades are on in the other already.
  assert.deepEqual(await ticked({ scaleSetIds: selected }), [scaleSet("vmss-cache-prod")]);
  assert.deepEqual(await ticked({ among: selected }), [scaleSet("vmss-cache-prod")]);
  assert.deepEqual(await ticked({}), []);
});

describe("move", () => {
  const move = (scaleSetIds: readonly string[]) => (context: FlowContext) =>
    moveScaleSetsFlow(context, { scaleSetIds });

  test("gives the new association before it takes the old one, and says from what to what", async () => {
    const web = scaleSet("vmss-web-prod");
    const { plan, asked } = await world.run(move([web]), [pick("mc-shared-fourth-monday"), pick("apply")]);
    assert.equal(
      inEnglish(plan?.title ?? message("none")),
      "Move scale sets from mc-prod-nightly to mc-shared-fourth-monday",
    );
    assert.deepEqual(changesOf(plan), [
      "associate vmss-web-prod: mc-shared-fourth-monday",
      "dissociate vmss-web-prod: mc-prod-nightly",
    ]);
    assert.deepEqual(plan?.changes[1]?.needs, [plan?.changes[0]?.id]);
    assert.doesNotMatch(textOf(asked[0]), /^mc-prod-nightly /m, "the one that it has is not offered");
    assert.match(textOf(asked.at(-1)), /^Move vmss-web-prod to mc-shared-fourth-monday in the sandbox \|/);
  });

  test("takes the old association first where the review is told to, and says what that means", async () => {
    const web = scaleSet("vmss-web-prod");
    const { plan, asked } = await world.run(move([web]), [
      pick("mc-shared-fourth-monday"),
      pick("reverse"),
      pick("apply"),
    ]);
    const [first, second, restored] = plan?.changes ?? [];
    assert.deepEqual(changesOf(plan), [
      "dissociate vmss-web-prod: mc-prod-nightly",
      "associate vmss-web-prod: mc-shared-fourth-monday",
      "associate vmss-web-prod: mc-prod-nightly",
    ]);
    assert.deepEqual([first?.needs, second?.needs, restored?.needs], [[], [first?.id], []]);
    assert.equal(restored?.onFailureOf, second?.id);
    assert.match(textOf(asked.at(-1)), /vmss-web-prod has no maintenance window between the two steps/);
    const back = await world.run(move([web]), [
      pick("mc-shared-fourth-monday"),
      pick("reverse"),
      pick("usual"),
      pick("apply"),
    ]);
    assert.equal(changesOf(back.plan)?.[0], "associate vmss-web-prod: mc-shared-fourth-monday");
  });

  test("leaves out what has nothing to leave", async () => {
    const { plan } = await world.run(move([cache, scaleSet("vmss-web-prod")]), [
      pick("mc-shared-fourth-monday"),
      pick("apply"),
    ]);
    assert.match(inEnglish(plan?.leftOut[0]?.reason ?? assert.fail()), /No configuration to replace/);
  });
});

describe("several configurations are deleted", () => {
  const remove =
    (...configurationIds: readonly string[]) =>
    (context: FlowContext) =>
      deleteConfigurationFlow(context, { configurationIds });

  test("each after what its own sets need, and a set of both once", async () => {
    const { plan, titles, asked } = await world.run(remove(nightly, monday), [
      pick("disable"),
      pick("apply"),
    ]);
    assert.deepEqual(titles, ["Affected scale sets", "Review"]);
    assert.equal(inEnglish(plan?.title ?? message("none")), "Delete 2 maintenance configurations");
    assert.ok(plan);
    const ids = plan.changes.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    const deletions = plan.changes.filter(({ kind }) => kind === "deleteConfiguration");
    assert.deepEqual(
      deletions.map(({ target }) => nameOf(target)),
      ["mc-prod-nightly", "mc-shared-fourth-monday"],
    );
    const gateway = plan.changes.find(({ target }) => nameOf(target) === "vmss-gateway-prod");
    assert.ok(gateway, "its windows go with both");
    for (const { needs } of deletions) assert.ok(needs.includes(gateway.id));
    const web = plan.changes.find(({ target }) => nameOf(target) === "vmss-web-prod");
    assert.ok(web && deletions[0]?.needs.includes(web.id));
    assert.ok(!deletions[1]?.needs.includes(web.id), "what is not its own does not hold it up");
    assert.match(textOf(asked.at(-1)), /Affected scale sets/);
  });

  test("another scope and one that can't be read stay, and the others go", async () => {
    world.lab.fault = (request) =>
      request.method === "GET" && request.url.includes("mc-shared-fourth-monday")
        ? answer(request, 403, { error: { code: "AuthorizationFailed", message: "no" } })
        : undefined;
    try {
      const { plan } = await world.run(remove(nightly, monday, guests), [pick("keep"), pick("apply")]);
      assert.deepEqual(changesOf(plan), ["deleteConfiguration mc-prod-nightly"]);
      const reasons = Object.fromEntries(
        plan?.leftOut.map(({ target, reason }) => [nameOf(target), inEnglish(reason)]) ?? [],
      );
      assert.match(reasons["mc-shared-fourth-monday"] ?? "", /Azure denied access/);
      assert.match(reasons["mc-guest-patching-sunday"] ?? "", /Not for OS image upgrades/);
    } finally {
      world.lab.fault = undefined;
    }
  });

  test("none of them is offered to move to", async () => {
    const { asked } = await world.run(remove(nightly, monday), [
      pick("move"),
      pick("mc-staging-daily"),
      pick("apply"),
    ]);
    assert.doesNotMatch(textOf(asked[1]), /^mc-(prod-nightly|shared-fourth-monday) /m);
    assert.ok(world.store.snapshot.configurations.has(idKey(nightly)));
  });
});
