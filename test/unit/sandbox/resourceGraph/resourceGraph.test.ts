import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Answer,
  type Body,
  configuration,
  createLab,
  type Lab,
  maintenance,
  production,
  shared,
  staging,
} from "../support.ts";

const path = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
const ask = (lab: Lab, query: string, more: Body = {}): Promise<Answer> =>
  lab.ask("POST", path, { query, ...more });
const run = async (query: string, more: Body = {}): Promise<Body> =>
  (await ask(createLab(), query, more)).body.data;
const column = async (query: string): Promise<Body[]> =>
  (await run(query)).map((row: Body) => Object.values(row)[0]);

const configurations = "resources | where type =~ 'Microsoft.Maintenance/maintenanceConfigurations'";
const sets = "resources | where type =~ 'microsoft.compute/virtualmachinescalesets'";

test("answers the inventory of configurations", async () => {
  const rows = await run(`${configurations}
    | where tostring(properties.maintenanceScope) =~ 'osimage'
    | project id, name, location, resourceGroup, subscriptionId, tags, properties | order by id asc`);
  assert.equal(rows.length, 4);
  assert.deepEqual(Object.keys(rows[0]), [
    "id",
    "name",
    "location",
    "resourceGroup",
    "subscriptionId",
    "tags",
    "properties",
  ]);
  assert.equal(rows[0].properties.maintenanceWindow.duration, "05:30");
  const ids = rows.map((row: Body) => row.id);
  assert.deepEqual(ids, ids.toSorted());
});

test("answers the inventory of assignments, without those that the caller may not read", async () => {
  const rows = await run(`maintenanceresources
    | where type =~ 'microsoft.maintenance/configurationassignments'
    | where id contains '/MICROSOFT.compute/virtualmachinescalesets/'
    | project id, name, resourceId = tolower(tostring(properties.resourceId)), configId = tolower(tostring(properties.maintenanceConfigurationId))
    | order by id asc`);
  assert.equal(rows.length, 15);
  assert.ok(rows.every((row: Body) => row.resourceId === row.resourceId.toLowerCase()));
  assert.ok(rows.every((row: Body) => row.id.toLowerCase().startsWith(row.resourceId)));
  assert.ok(!rows.some((row: Body) => row.id.includes("vmss-identity-broker")));
});

test("answers subscriptions and groups, and only of the subscriptions that were asked for", async () => {
  const subscriptions = [production.split("/")[2]];
  const query = "resourcecontainers | where type =~ 'microsoft.resources/subscriptions' | project name";
  assert.deepEqual(await run(query, { subscriptions }), [{ name: "Contoso Production" }]);
  assert.equal((await run("ResourceContainers | count"))[0].Count, 15);
  const both = [...subscriptions, staging.split("/")[2]?.toUpperCase()];
  assert.equal((await run(`${sets} | count`, { subscriptions: both }))[0].Count, 21);
});

test("knows the operators of conditions", async () => {
  const names = (condition: string) =>
    column(`${configurations} | where ${condition} | project name | order by name asc`);
  assert.deepEqual(await names("name == 'mc-prod-nightly'"), ["mc-prod-nightly"]);
  assert.deepEqual(await names("name == 'MC-prod-nightly'"), []);
  assert.deepEqual(await names("name =~ 'MC-prod-nightly'"), ["mc-prod-nightly"]);
  assert.equal((await names("name != 'mc-prod-nightly'")).length, 4);
  assert.deepEqual(await names("name contains 'PROD-n'"), ["mc-prod-nightly"]);
  assert.deepEqual(await names("name has 'prod'"), ["mc-prod-nightly"]);
  assert.deepEqual(await names("name has 'pro'"), []);
  assert.deepEqual(await names("name !contains 'm' or name startswith 'MC-web'"), ["mc-web-until-migration"]);
  assert.deepEqual(await names("name in~ ('MC-STAGING-daily', \"mc-prod-nightly\")"), [
    "mc-prod-nightly",
    "mc-staging-daily",
  ]);
  assert.equal((await names("name !in ('mc-staging-daily')")).length, 4);
  assert.deepEqual(
    await names("not(name contains 'mc-') or (name contains 'daily' and isnotempty(location))"),
    ["mc-staging-daily"],
  );
  assert.deepEqual(await names("properties['maintenanceScope'] == 'InGuestPatch'"), [
    "mc-guest-patching-sunday",
  ]);
  assert.deepEqual(await names("tags.environment == 'shared' and isnull(properties.nothing.at.all)"), [
    "mc-shared-fourth-monday",
  ]);
});

test("compares numbers and booleans as such, and reads into lists", async () => {
  const on = "properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade == true";
  assert.equal((await run(`${sets} | where ${on} | count`))[0].Count, 10);
  const large = await column(`${sets} | where toint(sku.capacity) >= 20 | project name | order by name desc`);
  assert.deepEqual(large, ["vmss-transcode-prod", "vmss-loadtest-staging", "vmss-build-agents"]);
  assert.equal(
    (await run(`${sets} | where zones[0] == '1' and array_length(zones) == 3 | count`))[0].Count,
    24,
  );
});

test("shapes rows: project, extend, project-away, distinct, take", async () => {
  const [row] = await run(`${configurations} // the first of all
    | extend scope = tolower(properties.maintenanceScope)
    | order by name | project properties.maintenanceScope, scope | take 1`);
  assert.deepEqual(row, {
    properties_maintenanceScope: "OSImage",
    scope: "osimage",
  });
  assert.deepEqual(
    Object.keys((await run("resources | project id, name, type | project-away type, id | limit 1"))[0]),
    ["name"],
  );
  assert.deepEqual(await column("resources | distinct type | order by type asc"), [
    "microsoft.compute/virtualmachinescalesets",
    "microsoft.maintenance/maintenanceconfigurations",
  ]);
});

test("joins, inner and outer", async () => {
  const join = (kind: string) => `${sets} | project id = tolower(id), name
    | join kind=${kind} (maintenanceresources | project key = tolower(tostring(properties.resourceId)), name) on $left.id == $right.key
    | project name, name1`;
  assert.equal((await run(join("inner"))).length, 15);
  const outer = await run(join("leftouter"));
  assert.equal(outer.length, 27, "26 sets, one of them with two");
  assert.ok(outer.some((row: Body) => row.name === "vmss-cache-prod" && row.name1 === null));
});

test("pages with a token, a hundred rows or as many as asked for, if the rows have ids", async () => {
  const lab = createLab();
  const query = `${sets} | project id, name | order by name asc`;
  const seen: string[] = [];
  let token: string | undefined;
  do {
    const options = { $top: 10, ...(token !== undefined && { $skipToken: token }) };
    const { body, headers } = await ask(lab, query, { options });
    assert.equal(body.totalRecords, 26);
    assert.equal(body.count, body.data.length);
    assert.equal(body.resultTruncated, "false");
    assert.match(headers["x-ms-user-quota-remaining"] ?? "", /^\d+$/);
    assert.match(headers["x-ms-user-quota-resets-after"] ?? "", /^\d\d:\d\d:\d\d$/);
    seen.push(...body.data.map((row: Body) => row.name));
    token = body.$skipToken;
  } while (token !== undefined);
  assert.equal(seen.length, 26);
  const without = (await ask(lab, `${sets} | project name`, { options: { $top: 10 } })).body;
  assert.equal(without.$skipToken, undefined);
  assert.equal(without.resultTruncated, "true");
  const skipped = (await ask(lab, query, { options: { $skip: 20 } })).body;
  assert.equal(skipped.count, 6);
  assert.equal((await ask(lab, query, { options: { $top: 1001 } })).status, 400);
  assert.equal((await ask(lab, query, { options: { $skipToken: "other" } })).status, 400);
});

test("answers as a table when asked to", async () => {
  const data = await run(`${configurations} | project name, tags | order by name asc | take 1`, {
    options: { resultFormat: "table" },
  });
  assert.deepEqual(
    data.columns.map((one: Body) => one.name),
    ["name", "tags"],
  );
  assert.equal(data.rows[0][0], "mc-guest-patching-sunday");
});

const unknown: readonly (readonly [query: string, token: string])[] = [
  ["", "<EOF>"],
  ["machines", "machines"],
  ["resources where name == 'x'", "where"],
  ["resources | summarize percentile(name, 5) by type", "percentile"],
  ["resources | where colour == 'red'", "colour"],
  ["resources | where replace_string(name, 'x', 'y') == 'y'", "replace_string"],
  ["resources | where constructor(name) == 'y'", "constructor"],
  ["resources | toString id", "toString"],
  ["resources | where tolower(name, id) == 'y'", "tolower"],
  ["resources | where name ~ 'x'", "~"],
  ["resources | where name matches regex 'x'", "matches"],
  ["resources | where name == 'x", "'"],
  ["resources | project id,", "<EOF>"],
  ["resources | project id, tolower(id), id", "id"],
  ["resources | take many", "many"],
  ["resources | where (name == 'x'", "<EOF>"],
  ["resources | join kind=leftanti (resources) on id", "leftanti"],
  ["resources | join (resources) on colour", "colour"],
  [
    "resources | join (resources) on id | join (resources) on id | join (resources) on id | union resources",
    "union",
  ],
];

for (const [query, token] of unknown) {
  test(`refuses what it does not know: ${query}`, async () => {
    const { status, body } = await ask(createLab(), query);
    assert.equal(status, 400);
    assert.equal(body.error.code, "BadRequest");
    const [invalid, failure] = body.error.details;
    assert.equal(invalid.code, "InvalidQuery");
    assert.equal(failure.code, "ParserFailure");
    assert.equal(failure.token, token);
    assert.equal(failure.line, 1);
  });
}

test("says in which line the query fails", async () => {
  const { body } = await ask(createLab(), "resources\n| where name == 'x'\n| fold id");
  assert.deepEqual([body.error.details[1].line, body.error.details[1].characterPositionInLine], [3, 2]);
});

const nightly = configuration(shared, "rg-maintenance", "mc-prod-nightly");
const nightlyInGraph = (lab: Lab) =>
  ask(lab, `${configurations} | where name == 'mc-prod-nightly' | project id, wave = tostring(tags.wave)`);

test("knows of several changes of one resource one after the other", async () => {
  const lab = createLab({ conditions: { graphLag: "PT60S" } });
  const known = async () => (await nightlyInGraph(lab)).body.data.map((row: Body) => row.wave);
  const change = (wave: string) => lab.ask("PATCH", `${nightly}?${maintenance}`, { tags: { wave } });
  await change("1");
  await lab.advance("PT20S");
  await change("2");
  await change("3");
  await lab.advance("PT20S");
  await lab.ask("DELETE", `${nightly}?${maintenance}`);
  assert.deepEqual(await known(), [""]);
  await lab.advance("PT20S");
  assert.deepEqual(await known(), ["1"]);
  await lab.advance("PT20S");
  assert.deepEqual(await known(), ["3"]);
  await lab.advance("PT20S");
  assert.deepEqual(await known(), []);
});

test("leaves out from then on what the caller may not read any more", async () => {
  const lab = createLab();
  assert.equal((await nightlyInGraph(lab)).body.totalRecords, 1);
  const action = "Microsoft.Maintenance/maintenanceConfigurations/read";
  await lab.ask("POST", "/sandbox/denials", { scope: `${shared}/resourceGroups/rg-maintenance`, action });
  assert.equal((await nightlyInGraph(lab)).body.totalRecords, 0);
  const list = `${shared}/providers/Microsoft.Maintenance/maintenanceConfigurations?${maintenance}`;
  assert.deepEqual((await lab.ask("GET", list)).body.value, []);
  assert.equal((await lab.ask("GET", `${nightly}?${maintenance}`)).status, 403);
});
