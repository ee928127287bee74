import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { problemOf } from "../../../../src/azure/errors/errors.ts";
import { createLimit } from "../../../../src/core/limit.ts";
import { at, textAt } from "../../../../src/core/resources/json.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { assignment, configuration, createLab, fleet, never, scaleSet } from "../support.ts";

const failureOf = async (call: Promise<unknown>) =>
  problemOf(
    await call.then(
      () => assert.fail("no failure"),
      (error: unknown) => error,
    ),
  );

describe("reading one resource", () => {
  it("returns scale sets, configurations, groups and subscriptions as the wire has them", async () => {
    const lab = createLab();
    const versions = [
      [scaleSet("vmss-web-prod"), "2026-04-01"],
      [configuration("mc-prod-nightly"), "2023-04-01"],
      [`/subscriptions/${fleet.shared}/resourceGroups/rg-maintenance`, "2021-04-01"],
      [`/subscriptions/${fleet.shared}`, "2022-12-01"],
    ] as const;
    for (const [id, version] of versions) {
      const { json } = await lab.ask("GET", `${id}?api-version=${version}`);
      assert.deepEqual(await lab.azure.read(id, never), json);
    }
  });

  it("finds an assignment in the list of its set, in any casing", async () => {
    const lab = createLab();
    const found = await lab.azure.read(
      assignment(scaleSet("vmss-web-prod"), "MC-Prod-Nightly")
        .toUpperCase()
        .replace("/SUBSCRIPTIONS", "/subscriptions"),
      never,
    );
    assert.equal(textAt(found, "name"), "mc-prod-nightly");
  });

  it("says notFound for what is gone, with its name", async () => {
    const { azure } = createLab();
    for (const id of [
      scaleSet("vmss-gone"),
      configuration("mc-gone"),
      assignment(scaleSet("vmss-web-prod"), "mc-gone"),
    ]) {
      const problem = await failureOf(azure.read(id, never));
      assert.equal(problem.kind, "notFound", id);
      assert.match(inEnglish(problem.summary), /-gone/);
    }
  });

  it("refuses text that is no id, without sending anything", async () => {
    const lab = createLab();
    for (const text of [
      "vmss-web-prod",
      "",
      "/subscriptions/x/providers/Microsoft.Network/virtualNetworks/v",
    ]) {
      assert.equal(
        (await failureOf(lab.azure.read(text, never))).kind,
        text.startsWith("/") ? "forbidden" : "validation",
      );
    }
    assert.ok(lab.sent.every(({ path }) => path === "/tenants" || path === "/subscriptions"));
  });

  it("asks for the subscriptions once, not before each read", async () => {
    const lab = createLab();
    await lab.azure.read(scaleSet("vmss-web-prod"), never);
    const listings = lab.sent.filter(({ path }) => path === "/subscriptions").length;
    await lab.azure.read(scaleSet("vmss-api-prod"), never);
    assert.equal(listings, lab.sent.filter(({ path }) => path === "/tenants").length * 2, "one per tenant");
    assert.equal(lab.sent.filter(({ path }) => path === "/subscriptions").length, listings);
  });
});

describe("the lists for pickers", () => {
  it("are the groups and regions of a subscription, and the assignments of a set", async () => {
    const { azure } = createLab();
    const groups = await azure.resourceGroups(fleet.shared, never);
    assert.ok(groups.some((group) => group["name"] === "rg-maintenance"));
    const regions = await azure.locations(fleet.shared, never);
    assert.ok(
      regions.some(
        (region) => region["name"] === "westeurope" && at(region, "metadata", "regionType") === "Physical",
      ),
    );
    const assignments = await azure.assignmentsOf(scaleSet("vmss-gateway-prod"), never);
    assert.equal(assignments.length, 2);
  });

  it("ask for the regions of a subscription once", async () => {
    const { azure, sent } = createLab();
    const calls = () => sent.filter(({ path }) => path.endsWith("/locations")).length;
    await azure.locations(fleet.shared, never);
    await azure.locations(fleet.shared, never);
    assert.equal(calls(), 1);
    await azure.locations(fleet.production, never);
    assert.equal(calls(), 2);
  });
});

describe("a limit", () => {
  it("keeps the order of those that wait and passes failures on", async () => {
    const limit = createLimit(1);
    const order: number[] = [];
    const tasks = [1, 2, 3].map((n) =>
      limit(async () => {
        order.push(n);
        if (n === 2) throw new Error("two");
        return n;
      }),
    );
    const ends = await Promise.allSettled(tasks);
    assert.deepEqual(order, [1, 2, 3]);
    assert.deepEqual(
      ends.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
  });
});
