import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type PipelineRequest, RestError } from "@azure/core-rest-pipeline";
import type { InventoryEvent } from "../../../../src/azure/contracts.ts";
import { at, textAt } from "../../../../src/core/resources/json.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import { answer, collected, createLab, type Fault, fleet, type Lab, never, scaleSet } from "../support.ts";

type Kind = InventoryEvent["kind"];
const ofKind = <K extends Kind>(events: readonly InventoryEvent[], kind: K) =>
  events.filter((event): event is Extract<InventoryEvent, { kind: K }> => event.kind === kind);

const graphPath = "/providers/Microsoft.ResourceGraph/resources";
const isGraph = ({ url }: { readonly url: string }) => new URL(url).pathname === graphPath;

/** An answer of Resource Graph, while it is changed. */
interface GraphBody {
  totalRecords: number;
  count: number;
  resultTruncated: string;
  readonly data: { readonly columns: unknown[]; readonly rows: unknown[][] };
}

const bodyOf = (request: PipelineRequest): unknown => JSON.parse(request.body as string);

/** The subscriptions that a query is about. */
const asksAbout = (body: unknown) => at(body, "subscriptions") as readonly string[];

/** A lab whose Resource Graph refuses, so that ARM's lists are asked; they answer as its `fault` says. */
function createListLab(): Lab {
  const lab = createLab();
  const refusing =
    (others?: Fault): Fault =>
    (request, sandbox) =>
      isGraph(request)
        ? answer(request, 403, { error: { code: "AuthorizationFailed", message: "no" } })
        : others?.(request, sandbox);
  lab.fault = refusing();
  const set = (others: Fault): void => {
    lab.fault = refusing(others);
  };
  return Object.create(lab, { fault: { set } }) as Lab;
}

/** What an inventory tells that is cancelled after so many events, and how many of the requests that `hang` heard of it. */
async function cancelled(lab: Lab, after: number, hang: (request: PipelineRequest) => boolean) {
  const controller = new AbortController();
  let aborted = 0;
  lab.fault = (request) => {
    if (!hang(request)) return undefined;
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
    if (events.length === after) setImmediate(() => controller.abort());
  }
  return { events, aborted };
}

const summaryOf = (
  event: { readonly problem: { readonly summary: Parameters<typeof inEnglish>[0] } } | undefined,
) => inEnglish(event?.problem.summary ?? verbatim(""));

describe("the inventory", () => {
  it("has every resource once in pages, and says of every subscription when all of it has come", async () => {
    const lab = createLab();
    const events = await collected(lab.azure.inventory(never));
    const ids = ofKind(events, "subscriptions").flatMap(({ subscriptions }) => subscriptions);
    assert.deepEqual(
      ids.map(({ subscriptionId }) => subscriptionId).toSorted(),
      Object.values(fleet).toSorted(),
    );
    const listed = ofKind(events, "listed").flatMap(({ subscriptionIds }) => subscriptionIds);
    assert.deepEqual(listed.toSorted(), Object.values(fleet).toSorted());
    const rows = ofKind(events, "page").flatMap((page) => page.rows);
    const found = rows.map(({ resource }) => textAt(resource, "id")).filter((id) => id !== undefined);
    assert.equal(new Set(found).size, found.length);
    assert.equal(rows.filter(({ part }) => part === "configurations").length, 5);
    assert.ok(rows.filter(({ part }) => part === "scaleSets").length >= 24);
    for (const { subscriptionId, resource } of rows) {
      const id = textAt(resource, "id");
      assert.ok(id === undefined || id.includes(subscriptionId), id);
    }
    for (const kind of ["configurations", "scaleSets", "assignments", "failed", "graphRefused"] as const) {
      assert.deepEqual(ofKind(events, kind), []);
    }
  });

  it("takes one query for each tenant, and no call for any scale set", async () => {
    const lab = createLab();
    await collected(lab.azure.inventory(never));
    const paths = lab.sent.map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(paths.toSorted(), [
      "GET /subscriptions",
      "GET /subscriptions",
      "GET /tenants",
      `POST ${graphPath}`,
      `POST ${graphPath}`,
    ]);
  });

  it("names all subscriptions but asks only about those that the user's filter lets through", async () => {
    const lab = createLab();
    const events = await collected(
      lab.azure.inventory(never, ({ subscriptionId }) => subscriptionId === fleet.staging),
    );
    assert.equal(ofKind(events, "subscriptions").flatMap(({ subscriptions }) => subscriptions).length, 3);
    const queries = lab.sent.filter(({ path }) => path === graphPath);
    assert.deepEqual(
      queries.map(({ body }) => asksAbout(body)),
      [[fleet.staging]],
    );
    assert.deepEqual(
      ofKind(events, "listed").flatMap(({ subscriptionIds }) => subscriptionIds),
      [fleet.staging],
    );
    const rows = ofKind(events, "page").flatMap((page) => page.rows);
    assert.ok(rows.length > 0 && rows.every(({ subscriptionId }) => subscriptionId === fleet.staging));
  });

  it("asks nothing where the filter lets nothing through", async () => {
    const lab = createLab();
    await collected(lab.azure.inventory(never, () => false));
    assert.deepEqual(lab.sent.filter(isGraph), []);
  });

  it("has what a scale set is assigned to beside it, and nothing for one whose assignments may not be read", async () => {
    const rows = ofKind(await collected(createLab().azure.inventory(never)), "page").flatMap(
      (page) => page.rows,
    );
    const of = (id: string) => rows.find(({ resource }) => at(resource, "id") === id)?.assignments;
    const names = of(scaleSet("vmss-gateway-prod"))?.map((item) => at(item, "name"));
    assert.deepEqual(names?.toSorted(), ["mc-prod-nightly", "mc-shared-fourth-monday"]);
    assert.deepEqual(of(scaleSet("vmss-cache-prod")), []);
    // It has one: Resource Graph leaves it out and does not say so.
    assert.deepEqual(of(scaleSet("vmss-identity-broker", "rg-identity-shared", fleet.shared)), []);
  });

  it("passes malformed resources on, each with its part", async () => {
    const events = await collected(createLab().azure.inventory(never));
    const rows = ofKind(events, "page").flatMap((page) => page.rows);
    const malformed = rows.filter(({ resource }) => at(resource, "name") === "vmss-import-staging");
    assert.deepEqual(
      malformed.map(({ part, subscriptionId }) => [part, subscriptionId]),
      [["scaleSets", fleet.staging]],
    );
    assert.equal(at(malformed[0]?.resource, "id"), 20261103);
  });

  it("tells assignments whose scale set is not there", async () => {
    const lab = createLab();
    const id = scaleSet("vmss-cache-prod");
    const deleted = id.replace("vmss-cache-prod", "vmss-gone");
    const mc = `/subscriptions/${fleet.shared}/resourceGroups/rg/providers/Microsoft.Maintenance/maintenanceConfigurations/mc`;
    const assigned = [
      {
        id: `${deleted}/providers/Microsoft.Maintenance/configurationAssignments/mc`,
        name: "mc",
        properties: { resourceId: deleted, maintenanceConfigurationId: mc },
      },
    ];
    lab.fault = async (request, sandbox) => {
      if (!isGraph(request)) return undefined;
      const response = await sandbox.sendRequest(request);
      const body = JSON.parse(response.bodyAsText ?? "");
      const place = (name: string) =>
        body.data.columns.findIndex((column: { name: string }) => column.name === name);
      const row = body.data.columns.map(() => null);
      row[place("id")] = deleted.toLowerCase();
      row[place("part")] = "";
      row[place("subscriptionId")] = fleet.production;
      row[place("assignments")] = [`mc ${mc}`];
      row[place("assignmentId")] = assigned[0]?.id;
      if (asksAbout(bodyOf(request)).includes(fleet.production)) {
        body.data.rows.push(row);
        body.totalRecords++;
      }
      return answer(request, 200, body);
    };
    const dangling = ofKind(await collected(lab.azure.inventory(never)), "page").flatMap(
      (page) => page.danglingAssociations,
    );
    assert.deepEqual(dangling, [
      { subscriptionId: fleet.production, scaleSetId: deleted, assignments: assigned },
    ]);
  });

  it("knows of a write only when Resource Graph does", async () => {
    const lab = createLab();
    const put = (path: string, body: unknown) =>
      lab.sandbox.handle({
        method: "PUT",
        url: `https://sandbox.invalid${path}`,
        headers: { authorization: "Bearer s3cr3t.token.value" },
        body: JSON.stringify(body),
      });
    await put("/sandbox/conditions", { graphLag: "PT60S" });
    const id = `${scaleSet("vmss-cache-prod")}/providers/Microsoft.Maintenance/configurationAssignments/mc?api-version=2023-04-01`;
    const maintenanceConfigurationId = `/subscriptions/${fleet.shared}/resourceGroups/rg-maintenance/providers/Microsoft.Maintenance/maintenanceConfigurations/mc-prod-nightly`;
    assert.equal(
      (await put(id, { location: "westeurope", properties: { maintenanceConfigurationId } })).status,
      200,
    );
    const rows = ofKind(await collected(lab.azure.inventory(never)), "page").flatMap((page) => page.rows);
    const row = rows.find(({ resource }) => at(resource, "id") === scaleSet("vmss-cache-prod"));
    assert.deepEqual(row?.assignments, []);
  });

  it("tells every part of the subscriptions of a query that failed as ARM's lists do, and yields the others", async () => {
    const lab = createLab();
    const hotel = (request: PipelineRequest) =>
      answer(request, 200, "<html>Please sign in to the hotel's network</html>");
    lab.fault = (request) => {
      if (isGraph(request) && asksAbout(bodyOf(request)).includes(fleet.production)) return hotel(request);
      const isList = /\/(virtualMachineScaleSets|maintenanceConfigurations)$/.test(
        new URL(request.url).pathname,
      );
      return isList ? hotel(request) : undefined;
    };
    const events = await collected(lab.azure.inventory(never));
    const failures = ofKind(events, "failed");
    assert.deepEqual(
      failures.map(({ subscriptionId, part }) => `${subscriptionId} ${part}`).toSorted(),
      [fleet.production, fleet.shared]
        .flatMap((id) => ["configurations", "scaleSets", "assignments"].map((part) => `${id} ${part}`))
        .toSorted(),
    );
    assert.deepEqual([...new Set(failures.map(({ problem }) => problem.kind))], ["malformed"]);
    const ofPart = (part: string) => failures.find((failed) => failed.part === part);
    assert.match(
      summaryOf(ofPart("configurations")),
      /^Couldn't load the maintenance configurations of Contoso (Production|Shared Services)\. /,
    );
    assert.match(summaryOf(ofPart("scaleSets")), /^Couldn't load the scale sets of Contoso /);
    assert.deepEqual(
      ofKind(events, "listed").flatMap(({ subscriptionIds }) => subscriptionIds),
      [fleet.staging],
    );
    assert.deepEqual(ofKind(events, "graphRefused"), []);
  });

  it("reads by ARM's lists where Resource Graph refuses, in that tenant only, and says why", async () => {
    const lab = createLab();
    lab.fault = (request) =>
      isGraph(request) && asksAbout(bodyOf(request)).includes(fleet.production)
        ? answer(request, 403, { error: { code: "AuthorizationFailed", message: "no" } })
        : undefined;
    const events = await collected(lab.azure.inventory(never));
    const [refusal, ...others] = ofKind(events, "graphRefused");
    assert.deepEqual(others, []);
    assert.equal(refusal?.displayName, "Contoso");
    assert.equal(refusal?.problem.kind, "forbidden");
    assert.equal(summaryOf(refusal), "Azure Resource Graph can't answer for Contoso. Azure denied access.");
    for (const kind of ["configurations", "scaleSets", "assignments"] as const) {
      const parts = ofKind(events, kind).map(({ subscriptionId }) => subscriptionId);
      assert.deepEqual(parts.toSorted(), [fleet.production, fleet.shared].toSorted(), kind);
    }
    assert.deepEqual(
      ofKind(events, "listed").flatMap(({ subscriptionIds }) => subscriptionIds),
      [fleet.staging],
    );
  });

  const details = (code: string) => ({
    error: { code: "BadRequest", message: "?", details: [{ code, message: code }] },
  });
  const refusals: Readonly<Record<string, readonly [status: number, body: unknown]>> = {
    "the caller may not ask": [403, { error: { code: "AuthorizationFailed", message: "no" } }],
    "the cloud has no such provider": [404, { error: { code: "InvalidResourceNamespace", message: "no" } }],
    "the cloud does not have this version": [
      400,
      { error: { code: "NoRegisteredProviderFound", message: "no" } },
    ],
    "the provider is not registered": [
      409,
      { error: { code: "MissingSubscriptionRegistration", message: "no" } },
    ],
    "it does not take the query": [400, details("InvalidQuery")],
    "none of the subscriptions can have resources": [400, details("NoValidSubscriptionsInQueryRequest")],
    "a custom cloud answers something else": [501, ""],
  };
  for (const [what, [status, body]] of Object.entries(refusals)) {
    it(`takes it for a refusal where ${what} (${status})`, async () => {
      const lab = createLab();
      lab.fault = (request) => (isGraph(request) ? answer(request, status, body) : undefined);
      const events = await collected(
        lab.azure.inventory(never, ({ subscriptionId }) => subscriptionId === fleet.staging),
      );
      assert.equal(ofKind(events, "graphRefused").length, 1);
      assert.equal(ofKind(events, "scaleSets").length, 1);
    });
  }

  it("takes it for a refusal where it answers for the first 10,000 subscriptions only", async () => {
    const lab = createLab();
    lab.fault = async (request, sandbox) => {
      if (!isGraph(request)) return undefined;
      const response = await sandbox.sendRequest(request);
      response.headers.set("x-ms-tenant-subscription-limit-hit", "true");
      return response;
    };
    const events = await collected(lab.azure.inventory(never));
    assert.equal(ofKind(events, "graphRefused").length, 2);
    assert.deepEqual(ofKind(events, "page"), [], "what it lacks is not known");
    assert.equal(ofKind(events, "assignments").length, 3);
  });

  it("reads by ARM's lists where Resource Graph fails otherwise, of that query's subscriptions only", async () => {
    const internal = { error: { code: "InternalServerError", message: "An error has occurred." } };
    const changed =
      (change: (body: GraphBody) => void): Fault =>
      async (request, sandbox) => {
        const { bodyAsText } = await sandbox.sendRequest(request);
        const body = JSON.parse(bodyAsText ?? "") as GraphBody;
        change(body);
        return answer(request, 200, body);
      };
    const failures: readonly [string, string, Fault][] = [
      ["throttled", "throttled", (request) => answer(request, 429, {}, { "retry-after": "600" })],
      ["failing", "server", (request) => answer(request, 500, internal)],
      [
        "cut off",
        "network",
        (request) => Promise.reject(new RestError("no", { code: "ECONNRESET", request })),
      ],
      [
        "of another certificate",
        "tls",
        (request) => Promise.reject(new RestError("no", { code: "CERT_HAS_EXPIRED", request })),
      ],
      ["of another form", "malformed", (request) => answer(request, 200, { data: [] })],
      [
        "truncated",
        "malformed",
        changed((body) => {
          body.resultTruncated = "true";
          body.count = body.data.rows.length - 2;
          body.data.rows.splice(body.count);
        }),
      ],
      ["lacking rows", "malformed", changed((body) => void (body.totalRecords += 2))],
      ["lacking cells", "malformed", changed((body) => void body.data.rows.splice(0, 2, [], []))],
      ["lacking columns", "malformed", changed((body) => void body.data.columns.splice(8))],
    ];
    for (const [what, kind, fault] of failures) {
      const lab = createLab();
      lab.fault = (request, sandbox) =>
        isGraph(request) && asksAbout(bodyOf(request)).includes(fleet.production)
          ? fault(request, sandbox)
          : undefined;
      const events = await collected(lab.azure.inventory(never));
      assert.deepEqual(ofKind(events, "graphRefused"), [], what);
      assert.deepEqual(ofKind(events, "failed"), [], what);
      const [failed, ...others] = ofKind(events, "graphFailed");
      assert.deepEqual(others, []);
      assert.equal(failed?.problem.kind, kind, what);
      assert.deepEqual(failed.subscriptionIds.toSorted(), [fleet.production, fleet.shared].toSorted());
      for (const part of ["configurations", "scaleSets", "assignments"] as const) {
        const parts = ofKind(events, part).map(({ subscriptionId }) => subscriptionId);
        assert.deepEqual(parts.toSorted(), [fleet.production, fleet.shared].toSorted(), what);
      }
      assert.match(
        lab.lines.join("\n"),
        /warn Resource Graph fails for 2 subscriptions of tenant .*ARM's lists/,
      );
    }
  });

  it("takes an answer that calls itself truncated and has all rows for whole", async () => {
    const lab = createLab();
    lab.fault = async (request, sandbox) => {
      if (!isGraph(request)) return undefined;
      const { bodyAsText } = await sandbox.sendRequest(request);
      return answer(request, 200, { ...JSON.parse(bodyAsText ?? ""), resultTruncated: "true" });
    };
    const events = await collected(lab.azure.inventory(never));
    assert.deepEqual(ofKind(events, "graphFailed"), []);
    const listed = ofKind(events, "listed").flatMap(({ subscriptionIds }) => subscriptionIds);
    assert.deepEqual(listed.toSorted(), Object.values(fleet).toSorted());
  });

  it("does not ask ARM's lists where the user is not signed in, which they would say as well", async () => {
    const lab = createLab();
    lab.fault = (request) => (isGraph(request) ? answer(request, 401, {}) : undefined);
    const events = await collected(lab.azure.inventory(never));
    assert.deepEqual(ofKind(events, "graphFailed"), []);
    assert.deepEqual(
      [...new Set(ofKind(events, "failed").map(({ problem }) => problem.kind))],
      ["notSignedIn"],
    );
    assert.equal(ofKind(events, "failed").length, 9);
    assert.ok(!lab.sent.some(({ path }) => path.endsWith("/virtualMachineScaleSets")));
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

  it("ends when it is cancelled, and the cancel reaches the wire of its queries", async () => {
    const lab = createLab();
    const { events, aborted } = await cancelled(lab, 2, isGraph);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ["subscriptions", "subscriptions"],
    );
    assert.equal(aborted, 2);
  });
});

describe("the inventory by ARM's lists", () => {
  it("yields every part of every subscription once", async () => {
    const events = await collected(createListLab().azure.inventory(never));
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
    const lab = createListLab();
    const events = await collected(
      lab.azure.inventory(never, ({ subscriptionId }) => subscriptionId === fleet.staging),
    );
    assert.equal(ofKind(events, "subscriptions").flatMap(({ subscriptions }) => subscriptions).length, 3);
    assert.ok(
      lab.sent.every(
        (sent) =>
          /^\/(tenants|subscriptions)$/.test(sent.path) || isGraph(sent) || sent.path.includes(fleet.staging),
      ),
    );
    assert.equal(ofKind(events, "scaleSets").length, 1);
  });

  it("keeps each scale set as the wire had it, malformed ones too", async () => {
    const lab = createListLab();
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
    const lab = createListLab();
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
    const lab = createListLab();
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
    const lab = createListLab();
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
    const lab = createListLab();
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
    const lab = createListLab();
    const id = scaleSet("vmss-web-prod");
    lab.fault = (request) =>
      request.url.includes("/vmss-web-prod/providers/") ? answer(request, 200, { value: [null] }) : undefined;
    const events = ofKind(await collected(lab.azure.inventory(never)), "assignments");
    const part = events.find(({ subscriptionId }) => subscriptionId === fleet.production);
    assert.equal(part?.failed.get(id.toLowerCase())?.kind, "malformed");
  });

  it("tells a subscription's part that failed, names it, and yields the other parts", async () => {
    const lab = createListLab();
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
      "Couldn't load the scale sets of Contoso Production. Azure denied access.",
    );
    assert.equal(ofKind(events, "configurations").length, 3);
    assert.equal(ofKind(events, "scaleSets").length, 2);
  });

  it("has at most 6 requests in flight", async () => {
    const lab = createListLab();
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
    const lab = createListLab();
    const { events, aborted } = await cancelled(lab, 4, ({ url }) => url.includes("/providers/"));
    assert.deepEqual(events.map(({ kind }) => kind).toSorted(), [
      "graphRefused",
      "graphRefused",
      "subscriptions",
      "subscriptions",
    ]);
    assert.equal(aborted, 6);
  });
});
