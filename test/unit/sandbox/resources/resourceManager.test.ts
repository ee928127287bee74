import assert from "node:assert/strict";
import { test } from "node:test";
import { createLab, maintenance, production, resources, scaleSet, shared } from "../support.ts";

const group = `${production}/resourceGroups/rg-web-prod-weu`;
const unknown = "/subscriptions/00000000-0000-0000-0000-00000000dead";

/** Requests that Resource Manager refuses, with the status, the code and the words of the answer. */
const refusals: readonly (readonly [
  what: string,
  method: string,
  path: string,
  status: number,
  code: string,
  words: RegExp,
])[] = [
  [
    "no api-version",
    "GET",
    group,
    400,
    "MissingApiVersionParameter",
    /^The api-version query parameter \(\?api-version=\) is required for all requests\.$/,
  ],
  ["an empty api-version", "GET", `${group}?api-version=`, 400, "MissingApiVersionParameter", /required/],
  [
    "an api-version that is no date",
    "GET",
    `${group}?api-version=latest`,
    400,
    "InvalidApiVersionParameter",
    /'latest' is invalid\. The supported versions are '.*2021-04-01/,
  ],
  [
    "an api-version that was never published",
    "GET",
    `${production}/providers/Microsoft.Compute/virtualMachineScaleSets?api-version=2001-01-01`,
    400,
    "NoRegisteredProviderFound",
    /'2001-01-01' for type 'virtualMachineScaleSets'.*supported api-versions are '.*2025-04-01/,
  ],
  [
    "an unknown subscription",
    "GET",
    `${unknown}?${resources}`,
    404,
    "SubscriptionNotFound",
    /^The subscription '00000000-0000-0000-0000-00000000dead' could not be found\.$/,
  ],
  [
    "a resource below an unknown subscription",
    "GET",
    `${unknown}/providers/Microsoft.Compute/virtualMachineScaleSets?api-version=2025-04-01`,
    404,
    "SubscriptionNotFound",
    /could not be found/,
  ],
  [
    "a subscription that is no GUID",
    "GET",
    `/subscriptions/production?${resources}`,
    400,
    "InvalidSubscriptionId",
    /'production' is malformed or invalid/,
  ],
  [
    "an unknown group",
    "GET",
    `${production}/resourceGroups/nowhere?${resources}`,
    404,
    "ResourceGroupNotFound",
    /^Resource group 'nowhere' could not be found\.$/,
  ],
  [
    "a resource of an unknown group",
    "GET",
    `${production}/resourceGroups/nowhere/providers/Microsoft.Maintenance/maintenanceConfigurations/a?${maintenance}`,
    404,
    "ResourceGroupNotFound",
    /'nowhere'/,
  ],
  [
    "an unknown resource",
    "GET",
    `${group}/providers/Microsoft.Maintenance/maintenanceConfigurations/none?${maintenance}`,
    404,
    "ResourceNotFound",
    /^The Resource 'Microsoft\.Maintenance\/maintenanceConfigurations\/none' under resource group 'rg-web-prod-weu' was not found\./,
  ],
  [
    "an unknown provider",
    "GET",
    `${production}/providers/Microsoft.Nothing/things?api-version=2020-01-01`,
    404,
    "InvalidResourceNamespace",
    /^The resource namespace 'Microsoft\.Nothing' is invalid\.$/,
  ],
  [
    "an unknown type",
    "GET",
    `${production}/providers/Microsoft.Maintenance/things?${maintenance}`,
    404,
    "InvalidResourceType",
    /^The resource type 'things' could not be found in the namespace 'Microsoft\.Maintenance' for api version '2023-04-01'\./,
  ],
  [
    "a method that is not there",
    "POST",
    `${group}?${resources}`,
    405,
    "MethodNotAllowed",
    /^The HTTP method 'POST' is not supported on the resource/,
  ],
  [
    "an operation that only the sandbox lacks",
    "GET",
    `${group}/providers/Microsoft.Maintenance/configurationAssignments/dynamic?${maintenance}`,
    501,
    "NotImplemented",
    /sandbox doesn't support/,
  ],
];

for (const [what, method, path, status, code, words] of refusals) {
  test(`refuses ${what}`, async () => {
    const answer = await createLab().ask(method, path);
    assert.equal(answer.status, status);
    assert.equal(answer.body.error.code, code);
    assert.match(answer.body.error.message, words);
  });
}

test("says which methods there are when one is not", async () => {
  const { headers } = await createLab().ask("PATCH", `${production}?${resources}`);
  assert.equal(headers["allow"], "GET");
});

test("answers 401 with a challenge to a missing and to a wrong token", async () => {
  const lab = createLab({ token: "right" });
  const path = `/subscriptions?${resources}`;
  const missing = await lab.send("GET", path, {});
  assert.equal(missing.status, 401);
  assert.equal(missing.body.error.code, "AuthenticationFailed");
  assert.equal(missing.body.error.message, "Authentication failed. The 'Authorization' header is missing.");
  assert.match(missing.headers["www-authenticate"] ?? "", /^Bearer authorization_uri=/);
  const wrong = await lab.send("GET", path, { authorization: "Bearer wrong" });
  assert.equal(wrong.status, 401);
  assert.equal(wrong.body.error.code, "InvalidAuthenticationToken");
  assert.match(wrong.headers["www-authenticate"] ?? "", /error="invalid_token"/);
  assert.equal((await lab.ask("GET", path)).status, 200);
});

test("refuses a body that is not a JSON object", async () => {
  const lab = createLab();
  const headers = { authorization: `Bearer ${lab.sandbox.token}` };
  for (const body of ["{", "[]", "", "null"]) {
    const answer = await lab.send("PUT", `${production}/resourceGroups/new?${resources}`, headers, body);
    assert.equal(answer.status, 400, body);
    assert.equal(answer.body.error.code, "InvalidRequestContent");
    assert.match(
      answer.body.error.message,
      /^The request content was invalid and could not be deserialized: '/,
    );
  }
});

test("lists two tenants and three subscriptions of theirs", async () => {
  const lab = createLab();
  const tenants = (await lab.ask("GET", `/tenants?${resources}`)).body.value;
  const subscriptions = (await lab.ask("GET", `/subscriptions?${resources}`)).body.value;
  assert.equal(tenants.length, 2);
  assert.equal(subscriptions.length, 3);
  const used = new Set(subscriptions.map((one: { tenantId: string }) => one.tenantId));
  assert.deepEqual(used, new Set(tenants.map((one: { tenantId: string }) => one.tenantId)));
  const [first] = subscriptions;
  assert.deepEqual((await lab.ask("GET", `${first.id}?${resources}`)).body, first);
});

test("lists regions with their pairs", async () => {
  const { body } = await createLab().ask("GET", `${production}/locations?${resources}`);
  const region = body.value.find((one: { name: string }) => one.name === "westeurope");
  assert.equal(region.displayName, "West Europe");
  assert.equal(region.id, `${production}/locations/westeurope`);
  assert.deepEqual(region.metadata.pairedRegion, [{ name: "northeurope" }]);
  const names = new Set(body.value.map((one: { name: string }) => one.name));
  for (const one of body.value)
    for (const pair of one.metadata.pairedRegion) assert.ok(pair.name.length > 3, pair.name);
  assert.ok(names.size > 30);
});

test("creates, changes, finds and deletes a resource group, in any casing", async () => {
  const lab = createLab();
  const path = `${production}/resourceGroups/RG-New`;
  assert.equal((await lab.ask("HEAD", `${path}?${resources}`)).status, 404);
  const made = await lab.ask("PUT", `${path}?${resources}`, { location: "West Europe", tags: { a: "1" } });
  assert.equal(made.status, 201);
  assert.equal(made.body.location, "westeurope");
  assert.equal(made.body.properties.provisioningState, "Succeeded");
  const changed = await lab.ask("PUT", `${path.toLowerCase()}?${resources}`, {
    location: "westeurope",
    tags: { a: "2" },
  });
  assert.equal(changed.status, 200);
  assert.equal(changed.body.name, "RG-New");
  assert.deepEqual((await lab.ask("GET", `${path.toUpperCase()}?${resources}`)).body.tags, { a: "2" });
  assert.equal((await lab.ask("HEAD", `${path}?${resources}`)).status, 204);
  const moved = await lab.ask("PUT", `${path}?${resources}`, { location: "eastus" });
  assert.equal(moved.status, 409);
  assert.equal(moved.body.error.code, "InvalidResourceGroupLocation");
  const nowhere = await lab.ask("PUT", `${production}/resourceGroups/other?${resources}`, {
    location: "atlantis",
  });
  assert.equal(nowhere.body.error.code, "LocationNotAvailableForResourceGroup");
  assert.equal((await lab.ask("DELETE", `${path}?${resources}`)).status, 200);
  assert.equal((await lab.ask("GET", `${path}?${resources}`)).body.error.code, "ResourceGroupNotFound");
});

test("a group takes its resources along when it is deleted", async () => {
  const lab = createLab();
  const path = `${shared}/resourceGroups/rg-build-shared`;
  const all = `${shared}/providers/Microsoft.Compute/virtualMachineScaleSets?api-version=2025-04-01`;
  const before = (await lab.ask("GET", all)).body.value.length;
  await lab.ask("DELETE", `${path}?${resources}`);
  assert.equal((await lab.ask("GET", all)).body.value.length, before - 3);
});

test("registers a provider step by step, and refuses writes until then", async () => {
  const lab = createLab();
  const provider = `${shared}/providers/Microsoft.Maintenance`;
  const path = `${shared}/resourceGroups/rg-maintenance/providers/Microsoft.Maintenance/maintenanceConfigurations/a?${maintenance}`;
  const body = { location: "westeurope", properties: { maintenanceScope: "OSImage" } };
  const stateNow = async () => (await lab.ask("GET", `${provider}?${resources}`)).body.registrationState;
  assert.equal(await stateNow(), "Registered");
  await lab.ask("POST", `${provider}/unregister?${resources}`);
  const refused = await lab.ask("PUT", path, body);
  assert.equal(refused.status, 409);
  assert.equal(refused.body.error.code, "MissingSubscriptionRegistration");
  assert.match(
    refused.body.error.message,
    /^The subscription is not registered to use namespace 'Microsoft\.Maintenance'\. See https:\/\/aka\.ms\/rps-not-found/,
  );
  assert.equal(refused.body.error.details[0].target, "Microsoft.Maintenance");
  assert.equal(
    (await lab.ask("POST", `${provider}/register?${resources}`)).body.registrationState,
    "Registering",
  );
  assert.equal((await lab.ask("PUT", path, body)).status, 409);
  await lab.advance("PT5S");
  assert.equal(await stateNow(), "Registered");
  assert.equal((await lab.ask("PUT", path, body)).status, 200);
});

test("Compute tells what is left in several buckets, in one header", async () => {
  const lab = createLab();
  const sets = `${production}/providers/Microsoft.Compute/virtualMachineScaleSets?api-version=2024-07-01`;
  const remaining = async () => {
    const { headers } = await lab.ask("GET", sets);
    return headers["x-ms-ratelimit-remaining-resource"];
  };
  const inBuckets = (left3: number, left30: number) =>
    `Microsoft.Compute/GetVMScaleSet3Min;${left3},Microsoft.Compute/GetVMScaleSet30Min;${left30}`;
  assert.equal(await remaining(), inBuckets(5399, 53_999));
  assert.equal(await remaining(), inBuckets(5398, 53_998));
  const associations = `${scaleSet(production, "rg-web-prod-weu", "vmss-web-prod")}/providers/Microsoft.Maintenance/configurationAssignments`;
  const { headers } = await lab.ask("GET", `${associations}?api-version=2023-04-01`);
  assert.equal(headers["x-ms-ratelimit-remaining-resource"], undefined, "which are another provider's");
});

test("every answer has its ids and what is left of the quota", async () => {
  const lab = createLab();
  const correlation = "11111111-2222-4333-8444-555555555555";
  const headers = {
    authorization: `Bearer ${lab.sandbox.token}`,
    "x-ms-correlation-request-id": correlation,
    "x-ms-client-request-id": "mine",
    "x-ms-return-client-request-id": "true",
  };
  const first = await lab.send("GET", `${production}?${resources}`, headers);
  const second = await lab.send("GET", `${production}?${resources}`, headers);
  assert.match(first.headers["x-ms-request-id"] ?? "", /^[0-9a-f-]{36}$/);
  assert.notEqual(first.headers["x-ms-request-id"], second.headers["x-ms-request-id"]);
  assert.equal(first.headers["x-ms-correlation-request-id"], correlation);
  assert.equal(first.headers["x-ms-client-request-id"], "mine");
  assert.equal(first.headers["x-ms-ratelimit-remaining-subscription-reads"], "249");
  assert.equal(second.headers["x-ms-ratelimit-remaining-subscription-reads"], "248");
  await lab.advance("PT1S");
  const later = await lab.send("GET", `${production}?${resources}`, headers);
  assert.equal(later.headers["x-ms-ratelimit-remaining-subscription-reads"], "249");
  const refused = await lab.ask("DELETE", `${production}/resourceGroups/nowhere?${resources}`);
  assert.equal(refused.headers["x-ms-ratelimit-remaining-subscription-deletes"], "199");
  assert.match(
    (await lab.ask("GET", `/tenants?${resources}`)).headers["x-ms-ratelimit-remaining-tenant-reads"] ?? "",
    /^\d+$/,
  );
});

test("tells what the caller may do, and where she may not", async () => {
  const lab = createLab();
  const permissions = "providers/Microsoft.Authorization/permissions?api-version=2022-04-01";
  const set = `${shared}/resourceGroups/rg-identity-shared/providers/Microsoft.Compute/virtualMachineScaleSets/vmss-identity-broker`;
  const inGroup = (await lab.ask("GET", `${group}/${permissions}`)).body.value;
  assert.deepEqual(inGroup[0].actions, ["*"]);
  assert.ok(!inGroup[0].notActions.includes("Microsoft.Maintenance/*"));
  const onSet = (await lab.ask("GET", `${set}/${permissions}`)).body.value;
  assert.ok(onSet[0].notActions.includes("Microsoft.Maintenance/*"));
});

test("the control calls need the token, know only what they know, and reset brings everything back", async () => {
  const lab = createLab();
  assert.equal((await lab.send("POST", "/sandbox/reset", {})).status, 401);
  assert.equal((await lab.ask("GET", "/sandbox/reset")).status, 405);
  assert.equal((await lab.ask("POST", "/sandbox/pause")).status, 404);
  assert.equal((await lab.ask("POST", "/sandbox/clock", { advance: "an hour" })).status, 400);
  assert.equal(
    (await lab.ask("POST", "/sandbox/clock", { advance: "P1DT1H" })).body.now,
    "2026-11-24T10:00:00.000Z",
  );
  await lab.ask("DELETE", `${group}?${resources}`);
  assert.equal((await lab.ask("POST", "/sandbox/reset")).status, 204);
  assert.equal((await lab.ask("GET", `${group}?${resources}`)).status, 200);
  assert.equal(
    (await lab.ask("POST", "/sandbox/clock", { advance: "PT0S" })).body.now,
    "2026-11-23T09:00:00.000Z",
  );
});
