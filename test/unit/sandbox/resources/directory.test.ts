import assert from "node:assert/strict";
import { test } from "node:test";
import { createLab, type Lab, production, resources, scaleSet, staging } from "../support.ts";

const home = "3f1c8a52-7d0e-4c6b-9b1a-2e5d40c7a911";
const fabrikam = "d8a4f1c6-50b2-4e97-b3d8-07c9e2f6a158";
const adele = "adele.vance@fabrikam.com";
const megan = "megan.bowen@contoso.com";
const group = `${production}/resourceGroups/rg-new?${resources}`;

async function tokenOf(lab: Lab, order: Record<string, unknown>): Promise<string> {
  const { status, body } = await lab.ask("POST", "/sandbox/tokens", order);
  assert.equal(status, 200, JSON.stringify(body));
  return body.token;
}

const as = (lab: Lab, token: string, method: string, path: string, body?: unknown) =>
  lab.send(
    method,
    path,
    { authorization: `Bearer ${token}` },
    body === undefined ? undefined : JSON.stringify(body),
  );

const named = (value: readonly { displayName: string }[]) => value.map(({ displayName }) => displayName);

test("each account sees its tenants, and through a tenant's token that tenant's subscriptions", async () => {
  const lab = createLab();
  const { body } = await lab.ask("GET", "/sandbox/accounts");
  assert.deepEqual(
    body.value.map((account: { name: string; tenants: { displayName: string }[] }) => [
      account.name,
      named(account.tenants),
    ]),
    [
      [megan, ["Contoso", "Contoso Staging"]],
      [adele, ["Fabrikam", "Contoso"]],
    ],
  );
  const own = await tokenOf(lab, { account: adele });
  assert.deepEqual(named((await as(lab, own, "GET", `/tenants?${resources}`)).body.value), [
    "Fabrikam",
    "Contoso",
  ]);
  assert.deepEqual(named((await as(lab, own, "GET", `/subscriptions?${resources}`)).body.value), [
    "Fabrikam Consulting",
  ]);
  const guest = await tokenOf(lab, { account: adele, tenantId: home });
  assert.deepEqual(named((await as(lab, guest, "GET", `/subscriptions?${resources}`)).body.value), [
    "Contoso Production",
    "Contoso Shared Services",
  ]);
});

test("the sandbox's own token sees its account's tenants at once, and nobody else's", async () => {
  const lab = createLab();
  const { body } = await lab.ask("GET", `/subscriptions?${resources}`);
  assert.deepEqual(named(body.value), ["Contoso Production", "Contoso Shared Services", "Contoso Staging"]);
});

test("a token of another tenant is refused with the authority to ask, and shows nothing in Resource Graph", async () => {
  const lab = createLab();
  const token = await tokenOf(lab, { account: adele, tenantId: home });
  const { status, headers, body } = await as(lab, token, "GET", `${staging}/resourceGroups?${resources}`);
  assert.deepEqual([status, body.error.code], [401, "InvalidAuthenticationTokenTenant"]);
  assert.match(headers["www-authenticate"] ?? "", /authorization_uri="https:\/\/login\.windows\.net\//);
  const query = { query: "resources | project id, subscriptionId" };
  const graph = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
  const rows = (await as(lab, token, "POST", graph, query)).body.data as { id: unknown }[];
  assert.ok(rows.length > 0);
  assert.ok(!rows.some(({ id }) => String(id).startsWith(staging)));
});

test("a token ends with its lifetime", async () => {
  const lab = createLab();
  const token = await tokenOf(lab, { account: megan, tenantId: home, lifetime: "PT1H" });
  await lab.advance("PT59M");
  assert.equal((await as(lab, token, "GET", `/subscriptions?${resources}`)).status, 200);
  await lab.advance("PT1M");
  const { status, headers, body } = await as(lab, token, "GET", `/subscriptions?${resources}`);
  assert.deepEqual([status, body.error.code], [401, "ExpiredAuthenticationToken"]);
  assert.match(headers["www-authenticate"] ?? "", /error="invalid_token"/);
});

test("where writes need multi-factor authentication, the challenge's claims get the token that they take", async () => {
  const lab = createLab();
  await lab.ask("PUT", "/sandbox/conditions", { strongWrites: true });
  const order = { account: megan, tenantId: home };
  const weak = await tokenOf(lab, order);
  assert.equal((await as(lab, weak, "GET", `/subscriptions?${resources}`)).status, 200, "reads need none");
  const { status, headers } = await as(lab, weak, "PUT", group, { location: "westeurope" });
  assert.equal(status, 401);
  const challenge = headers["www-authenticate"] ?? "";
  assert.match(challenge, /error="insufficient_claims"/);
  const claims = /claims="([^"]+)"/.exec(challenge)?.[1] ?? "";
  assert.ok(JSON.parse(atob(claims)).access_token.acrs);
  const strong = await tokenOf(lab, { ...order, claims });
  assert.equal((await as(lab, strong, "PUT", group, { location: "westeurope" })).status, 201);
});

test("only the sandbox's own token gives orders, and orders that make no sense are refused", async () => {
  const lab = createLab();
  const token = await tokenOf(lab, { account: megan });
  assert.equal((await as(lab, token, "POST", "/sandbox/reset")).status, 401);
  for (const order of [
    {},
    { account: megan, tenantId: fabrikam },
    { account: megan, lifetime: "an hour" },
    { account: megan, claims: "?" },
  ])
    assert.equal((await lab.ask("POST", "/sandbox/tokens", order)).status, 400, JSON.stringify(order));
  assert.equal((await lab.ask("PUT", "/sandbox/conditions", { graphLag: "soon" })).status, 400);
});

test("Resource Graph knows of a change only after its lag", async () => {
  const lab = createLab();
  await lab.ask("PUT", "/sandbox/conditions", { graphLag: "PT60S" });
  const known = async () => {
    const query = {
      query:
        "resourcecontainers | where name in ('rg-first', 'rg-second') | project id, name | order by id asc",
    };
    const graph = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
    const { body } = await lab.ask("POST", graph, query);
    return body.data.map(({ name }: { name: string }) => name);
  };
  const put = (name: string) =>
    lab.ask("PUT", `${production}/resourceGroups/${name}?${resources}`, { location: "westeurope" });
  await put("rg-first");
  await lab.advance("PT30S");
  await put("rg-second");
  assert.deepEqual(await known(), []);
  await lab.advance("PT30S");
  assert.deepEqual(await known(), ["rg-first"]);
  await lab.advance("PT30S");
  assert.deepEqual(await known(), ["rg-first", "rg-second"]);
});

test("what is denied is refused on the scope and below it, and is among the permissions' notActions", async () => {
  const lab = createLab();
  const set = scaleSet(production, "rg-web-prod-weu", "vmss-web-prod");
  const action = "Microsoft.Compute/virtualMachineScaleSets/write";
  await lab.ask("POST", "/sandbox/denials", { scope: set, action });
  const patch = (id: string) => lab.ask("PATCH", `${id}?api-version=2025-04-01`, { tags: {} });
  const { status, body } = await patch(set);
  assert.deepEqual([status, body.error.code], [403, "AuthorizationFailed"]);
  assert.ok(body.error.message.includes(`perform action '${action}' over scope '${set}'`));
  assert.equal((await patch(`${set}-2`)).status, 404, "a name that begins alike is another scope");
  const permissions = async (id: string) => {
    const path = `${id}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`;
    return (await lab.ask("GET", path)).body.value[0].notActions as string[];
  };
  assert.ok((await permissions(set)).includes(action));
  assert.ok(!(await permissions(scaleSet(production, "rg-web-prod-weu", "vmss-api-prod"))).includes(action));
});
