import assert from "node:assert/strict";
import { test } from "node:test";
import { allZones } from "../../../../src/core/windows/zones.ts";
import {
  type Body,
  configuration,
  createLab,
  maintenance,
  production,
  scaleSet,
  shared,
  staging,
} from "../support.ts";

const fresh = configuration(shared, "rg-maintenance", "mc-new");
const set = scaleSet(production, "rg-web-prod-weu", "vmss-cache-prod");
const assignments = `${set}/providers/Microsoft.Maintenance/configurationAssignments`;

const window = {
  startDateTime: "2026-12-01 22:00",
  duration: "05:00",
  timeZone: "W. Europe Standard Time",
  recurEvery: "Day",
};

const withWindow = (change: Body, properties: Body = {}): Body => ({
  location: "westeurope",
  properties: { maintenanceScope: "OSImage", maintenanceWindow: { ...window, ...change }, ...properties },
});

test("creates and changes a configuration with 200 and its defaults, and reads it in any casing", async () => {
  const lab = createLab();
  const made = await lab.ask("PUT", `${fresh}?${maintenance}`, {
    ...withWindow({}),
    tags: { costCentre: "1" },
  });
  assert.equal(made.status, 200);
  assert.equal(made.body.id, fresh);
  assert.equal(made.body.type, "Microsoft.Maintenance/maintenanceConfigurations");
  assert.deepEqual(made.body.properties.maintenanceWindow, window);
  assert.equal(made.body.properties.namespace, "Microsoft.Maintenance");
  assert.equal(made.body.properties.visibility, "Custom");
  assert.deepEqual(made.body.properties.extensionProperties, {});
  assert.equal(made.body.properties.configurationType, "Regular");
  assert.equal(made.body.systemData.createdAt, "2026-11-23T09:00:00.000Z");
  await lab.advance("PT1H");
  const changed = await lab.ask(
    "PUT",
    `${fresh.toUpperCase()}?${maintenance}`,
    withWindow({ duration: "06:00" }),
  );
  assert.equal(changed.status, 200);
  assert.equal(changed.body.id, fresh);
  assert.deepEqual(changed.body.tags, {}, "PUT replaces the tags");
  assert.equal(changed.body.systemData.createdAt, "2026-11-23T09:00:00.000Z");
  assert.equal(changed.body.systemData.lastModifiedAt, "2026-11-23T10:00:00.000Z");
  const read = (await lab.ask("GET", `${fresh.toLowerCase()}?${maintenance}`)).body;
  assert.match(read.id, /\/providers\/microsoft\.maintenance\/maintenanceconfigurations\/mc-new$/);
  assert.deepEqual({ ...read, id: fresh }, changed.body);
});

test("keeps the names of a configuration's tags in lower case, and their values as they are", async () => {
  const lab = createLab();
  const tags = { costCentre: "Web-1" };
  const made = await lab.ask("PUT", `${fresh}?${maintenance}`, { ...withWindow({}), tags });
  assert.deepEqual(made.body.tags, { costcentre: "Web-1" });
  const patched = await lab.ask("PATCH", `${fresh}?${maintenance}`, { tags: { Owner: "Ops" } });
  assert.deepEqual(patched.body.tags, { owner: "Ops" });
});

test("keeps what it does not know, and the case of what was sent", async () => {
  const lab = createLab();
  const body = withWindow(
    { recurEvery: "5days" },
    { extensionProperties: { x: "y" }, somethingNew: { z: 1 } },
  );
  await lab.ask("PUT", `${fresh}?${maintenance}`, body);
  const { properties } = (await lab.ask("GET", `${fresh}?${maintenance}`)).body;
  assert.deepEqual(properties.somethingNew, { z: 1 });
  assert.equal(properties.maintenanceWindow.recurEvery, "5days");
});

test("PATCH merges tags and properties", async () => {
  const lab = createLab();
  await lab.ask("PUT", `${fresh}?${maintenance}`, withWindow({}));
  const { status, body } = await lab.ask("PATCH", `${fresh}?${maintenance}`, {
    tags: { b: "2" },
    properties: { maintenanceWindow: { duration: "07:00" } },
  });
  assert.equal(status, 200);
  assert.deepEqual(body.tags, { b: "2" });
  assert.deepEqual(body.properties.maintenanceWindow, { ...window, duration: "07:00" });
});

test("lists configurations of a subscription and of a group", async () => {
  const lab = createLab();
  const path = "providers/Microsoft.Maintenance/maintenanceConfigurations";
  const all = (await lab.ask("GET", `${production}/${path}?${maintenance}`)).body.value;
  const inGroup = (
    await lab.ask("GET", `${production}/resourceGroups/RG-WEB-prod-weu/${path}?${maintenance}`)
  ).body.value;
  assert.equal(all.length, 2);
  assert.deepEqual(
    inGroup.map((one: Body) => one.name),
    ["mc-web-until-migration"],
  );
});

const invalidWindow = "InvalidMaintenanceWindow";
const windowRules: readonly (readonly [what: string, change: Body, words: RegExp])[] = [
  [
    "no start",
    { startDateTime: undefined },
    /^Invalid maintenance window\. Error: StartDateTime is not set for maintenance window\.$/,
  ],
  [
    "a start in the past",
    { startDateTime: "2026-11-20 22:00" },
    /'2026-11-20 22:00' must be the current date/,
  ],
  ["a start that is no date", { startDateTime: "2026-02-30 22:00" }, /'2026-02-30 22:00' is not a date/],
  ["a start in another format", { startDateTime: "2026-12-01T22:00:00Z" }, /format YYYY-MM-DD hh:mm/],
  [
    "an expiry in the past",
    { expirationDateTime: "2026-11-01 00:00" },
    /'2026-11-01 00:00' must be a future date/,
  ],
  ["an expiry before the start", { expirationDateTime: "2026-11-30 00:00" }, /must be after StartDateTime/],
  [
    "a start that its zone's clock skips",
    { startDateTime: "2027-03-28 02:30" },
    /'2027-03-28 02:30' is an invalid time in time zone 'W\. Europe Standard Time'/,
  ],
  [
    "a start that is skipped by half an hour",
    { startDateTime: "2027-10-03 02:15", timeZone: "Lord Howe Standard Time" },
    /'2027-10-03 02:15' is an invalid time/,
  ],
  [
    "less than five hours",
    { duration: "04:59" },
    /'04:59' must be between 05:00 and 24:00 for scope OSImage/,
  ],
  ["a duration that is no time", { duration: "5h" }, /'5h' is not in the format HH:mm/],
  ["an IANA time zone", { timeZone: "Europe/Berlin" }, /'Europe\/Berlin' is not a Windows time zone/],
  ["a recurrence that is none", { recurEvery: "Sometimes" }, /'Sometimes' is not a recurrence/],
  ["a week of no weekday", { recurEvery: "Week Caturday" }, /'Week Caturday' is not a recurrence/],
];

for (const [what, change, words] of windowRules) {
  test(`refuses a window with ${what}`, async () => {
    const lab = createLab();
    const { status, body } = await lab.ask("PUT", `${fresh}?${maintenance}`, withWindow(change));
    assert.equal(status, 400);
    assert.equal(body.error.code, invalidWindow);
    assert.match(body.error.message, words);
    assert.equal((await lab.ask("GET", `${fresh}?${maintenance}`)).status, 404);
  });
}

test("takes a start right before and after a gap, and one that comes twice", async () => {
  const lab = createLab();
  for (const startDateTime of ["2027-03-28 01:59:59", "2027-03-28 03:00", "2027-10-31 02:30"]) {
    const { status } = await lab.ask("PUT", `${fresh}?${maintenance}`, withWindow({ startDateTime }));
    assert.ok(status < 300, startDateTime);
  }
});

test("a PATCH, too, says who changed a configuration last", async () => {
  const lab = createLab();
  await lab.ask("PUT", `${fresh}?${maintenance}`, withWindow({}));
  await lab.advance("PT1H");
  const { body } = await lab.ask("PATCH", `${fresh}?${maintenance}`, { tags: { b: "2" } });
  assert.equal(body.systemData.createdAt, "2026-11-23T09:00:00.000Z");
  assert.equal(body.systemData.lastModifiedAt, "2026-11-23T10:00:00.000Z");
});

test("each configuration has what the service adds to it, those that are there from the start too", async () => {
  const lab = createLab();
  const { body } = await lab.ask(
    "GET",
    `${shared}/providers/Microsoft.Maintenance/maintenanceConfigurations?${maintenance}`,
  );
  assert.ok(body.value.length > 0);
  for (const { properties } of body.value) {
    assert.equal(properties.configurationType, "Regular");
    assert.deepEqual(properties.extensionProperties, {});
  }
});

test("takes every recurrence that is documented or was recorded", async () => {
  const lab = createLab();
  const documented =
    "Day|3Days|Week|3Weeks|Week Saturday,Sunday|Month day23,day24|Month Last Sunday|Month Last Sunday Offset-3|Month Third Sunday Offset6|Month Fourth Monday|5days|20days|1Week Monday|1Days|2Days|1Weeks Monday|1week|week Monday, Tuesday|2Months day8";
  for (const recurEvery of documented.split("|")) {
    const { body } = await lab.ask("PUT", `${fresh}?${maintenance}`, withWindow({ recurEvery }));
    assert.equal(body.properties?.maintenanceWindow.recurEvery, recurEvery, JSON.stringify(body));
  }
});

test("takes every Windows time zone that a wizard can offer", async () => {
  const lab = createLab();
  for (const { windowsId } of allZones()) {
    const { status } = await lab.ask("PUT", `${fresh}?${maintenance}`, withWindow({ timeZone: windowsId }));
    assert.ok(status < 300, windowsId);
  }
});

test("answers a bare month with capitals, as it was seen", async () => {
  const { status, body } = await createLab().ask(
    "PUT",
    `${fresh}?${maintenance}`,
    withWindow({ recurEvery: "Month" }),
  );
  assert.equal(status, 400);
  assert.deepEqual(body, {
    Error: {
      Code: invalidWindow,
      Message:
        "Invalid maintenance window. Error: Monthly maintenance window is missing day of month or week of month.",
    },
  });
});

test("refuses scopes and visibilities with the service's own oddities", async () => {
  const lab = createLab();
  const put = (properties: Body) => lab.ask("PUT", `${fresh}?${maintenance}`, withWindow({}, properties));
  const resource = await put({ maintenanceScope: "Resource" });
  assert.equal(resource.status, 400);
  assert.match(resource.body.Message, /^Given Maintenance Subscope is not supported for Maintenan/);
  const all = await put({ maintenanceScope: "All" });
  assert.deepEqual(all.body.error, { code: "", message: "Maintenance Scope provided is invalid" });
  const open = await put({ visibility: "Public" });
  assert.equal(
    open.body.error.message,
    "Public Maintenance Configurations feature is not enabled for subscription.",
  );
  assert.equal(
    (await put({ maintenanceScope: "InGuestPatch" })).status,
    400,
    "five hours are too long for guests",
  );
});

test("takes a configuration without a window, and one whose start has passed meanwhile", async () => {
  const lab = createLab();
  const body = { location: "westeurope", properties: { maintenanceScope: "OSImage" } };
  assert.equal((await lab.ask("PUT", `${fresh}?${maintenance}`, body)).status, 200);
  const nightly = configuration(shared, "rg-maintenance", "mc-prod-nightly");
  const { body: before } = await lab.ask("GET", `${nightly}?${maintenance}`);
  assert.equal((await lab.ask("PUT", `${nightly}?${maintenance}`, before)).status, 200);
});

test("refuses a missing or unknown region, and a name that is taken in another one", async () => {
  const lab = createLab();
  const { location: _, ...without } = withWindow({});
  const put = (body: Body) => lab.ask("PUT", `${fresh}?${maintenance}`, body);
  assert.equal((await put(without)).body.error.code, "LocationRequired");
  assert.equal(
    (await put({ ...without, location: "atlantis" })).body.error.code,
    "LocationNotAvailableForResourceType",
  );
  assert.equal((await put({ ...without, location: "West Europe" })).body.location, "westeurope");
  const other = await put({ ...without, location: "eastus" });
  assert.equal(other.status, 409);
  assert.equal(other.body.error.code, "InvalidResourceLocation");
  assert.match(
    other.body.error.message,
    /^The resource 'mc-new' already exists in location 'westeurope' in resource group 'rg-maintenance'\./,
  );
});

test("refuses names that are too long together with their group's", async () => {
  const path = (length: number) => configuration(shared, "rg-maintenance", "m".repeat(length));
  const lab = createLab();
  const group = "rg-maintenance".length;
  assert.equal((await lab.ask("PUT", `${path(127 - group)}?${maintenance}`, withWindow({}))).status, 200);
  assert.equal((await lab.ask("PUT", `${path(128 - group)}?${maintenance}`, withWindow({}))).status, 400);
});

test("deletes a configuration with 200 and no body, then 204, and keeps its name for twenty minutes", async () => {
  const lab = createLab();
  await lab.ask("PUT", `${fresh}?${maintenance}`, withWindow({}));
  const deleted = await lab.ask("DELETE", `${fresh}?${maintenance}`);
  assert.equal(deleted.status, 200);
  assert.equal(deleted.body, undefined);
  assert.equal((await lab.ask("DELETE", `${fresh}?${maintenance}`)).status, 204);
  assert.equal((await lab.ask("PUT", `${fresh}?${maintenance}`, withWindow({}))).status, 409);
  await lab.advance("PT20M");
  assert.equal((await lab.ask("PUT", `${fresh}?${maintenance}`, withWindow({}))).status, 200);
});

test("deleting a configuration in use takes its assignments along", async () => {
  const lab = createLab();
  const used = scaleSet(staging, "rg-web-staging", "vmss-web-staging");
  const list = `${used}/providers/Microsoft.Maintenance/configurationAssignments?${maintenance}`;
  assert.equal((await lab.ask("GET", list)).body.value.length, 1);
  await lab.ask(
    "DELETE",
    `${configuration(staging, "rg-maintenance-staging", "MC-staging-daily")}?${maintenance}`,
  );
  assert.equal((await lab.ask("GET", list)).body.value.length, 0);
});

test("associates across subscriptions, and answers as Azure does: location at its PUT only, ids in lower case", async () => {
  const lab = createLab();
  const nightly = configuration(shared, "rg-maintenance", "mc-prod-nightly");
  const body = { location: "westeurope", properties: { maintenanceConfigurationId: nightly } };
  const made = await lab.ask("PUT", `${assignments}/mc-prod-nightly?${maintenance}`, body);
  assert.equal(made.status, 200);
  assert.equal(made.body.location, "westeurope");
  assert.equal((await lab.ask("PUT", `${assignments}/MC-prod-nightly?${maintenance}`, body)).status, 200);
  const got = (await lab.ask("GET", `${assignments.toLowerCase()}/mc-prod-NIGHTLY?${maintenance}`)).body;
  assert.equal(got.location, undefined);
  assert.equal(got.name, "mc-prod-nightly");
  assert.equal(got.properties.resourceId, set.toLowerCase());
  assert.equal(got.properties.maintenanceConfigurationId, nightly.toLowerCase());
  const listed = (await lab.ask("GET", `${assignments}?${maintenance}`)).body.value;
  assert.equal(listed.length, 1);
  assert.equal(listed[0].properties.resourceId, undefined);
});

test("removes an association with 200 and no body, then 204; a GET of a missing one answers 400", async () => {
  const lab = createLab();
  const body = {
    properties: { maintenanceConfigurationId: configuration(shared, "rg-maintenance", "mc-prod-nightly") },
  };
  await lab.ask("PUT", `${assignments}/a?${maintenance}`, body);
  const removed = await lab.ask("DELETE", `${assignments}/a?${maintenance}`);
  assert.equal(removed.status, 200);
  assert.equal(removed.body, undefined);
  assert.equal((await lab.ask("DELETE", `${assignments}/a?${maintenance}`)).status, 204);
  const missing = await lab.ask("GET", `${assignments}/a?${maintenance}`);
  assert.equal(missing.status, 400);
  assert.deepEqual(Object.keys(missing.body), ["Message"]);
  assert.match(missing.body.Message, /^Invalid configurationAssignmentName: .* Confirm api version\.$/);
  assert.deepEqual((await lab.ask("GET", `${assignments}?${maintenance}`)).body, { value: [] });
});

test("refuses an association with what is not there or is no configuration", async () => {
  const lab = createLab();
  const put = (path: string, id: string) =>
    lab.ask("PUT", `${path}/a?${maintenance}`, { properties: { maintenanceConfigurationId: id } });
  const notFound = await put(assignments, configuration(shared, "rg-maintenance", "mc-none"));
  assert.equal(notFound.body.error.code, "ResourceNotFound");
  assert.equal((await put(assignments, set)).status, 400);
  const nowhere = assignments.replace("vmss-cache-prod", "vmss-none");
  const missing = await put(nowhere, configuration(shared, "rg-maintenance", "mc-prod-nightly"));
  assert.equal(missing.status, 404);
  assert.match(
    missing.body.error.message,
    /^The Resource 'Microsoft\.Compute\/virtualMachineScaleSets\/vmss-none'/,
  );
});

test("refuses the maintenance of one scale set with AuthorizationFailed, whatever the call", async () => {
  const lab = createLab();
  const path = `${scaleSet(shared, "RG-identity-shared", "vmss-IDENTITY-broker")}/providers/Microsoft.Maintenance/configurationAssignments`;
  const body = { properties: { maintenanceConfigurationId: fresh } };
  const calls = [
    await lab.ask("GET", `${path}?${maintenance}`),
    await lab.ask("PUT", `${path}/a?${maintenance}`, body),
    await lab.ask("DELETE", `${path}/a?${maintenance}`),
  ];
  const actions = ["read", "write", "delete"];
  for (const [index, answer] of calls.entries()) {
    assert.equal(answer.status, 403);
    assert.equal(answer.body.error.code, "AuthorizationFailed");
    const action = `'Microsoft.Maintenance/configurationAssignments/${actions[index]}'`;
    assert.ok(
      answer.body.error.message.includes(
        `does not have authorization to perform action ${action} over scope`,
      ),
    );
  }
});

test("answers what else the contract has for a scale set and a subscription", async () => {
  const lab = createLab();
  const base = `${set}/providers/Microsoft.Maintenance`;
  const updates = await lab.ask("GET", `${base}/updates?${maintenance}`);
  assert.equal(updates.status, 200);
  assert.deepEqual(updates.body, { value: [] });
  const applied = await lab.ask("GET", `${base}/applyUpdates/default?${maintenance}`);
  assert.equal(applied.body.properties.lastUpdateTime, "0001-01-01T00:00:00Z");
  const parent = `${set}/virtualMachines/0/providers/Microsoft.Maintenance/configurationAssignments?${maintenance}`;
  assert.equal((await lab.ask("GET", parent)).status, 404);
  const root = `${production}/providers/Microsoft.Maintenance`;
  assert.equal((await lab.ask("GET", `${root}/configurationAssignments?${maintenance}`)).status, 501);
  const [open] = (await lab.ask("GET", `${root}/publicMaintenanceConfigurations?${maintenance}`)).body.value;
  assert.deepEqual((await lab.ask("GET", `${open.id}?${maintenance}`)).body, open);
  const operations = (await lab.ask("GET", `/providers/Microsoft.Maintenance/operations?${maintenance}`)).body
    .value;
  assert.ok(
    operations.some((one: Body) => one.name === "Microsoft.Maintenance/configurationAssignments/write"),
  );
});
