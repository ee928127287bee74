import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type AccountsWorkbench, cloudName, openAccountsWorkbench } from "../support/accountsWorkbench.ts";

const megan = "megan.bowen@contoso.com";
const fabrikam = "d8a4f1c6-50b2-4e97-b3d8-07c9e2f6a158";

/** The real path: azureauth, VS Code's cloud settings and accounts, HTTPS. Only the accounts' provider and the Azure are stand-ins. */
let opened: AccountsWorkbench;
before(
  async () => {
    opened = await openAccountsWorkbench(fabrikam);
    await opened.workbench.openContainer("Scale Set Maintenance");
    await opened.workbench.widenSideBar(520);
  },
  { timeout: 120_000 },
);
after(() => opened?.[Symbol.asyncDispose]());

test("nobody is signed in: the view offers to, and the first account's tenants and subscriptions appear", async () => {
  const { workbench, asked } = opened;
  await workbench.page.locator(".part.sidebar").getByRole("button", { name: "Sign In" }).click();
  assert.match(await workbench.dialog(), /wants to sign in using Test Cloud/);
  await workbench.answerDialog("Allow");
  await workbench.quickInput.pick(megan);
  const tree = workbench.tree("Fleet");
  for (const name of ["Contoso Production", "Contoso Shared Services", "Contoso Staging"])
    await tree.row(name);
  assert.deepEqual(asked(), [{ event: "createSession", account: megan, tenantId: "" }]);
  assert.match(await workbench.page.locator(".part.sidebar").innerText(), new RegExp(cloudName));
});
