import assert from "node:assert/strict";
import { test } from "node:test";
import { subscriptionGroups, unreachedHeading } from "../../../../src/commands/session/subscriptionRows.ts";

const account = (name: string) => ({ id: name, label: `${name}@contoso.com` });
const subscription = (displayName: string, tenantName: string, name?: string) => ({
  subscriptionId: displayName,
  displayName,
  tenantId: tenantName,
  through: { tenantId: tenantName, tenantName, ...(name !== undefined && { account: account(name) }) },
});

test("subscriptions stand under their account and tenant, in the order of names and numbers", () => {
  const groups = subscriptionGroups(
    [
      subscription("Shop 10", "Contoso", "megan"),
      subscription("Lab", "Fabrikam", "adele"),
      subscription("shop 9", "Contoso", "megan"),
      subscription("Desk", "Contoso", "adele"),
    ],
    "en",
  );
  assert.deepEqual(
    groups.map(({ heading, subscriptions }) => [heading, ...subscriptions.map((one) => one.displayName)]),
    [
      ["adele@contoso.com · Contoso", "Desk"],
      ["adele@contoso.com · Fabrikam", "Lab"],
      ["megan@contoso.com · Contoso", "shop 9", "Shop 10"],
    ],
  );
});

test("without accounts they stand under their tenant", () => {
  const [group] = subscriptionGroups([subscription("Shop", "Contoso")], "en");
  assert.equal(group?.heading, "Contoso");
});

test("a tenant or account that could not be listed is called as its group would be", () => {
  const tenant = { tenantId: "t", displayName: "Fabrikam", account: account("adele") };
  assert.equal(unreachedHeading(tenant), "adele@contoso.com · Fabrikam");
  assert.equal(
    unreachedHeading({ displayName: "adele@contoso.com", account: account("adele") }),
    "adele@contoso.com",
  );
});
