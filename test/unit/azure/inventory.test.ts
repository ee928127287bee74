import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { InventoryEvent } from "../../../src/azure/contracts.ts";
import { at } from "../../../src/core/json.ts";
import { inEnglish } from "../../../src/core/message.ts";
import { answer, collected, createLab, fleet, never, scaleSet } from "./support.ts";

type Kind = InventoryEvent["kind"];
const ofKind = <K extends Kind>(events: readonly InventoryEvent[], kind: K) =>
  events.filter((event): event is Extract<InventoryEvent, { kind: K }> => event.kind === kind);

describe("the inventory", () => {
  it("yields every part of every subscription once", async () => {
    const events = await collected(createLab().azure.inventory(never));
    const ids = ofKind(events, "subscriptions").flatMap(({ subscriptions }) => subscriptions);
    assert.deepEqual(
      ids.map(({ subscriptionId }) => subscriptionId).toSorted(),
      Object.values(fleet).toSorted(),
    );
    for (const kind of ["configurations", "scaleSets", "assignments"] as const) {
      const parts = ofKind(events, kind).map(({ subscriptionId }) => subscriptionId);
      assert.deepEqual(parts.toSorted(), Object.values(fleet).toSorted(), kind);
    }
    assert.deepEqual(ofKind(events, "failed"), []);
    assert.equal(ofKind(events, "configurations").flatMap(({ resources }) => resources).length, 5);
    assert.ok(ofKind(events, "scaleSets").flatMap(({ resources }) => resources).length >= 24);
  });

  it("names all subscriptions but lists nothing in those that the user's filter hides", async () => {
    const lab = createLab();
    const events = await collected(
      lab.azure.inventory(never, ({ subscriptionId }) => subscriptionId === fleet.staging),
    );
    assert.equal(ofKind(events, "subscriptions").flatMap(({ subscriptions }) => subscriptions).length, 3);
    assert.ok(
      lab.sent.every(({ path }) => /^\/(tenants|subscriptions)$/.test(path) || path.includes(fleet.staging)),
    );
    assert.equal(ofKind(events, "scaleSets").length, 1);
  });

  it("keeps each scale set as the wire had it, malformed ones too", async () => {
    const lab = createLab();
    const events = ofKind(await collected(lab.azure.inventory(never)), "scaleSets");
    for (const { subscriptionId, resources } of events) {
      const { json } = await lab.ask(
        "GET",
        `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/virtualMachineScaleSets?api-version=2026-04-01`,
      );
      assert.deepEqual(resources, at(json, "value"));
    }
  });

  it("survives items that are no objects, and the others still come", async () => {
    const lab = createLab();
    const path = `/subscriptions/${fleet.staging}/providers/Microsoft.Compute/virtualMachineScaleSets`;
    const good = {
      id: scaleSet("vmss-web-staging", "rg-web-staging", fleet.staging),
      name: "vmss-web-staging",
      future: { member: 1 },
    };
    lab.fault = (request) =>
      new URL(request.url).pathname === path
        ? answer(request, 200, { value: [null, 7, "x", { properties: "text" }, good] })
        : undefined;
    const events = await collected(lab.azure.inventory(never));
    const sets = ofKind(events, "scaleSets").find(({ subscriptionId }) => subscriptionId === fleet.staging);
    assert.deepEqual(sets?.resources, [null, 7, "x", { properties: "text" }, good]);
    assert.equal(ofKind(events, "assignments").length, 3);
  });

  it("follows next links, and asks each page once even where a page is empty", async () => {
    const lab = createLab();
    const path = `/subscriptions/${fleet.shared}/providers/Microsoft.Compute/virtualMachineScaleSets`;
    const page = (value: unknown[], next?: string) => ({
      value,
      ...(next && { nextLink: `https://sandbox.invalid${path}?api-version=2026-04-01&page=${next}` }),
    });
    lab.fault = (request) => {
      const url = new URL(request.url);
      if (url.pathname !== path) return undefined;
      const number = url.searchParams.get("page");
      if (number === null) return answer(request, 200, page([], "2"));
      return answer(
        request,
        200,
        number === "2" ? page([{ name: "second" }], "3") : page([{ name: "third" }]),
      );
    };
    const sets = ofKind(await collected(lab.azure.inventory(never)), "scaleSets").find(
      ({ subscriptionId }) => subscriptionId === fleet.shared,
    );
    assert.deepEqual(sets?.resources, [{ name: "second" }, { name: "third" }]);
  });

  it("calls a list that leads back to itself malformed, instead of reading for ever", async () => {
    const lab = createLab();
    const path = `/subscriptions/${fleet.shared}/providers/Microsoft.Maintenance/maintenanceConfigurations`;
    lab.fault = (request) =>
      new URL(request.url).pathname === path
        ? answer(request, 200, { value: [], nextLink: `https://sandbox.invalid${path}?again` })
        : undefined;
    const [failure] = ofKind(await collected(lab.azure.inventory(never)), "failed");
    assert.equal(failure?.part, "configurations");
    assert.equal(failure?.problem.kind, "malformed");
  });

  it("gives each set its own assignments, and tells a set whose list was denied as failed, not as one without", async () => {
    const lab = createLab();
    const events = ofKind(await collected(lab.azure.inventory(never)), "assignments");
    const gateway = scaleSet("vmss-gateway-prod").toLowerCase();
    const inProduction = events.find(({ subscriptionId }) => subscriptionId === fleet.production);
    const names = inProduction?.byScaleSet.get(gateway)?.map((item) => at(item, "name"));
    assert.deepEqual(names?.toSorted(), ["mc-prod-nightly", "mc-shared-fourth-monday"]);
    assert.equal(inProduction?.byScaleSet.has(scaleSet("vmss-cache-prod").toLowerCase()), false);
    const denied = scaleSet("vmss-identity-broker", "rg-identity-shared", fleet.shared).toLowerCase();
    const inShared = events.find(({ subscriptionId }) => subscriptionId === fleet.shared);
    assert.equal(inShared?.failed.get(denied)?.kind, "forbidden");
    assert.equal(inShared?.byScaleSet.has(denied), false);
  });

  it("tells a set as failed when an assignment in its list cannot be read", async () => {
    const lab = createLab();
    const id = scaleSet("vmss-web-prod");
    lab.fault = (request) =>
      request.url.includes("/vmss-web-prod/providers/") ? answer(request, 200, { value: [null] }) : undefined;
    const events = ofKind(await collected(lab.azure.inventory(never)), "assignments");
    const part = events.find(({ subscriptionId }) => subscriptionId === fleet.production);
    assert.equal(part?.failed.get(id.toLowerCase())?.kind, "malformed");
  });

  it("tells a subscription's part that failed, names it, and yields the other parts", async () => {
    const lab = createLab();
    lab.fault = (request) =>
      request.url.includes(`/${fleet.production}/providers/Microsoft.Compute/`)
        ? answer(request, 403, { error: { code: "AuthorizationFailed", message: "no" } })
        : undefined;
    const events = await collected(lab.azure.inventory(never));
    const failures = ofKind(events, "failed");
    assert.deepEqual(
      failures.map(({ part }) => part),
      ["scaleSets", "assignments"],
    );
    assert.equal(
      inEnglish(failures[0]?.problem.summary ?? { template: "", args: [] }),
      "Could not list the scale sets of Contoso Production. Azure denied access.",
    );
    assert.equal(ofKind(events, "configurations").length, 3);
    assert.equal(ofKind(events, "scaleSets").length, 2);
  });

  it("tells a tenant whose subscriptions cannot be listed", async () => {
    const lab = createLab();
    lab.fault = (request) => answer(request, 200, "<html>Please sign in to the hotel's network</html>");
    const [event, ...rest] = await collected(lab.azure.inventory(never));
    assert.deepEqual(rest, []);
    assert.ok(event?.kind === "tenantFailed");
    assert.equal(event.problem.kind, "malformed");
    assert.match(event.problem.detail ?? "", /hotel/);
  });

  it("has at most 6 requests in flight", async () => {
    const lab = createLab();
    let inFlight = 0;
    let most = 0;
    lab.fault = async (request, sandbox) => {
      most = Math.max(most, ++inFlight);
      await new Promise((resolve) => setImmediate(resolve));
      inFlight--;
      return sandbox.sendRequest(request);
    };
    await collected(lab.azure.inventory(never));
    assert.equal(most, 6);
  });

  it("ends when it is cancelled, and the cancel reaches the wire", async () => {
    const lab = createLab();
    const controller = new AbortController();
    let aborted = 0;
    lab.fault = (request) => {
      if (!request.url.includes("/providers/")) return undefined;
      return new Promise((_, reject) =>
        request.abortSignal?.addEventListener("abort", () => {
          aborted++;
          reject(new DOMException("aborted", "AbortError"));
        }),
      );
    };
    const events: InventoryEvent[] = [];
    for await (const event of lab.azure.inventory(controller.signal)) {
      events.push(event);
      if (events.length === 2) setImmediate(() => controller.abort());
    }
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ["subscriptions", "subscriptions"],
    );
    assert.equal(aborted, 6);
  });
});
