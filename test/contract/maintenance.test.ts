import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createEmptyPipeline, bearerTokenAuthenticationPolicy } from "@azure/core-rest-pipeline";
import type { Change, Plan } from "../../src/core/plans/plan.ts";
import { connectToEndpoint } from "../../src/azure/accounts/endpointConnection.ts";
import { MaintenanceManagementClient } from "../../src/azure/clients/maintenance/maintenanceManagementClient.ts";
import { openAzure } from "../../src/azure/open.ts";
import { deleteConfiguration } from "../../src/core/plans/kinds/deleteConfiguration.ts";
import { editedConfiguration, updateConfiguration } from "../../src/core/plans/kinds/updateConfiguration.ts";
import { at, isObject, textAt } from "../../src/core/resources/json.ts";
import { verbatim } from "../../src/core/text/message.ts";
import { sandboxEndpoint } from "../../src/sandbox/sandbox.ts";
import { Contract, type Exchange } from "./support/contract.ts";
import { contractFiles, loadDocuments, missing } from "./support/openapi.ts";
import { credential, recordedSandbox, type RecordedSandbox } from "./support/recorder.ts";

const production = "1a6f0c2e-94b7-4d58-a3c1-7e20b9d5f001";
const shared = "4c83e7b1-0d2a-4f96-b8e5-90a1c6d7f002";
const compute = ["Microsoft.Compute", "virtualMachineScaleSets"] as const;
const configurationId = `/subscriptions/${shared}/resourceGroups/rg-maintenance/providers/Microsoft.Maintenance/maintenanceConfigurations/mc-prod-nightly`;
const setId = `/subscriptions/${production}/resourceGroups/rg-web-prod-weu/providers/Microsoft.Compute/virtualMachineScaleSets/vmss-cache-prod`;

const configuration = {
  location: "westeurope",
  tags: { owner: "me" },
  properties: {
    maintenanceScope: "OSImage",
    maintenanceWindow: {
      startDateTime: "2030-01-01 22:00",
      expirationDateTime: "2031-01-01 22:00",
      duration: "05:00",
      timeZone: "W. Europe Standard Time",
      recurEvery: "Day",
    },
  },
};
const toNightly = {
  location: "westeurope",
  properties: { maintenanceConfigurationId: configurationId, resourceId: setId },
};

/** Every operation of our client, as it goes well and as it goes wrong. */
async function useClient({ httpClient }: RecordedSandbox): Promise<void> {
  const client = (subscriptionId: string, getToken = credential.getToken) => {
    const pipeline = createEmptyPipeline();
    pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential: { getToken }, scopes: "any" }));
    return new MaintenanceManagementClient(credential, subscriptionId, {
      endpoint: sandboxEndpoint,
      pipeline,
      httpClient,
    });
  };
  const own = client(shared);
  const sets = client(production).configurationAssignments;
  const drain = async (list: AsyncIterable<unknown>) => {
    for await (const item of list) assert.ok(item);
  };
  const fails = (call: Promise<unknown>) => assert.rejects(call, { name: "RestError" });

  await drain(own.maintenanceConfigurations.list());
  await drain(client(production).maintenanceConfigurations.list());
  await fails(drain(client("00000000-0000-0000-0000-000000000000").maintenanceConfigurations.list()));
  await fails(
    drain(
      client(shared, async () => ({
        token: "wrong",
        expiresOnTimestamp: Date.now() + 9e6,
      })).maintenanceConfigurations.list(),
    ),
  );
  await drain(own.maintenanceConfigurationsForResourceGroup.list("rg-maintenance"));
  await fails(drain(own.maintenanceConfigurationsForResourceGroup.list("rg-not-there")));

  const { createOrUpdate, get, update } = own.maintenanceConfigurations;
  await createOrUpdate("rg-maintenance", "mc-contract", configuration);
  await createOrUpdate("rg-maintenance", "mc-contract", { ...configuration, tags: {} });
  const withoutStart = {
    ...configuration,
    properties: { maintenanceScope: "OSImage", maintenanceWindow: { duration: "05:00" } },
  };
  await fails(createOrUpdate("rg-maintenance", "mc-bad", withoutStart));
  const monthly = { ...configuration.properties.maintenanceWindow, recurEvery: "Month" };
  await fails(
    createOrUpdate("rg-maintenance", "mc-bad", {
      ...configuration,
      properties: { maintenanceScope: "OSImage", maintenanceWindow: monthly },
    }),
  );
  await fails(createOrUpdate("rg-not-there", "mc-bad", configuration));
  await get("rg-maintenance", "mc-contract");
  await fails(get("rg-maintenance", "mc-not-there"));
  await update("rg-maintenance", "mc-contract", { tags: { owner: "you" } });
  await fails(update("rg-maintenance", "mc-not-there", { tags: {} }));
  await own.maintenanceConfigurations.delete("rg-maintenance", "mc-contract");
  await own.maintenanceConfigurations.delete("rg-maintenance", "mc-contract");
  // Its name is not free yet.
  await fails(createOrUpdate("rg-maintenance", "mc-contract", configuration));
  await fails(own.maintenanceConfigurations.delete("rg-not-there", "mc-contract"));

  const web = ["rg-web-prod-weu", ...compute, "vmss-cache-prod"] as const;
  const missing = ["rg-web-prod-weu", ...compute, "vmss-not-there"] as const;
  await drain(sets.list("rg-web-prod-weu", ...compute, "vmss-gateway-prod"));
  await fails(drain(sets.list(...missing)));
  await fails(
    drain(
      client(shared).configurationAssignments.list("rg-identity-shared", ...compute, "vmss-identity-broker"),
    ),
  );
  await sets.createOrUpdate(...web, "mc-prod-nightly", toNightly);
  await sets.createOrUpdate(...web, "mc-prod-nightly", toNightly);
  await fails(
    sets.createOrUpdate(...web, "x", {
      properties: { maintenanceConfigurationId: `${configurationId}-not-there`, resourceId: setId },
    }),
  );
  await fails(sets.createOrUpdate(...missing, "mc-prod-nightly", toNightly));
  await sets.get(...web, "mc-prod-nightly");
  await fails(sets.get(...web, "not-there"));
  await sets.delete(...web, "mc-prod-nightly");
  await sets.delete(...web, "mc-prod-nightly");
  await fails(sets.delete(...missing, "mc-prod-nightly"));
}

/** What the extension itself does: reading the fleet and applying plans. */
async function useExtension({ httpClient }: RecordedSandbox): Promise<void> {
  const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
  const azure = openAzure(
    connectToEndpoint({ origin: "sandbox", endpoint: sandboxEndpoint, token: "sandbox", httpClient }),
    silent,
    "0.0.0",
  );
  const { signal } = new AbortController();
  for await (const event of azure.inventory(signal)) assert.notEqual(event.kind, "tenantFailed");
  const change = (
    kind: Change["kind"],
    target: string,
    after?: Change["after"],
    ...needs: string[]
  ): Change => ({
    id: kind,
    kind,
    target,
    title: verbatim(kind),
    ...(after && { after }),
    needs,
  });
  const planOf = (...changes: Change[]): Plan => ({
    title: verbatim("plan"),
    changes,
    leftOut: [],
    warnings: [],
  });
  const created = configurationId.replace("mc-prod-nightly", "mc-extension");
  const link = `${setId}/providers/Microsoft.Maintenance/configurationAssignments/mc-extension`;
  const steps = planOf(
    change("createConfiguration", created, configuration),
    change(
      "associate",
      link,
      { location: "westeurope", properties: { maintenanceConfigurationId: created, resourceId: setId } },
      "createConfiguration",
    ),
  );
  const apply = async (plan: Plan) =>
    (await azure.apply(plan, { signal })).map(({ outcome }) => outcome.status);
  assert.deepEqual(await apply(steps), ["done", "done"]);
  assert.deepEqual(await apply(planOf(change("dissociate", link))), ["done"]);
  const extended = {
    ...configuration,
    properties: {
      ...configuration.properties,
      extensionProperties: { InGuestPatchMode: "User" },
      installPatches: {
        rebootSetting: "IfRequired",
        windowsParameters: { classificationsToInclude: ["Security"] },
      },
    },
  };
  const guest = created.replace("mc-extension", "mc-guest");
  assert.deepEqual(await apply(planOf(change("createConfiguration", guest, extended))), ["done"]);
  const read = await azure.read(guest, signal);
  const edits = { window: { duration: "06:00", expirationDateTime: undefined }, tags: { owner: undefined } };
  const update = updateConfiguration(read, editedConfiguration(read, edits));
  assert.deepEqual(await apply(planOf(update)), ["done"]);
  assert.deepEqual(await apply(planOf(updateConfiguration(read, extended))), ["changedBySomeoneElse"]);
  const edited = await azure.read(guest, signal);
  assert.deepEqual(await apply(planOf(deleteConfiguration(edited))), ["done"]);
  assert.deepEqual(await apply(planOf(deleteConfiguration(edited))), ["done"]);
}

/** The operations of the contract that our client does not have, asked as any client would. */
async function askTheRest({ ask }: RecordedSandbox): Promise<void> {
  const version = "?api-version=2023-04-01";
  const set = `/subscriptions/${production}/resourcegroups/rg-web-prod-weu/providers/Microsoft.Compute/virtualMachineScaleSets/vmss-web-prod/providers/Microsoft.Maintenance`;
  const child = set.replace(
    "virtualMachineScaleSets/vmss-web-prod",
    "parents/p/virtualMachineScaleSets/vmss-web-prod",
  );
  const subscription = `/subscriptions/${production}/providers/Microsoft.Maintenance`;
  const group = `/subscriptions/${production}/resourcegroups/rg-web-prod-weu/providers/Microsoft.Maintenance`;
  const reads = [
    "/providers/Microsoft.Maintenance/operations",
    `${subscription}/publicMaintenanceConfigurations`,
    `${subscription}/publicMaintenanceConfigurations/SQL_WestEurope_DB_1`,
    `${subscription}/publicMaintenanceConfigurations/not-there`,
    `${subscription}/configurationAssignments`,
    `${subscription}/configurationAssignments/any`,
    `${group}/configurationAssignments/any`,
    ...[set, child].flatMap((scope) => [
      `${scope}/updates`,
      `${scope}/applyUpdates/default`,
      `${scope}/configurationAssignments`,
      `${scope}/configurationAssignments/mc-prod-nightly`,
    ]),
  ];
  for (const path of reads) await ask("GET", `${path}${version}`);
  await ask("PUT", `${set}/applyUpdates/default${version}`);
  await ask("PUT", `${child}/applyUpdates/default${version}`);
  for (const scope of [child, subscription, group]) {
    await ask("PUT", `${scope}/configurationAssignments/any${version}`, toNightly);
    await ask("DELETE", `${scope}/configurationAssignments/any${version}`);
  }
  await ask("PATCH", `${subscription}/configurationAssignments/any${version}`, toNightly);
  await ask("PATCH", `${group}/configurationAssignments/any${version}`, toNightly);
}

/**
 * Error bodies that Microsoft.Maintenance was seen to answer with although its contract has no such shape
 * (https://github.com/hashicorp/terraform-provider-azurerm/issues/29738, https://github.com/Azure/azure-rest-api-specs/issues/34327).
 */
function isRecordedQuirk(body: unknown): boolean {
  if (!isObject(body)) return false;
  const names = Object.keys(body).join();
  return (
    (names === "Error" && textAt(body, "Error", "Message") !== undefined) ||
    (names === "Message" && textAt(body, "Message") !== undefined)
  );
}

/**
 * A member of configurations that Microsoft.Maintenance was recorded to answer a PUT with although its contract has none of that name. That
 * lists have it too is the sandbox's own: they show what is there.
 */
const isRecordedMember = (problem: string): boolean =>
  /^MaintenanceConfigurations\w+: answer body (?:\/value\/\d+)?\/properties must NOT have unevaluated properties: configurationType$/.test(
    problem,
  );

const isMaintenance = ({ url }: Exchange) =>
  new URL(url).pathname.includes("/providers/Microsoft.Maintenance/");
const files = contractFiles();

describe("Microsoft.Maintenance 2023-04-01", () => {
  if (files.length === 0) {
    it("can be compared with its published contract", { skip: missing }, () => {});
    return;
  }
  const contract = new Contract(loadDocuments(files));
  const recorded = recordedSandbox();
  const problemsOf = (exchange: Exchange) =>
    contract.problems(exchange, isRecordedQuirk).filter((problem) => !isRecordedMember(problem));
  const checked: Exchange[] = [];
  const check = (context: { diagnostic(text: string): void }, from: string) => {
    const exchanges = recorded.exchanges.splice(0).filter(isMaintenance);
    checked.push(...exchanges);
    const problems = exchanges.flatMap((exchange) =>
      problemsOf(exchange).map(
        (problem) => `${exchange.method} ${new URL(exchange.url).pathname} → ${exchange.status}: ${problem}`,
      ),
    );
    assert.deepEqual(problems, []);
    context.diagnostic(`${exchanges.length} exchanges of ${from} validated against Microsoft's OpenAPI`);
  };

  it("is what our client sends and what the sandbox answers to it", async (context) => {
    await useClient(recorded);
    check(context, "our client");
  });

  it("is what the extension sends when it reads the fleet and applies plans", async (context) => {
    await useExtension(recorded);
    check(context, "the extension");
  });

  it("is what the sandbox answers where our client does not ask", async (context) => {
    await askTheRest(recorded);
    check(context, "other clients");
  });

  it("was looked at in all its operations; ours both when they succeed and when they fail", () => {
    const ends = new Map<string, Set<string>>();
    for (const exchange of checked) {
      const id = contract.operationOf(exchange)?.id ?? "";
      ends.set(id, (ends.get(id) ?? new Set()).add(exchange.status < 400 ? "succeeds" : "fails"));
    }
    assert.deepEqual([...ends.keys()].toSorted(), contract.operations.map(({ id }) => id).toSorted());
    const own =
      /^(MaintenanceConfigurations|MaintenanceConfigurationsForResourceGroup|ConfigurationAssignments)_[A-Za-z]+$/;
    const ours = [...ends].filter(([id]) => own.test(id) && !id.endsWith("Parent"));
    assert.equal(ours.length, 10);
    for (const [id, seen] of ours) assert.deepEqual([...seen].toSorted(), ["fails", "succeeds"], id);
    const statuses = new Set(checked.map(({ status }) => status));
    for (const status of [200, 204, 400, 401, 403, 404, 409])
      assert.ok(statuses.has(status), `no ${status} among the exchanges`);
  });

  describe("tells when", () => {
    const find = (method: string, status: number, part: string) => {
      const found = checked.find(
        (one) => one.method === method && one.status === status && one.url.includes(part),
      );
      assert.ok(found, `no ${method} ${part} answered ${status}`);
      return found;
    };
    const put = () => find("PUT", 200, "mc-contract");
    const get = () => find("GET", 200, "mc-contract");
    const link = () => find("PUT", 200, "configurationAssignments/mc-prod-nightly");
    const edited = (text: string, edit: (json: { [name: string]: unknown }) => void) => {
      const json = JSON.parse(text) as { [name: string]: unknown };
      edit(json);
      return JSON.stringify(json);
    };
    const sent = (exchange: Exchange, edit: Parameters<typeof edited>[1]) => ({
      ...exchange,
      requestBody: edited(exchange.requestBody ?? "", edit),
    });
    const answered = (exchange: Exchange, edit: Parameters<typeof edited>[1]) => ({
      ...exchange,
      body: edited(exchange.body, edit),
    });

    const faults: Record<string, readonly [make: () => Exchange, expected: RegExp]> = {
      "the api-version is another": [
        () => ({ ...get(), url: get().url.replace("2023-04-01", "2023-10-01-preview") }),
        /api-version is 2023-10-01-preview/,
      ],
      "the api-version is missing": [
        () => ({ ...get(), url: get().url.replace(/\?.*/, "") }),
        /no api-version/,
      ],
      "the query has more": [() => ({ ...get(), url: `${get().url}&$top=5` }), /undeclared query \$top/],
      "the path is written otherwise": [
        () => ({
          ...get(),
          url: get().url.replace("maintenanceConfigurations", "maintenanceconfigurations"),
        }),
        /no operation/,
      ],
      "the method does not exist": [() => ({ ...get(), method: "POST" }), /no operation/],
      "a member of the request is misspelt": [
        () => sent(put(), (json) => (json["properties"] = { maintenanceScop: "OSImage" })),
        /maintenanceScop/,
      ],
      "the request is flat, as the older SDKs' models are": [
        () => sent(put(), (json) => (json["maintenanceScope"] = "OSImage")),
        /maintenanceScope/,
      ],
      "a request carries a read-only member": [
        () => sent(put(), (json) => (json["id"] = configurationId)),
        /: id/,
      ],
      "a request has a value outside an enum": [
        () => sent(put(), (json) => (json["properties"] = { maintenanceScope: "All" })),
        /allowed values/,
      ],
      "a tag is a number": [() => sent(put(), (json) => (json["tags"] = { cost: 5 })), /must be string/],
      "an assignment is misspelt": [
        () => sent(link(), (json) => (json["properties"] = { maintenanceConfigurationID: "x" })),
        /maintenanceConfigurationID/,
      ],
      "a request's body is missing": [() => ({ ...put(), requestBody: undefined }), /no body/],
      "a GET has a body": [() => ({ ...get(), requestBody: "{}" }), /a body where none/],
      "a request is not JSON": [
        () => ({ ...put(), requestHeaders: { "content-type": "text/plain" } }),
        /content type is text\/plain/,
      ],
      "a member of an answer is misspelt": [() => answered(get(), (json) => (json["tag"] = {})), /: tag/],
      "a member of an answer is like one that was recorded": [
        () => answered(get(), (json) => (json["properties"] = { configurationTypes: "Regular" })),
        /: configurationTypes/,
      ],
      "a request carries a member that only answers were recorded with": [
        () => sent(put(), (json) => (json["properties"] = { configurationType: "Regular" })),
        /: configurationType/,
      ],
      "a member of an answer has another type": [
        () => answered(get(), (json) => (json["name"] = 7)),
        /\/name must be string/,
      ],
      "a date of an answer is none": [
        () => answered(get(), (json) => (json["systemData"] = { createdAt: "yesterday" })),
        /createdAt must match format/,
      ],
      "a list is not in `value`": [
        () => answered(find("GET", 200, "/configurationAssignments?"), (json) => (json["items"] = [])),
        /: items/,
      ],
      "the status is not declared": [() => ({ ...get(), status: 203 }), /status 203/],
      "an error has no `error`": [
        () => ({ ...get(), status: 404, body: '{"message":"gone"}' }),
        /no `error`/,
      ],
      "an error's code is a number": [
        () => ({ ...get(), status: 404, body: '{"error":{"code":404,"message":"gone"}}' }),
        /code must be string/,
      ],
    };
    for (const [fault, [make, expected]] of Object.entries(faults)) {
      it(fault, () => assert.match(problemsOf(make()).join("\n"), expected));
    }

    it("but not when an open enum of an answer has a value of tomorrow", () => {
      const exchange = answered(get(), (json) => (json["properties"] = { maintenanceScope: "Tomorrow" }));
      assert.deepEqual(problemsOf(exchange), []);
      assert.equal(at(JSON.parse(exchange.body), "properties", "maintenanceScope"), "Tomorrow");
    });
  });
});
