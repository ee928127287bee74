import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, get } from "../../scripts/lib/outside.ts";
import { differences, holdingsOf, type Holdings } from "../../scripts/tour/holdings.ts";
import { expectations, idsOf } from "../../scripts/tour/job.ts";
import * as steps from "../../scripts/tour/play.ts";
import {
  type AccountsWorkbench,
  cloudName,
  cloudSettings,
  openAccountsWorkbench,
} from "../support/accountsWorkbench.ts";
import { eventually } from "../support/eventually.ts";
import { takePicture, tellFailures } from "../support/pictures.ts";
import { reading, readingOver } from "../support/reading.ts";

const megan = "megan.bowen@contoso.com";
const adele = "adele.vance@fabrikam.com";
const contoso = "3f1c8a52-7d0e-4c6b-9b1a-2e5d40c7a911";
const staging = "b62d94e0-15fa-4f3e-8c27-6a90d3f1be45";
const fabrikam = "d8a4f1c6-50b2-4e97-b3d8-07c9e2f6a158";
const contosos = ["Contoso Production", "Contoso Shared Services", "Contoso Staging"];

/**
 * The real path: azureauth, VS Code's own cloud settings, consent and accounts, HTTPS. Only the provider of the accounts and the Azure are
 * stand-ins. The tests go on from one another.
 */
let opened: AccountsWorkbench;
let original: Holdings;
before(
  async () => {
    opened = await openAccountsWorkbench(fabrikam, {
      settings: {
        "azureResourceGroups.selectedSubscriptions": [
          `${contoso}/1a6f0c2e-94b7-4d58-a3c1-7e20b9d5f001`,
          `${contoso}/4c83e7b1-0d2a-4f96-b8e5-90a1c6d7f002`,
          `${staging}/87d5b3f9-6e41-4a0c-9d72-3fb8e1a4c003`,
        ],
      },
    });
    const { workbench, sandbox } = opened;
    original = await holdingsOf(sandbox);
    await workbench.openContainer("Scale Set Maintenance");
    await workbench.widenSideBar(520);
  },
  { timeout: 120_000 },
);
after(() => opened?.[Symbol.asyncDispose]());
tellFailures(() => [opened.workbench]);

const sideBar = () => opened.workbench.page.locator(".part.sidebar");
/** What the view says above its nodes. */
const says = (text: string | RegExp) => sideBar().locator(".message", { hasText: text }).waitFor();
const noPicture = () => Promise.resolve();

const picture = (name: string) => takePicture(opened.workbench, name);

/** The roots of the tree, by the beginning of what is spoken. */
async function roots(...expected: readonly RegExp[]): Promise<void> {
  const tree = opened.workbench.tree("Fleet");
  await eventually(async () => {
    const names = (await tree.rows()).filter(({ level }) => level === 1).map(({ name }) => name);
    assert.equal(names.length, expected.length, names.join(" | "));
    for (const [index, pattern] of expected.entries()) assert.match(names[index] ?? "", pattern);
  }, 30_000);
}

const subscriptions = (...names: readonly string[]) =>
  names.map((name) => new RegExp(`^Subscription ${name},`));

async function allow(): Promise<string> {
  const { workbench } = opened;
  const text = await eventually(() => workbench.dialog(), 60_000);
  await workbench.answerDialog("Allow");
  return text;
}

test("nobody is signed in: the view offers to, and the account's tenants and subscriptions appear", async () => {
  const { workbench, asked } = opened;
  await sideBar().getByRole("button", { name: "Sign In" }).click();
  await sideBar().getByText("Signing in").waitFor();
  assert.match(await allow(), /wants to sign in using Test Cloud/);
  await workbench.quickInput.pick(megan);
  await roots(...subscriptions(...contosos));
  assert.deepEqual(asked(), [{ event: "createSession", account: megan, tenantId: "" }]);
});

test("the view names the cloud, since it is not the public one", async () => {
  await says(cloudName);
});

test("of a second account each subscription shows once, and the tenant that needs its own sign-in is a node", async () => {
  const { workbench } = opened;
  await workbench.run("Scale Set Maintenance: Sign In");
  await allow();
  await workbench.quickInput.pick("Sign in to another account");
  await workbench.quickInput.pick(adele);
  await roots(/^Fabrikam, sign in to see its subscriptions, adele/, ...subscriptions(...contosos));
  await picture("locked-tenant");
});

test("a stronger sign-in that is refused is said so plainly, and changes nothing", async () => {
  const { workbench, sandbox, asked } = opened;
  const set = await ask(sandbox, "PUT", "/sandbox/conditions", { strongWrites: true });
  assert.equal(set.status, 204);
  await workbench.run("Scale Set Maintenance: Disable Automatic OS Upgrades");
  await workbench.quickInput.step("Choose scale sets");
  await workbench.quickInput.pickMany(["vmss-web-prod"]);
  await workbench.quickInput.step("Review");
  assert.match(
    await workbench.quickInput.title(),
    /^Disable Automatic OS Upgrades: Review · megan\.bowen@contoso\.com · Contoso · Loopback Cloud \(2\/2\)$/,
  );
  await picture("review-of-account");
  await workbench.quickInput.apply(/^Turn off automatic OS upgrades for vmss-web-prod, 1 change$/);
  assert.match(await eventually(() => workbench.dialog()), /multi-factor authentication/);
  await picture("stronger-sign-in");
  await workbench.answerDialog("Cancel");
  assert.match(await workbench.toast(/failed/), /requires a stronger sign-in/);
  await picture("stronger-sign-in-refused");
  await workbench.clearToasts();
  assert.deepEqual(differences(original, await holdingsOf(sandbox)), []);
  assert.deepEqual(
    asked().filter(({ event }) => event === "challenge"),
    [],
  );
});

test("the three steps: each tenant asks once for multi-factor authentication, and the same write goes on", async () => {
  const { workbench, sandbox, asked } = opened;
  const { withUpgrades } = expectations(original, idsOf(sandbox));
  await Promise.all([steps.createConfiguration(workbench, noPicture), allow()]);
  await Promise.all([steps.associate(workbench, noPicture), allow()]);
  await steps.enableUpgrades(workbench, noPicture);
  assert.deepEqual(differences(withUpgrades, await holdingsOf(sandbox)), []);
  const challenges = asked().filter(({ event }) => event === "challenge");
  assert.deepEqual(
    challenges.map(({ account, tenantId }) => [account, tenantId]),
    [
      [megan, contoso],
      [megan, staging],
    ],
  );
  for (const { claims = "" } of challenges) {
    assert.deepEqual(JSON.parse(atob(claims)), {
      access_token: { acrs: { essential: true, values: ["p1"] } },
    });
  }
});

test("a window left open overnight keeps working: no token is kept", async () => {
  const { workbench, sandbox } = opened;
  await readingOver(opened); // what is on its way still has the token of before
  await ask(sandbox, "POST", "/sandbox/clock", { advance: "PT12H" });
  await ask(sandbox, "DELETE", "/sandbox/requests");
  await reading(opened, () => workbench.run("Scale Set Maintenance: Refresh"));
  await roots(/^Fabrikam,/, ...subscriptions(...contosos));
  const { value } = await requestsOf();
  assert.ok(value.some(({ path }) => path.includes("virtualMachineScaleSets")));
  assert.deepEqual(
    value.filter(({ status }) => status === 401),
    [],
  );
});

test("the node of the locked tenant signs in to it; the filter that Azure Resources had is taken over and shown", async () => {
  const { workbench, asked } = opened;
  await workbench.tree("Fleet").inlineAction(/^Fabrikam,/, "Sign In");
  assert.match(await allow(), /Sign in to see your scale sets in this tenant/);
  await says("Filtered: 3 of 4 subscriptions");
  await roots(...subscriptions(...contosos));
  assert.deepEqual(asked().at(-1), { event: "createSession", account: adele, tenantId: fabrikam });
});

test("Select Subscriptions lists them by account and tenant, and only what is ticked is read", async () => {
  const { workbench, sandbox } = opened;
  await workbench.run("Scale Set Maintenance: Select Subscriptions");
  await workbench.quickInput.shows(
    /Contoso Production[\s\S]*Fabrikam Consulting|Fabrikam Consulting[\s\S]*Contoso Production/,
  );
  assert.deepEqual((await workbench.quickInput.ticked()).toSorted(), contosos);
  const separators = workbench.quickInput.widget.locator(".quick-input-list-separator");
  assert.deepEqual(
    (await separators.filter({ visible: true }).allInnerTexts()).filter((text) => text !== ""),
    [`${adele} · Fabrikam`, `${megan} · Contoso`, `${megan} · Contoso Staging`],
  );
  await picture("select-subscriptions");
  await readingOver(opened); // what is still asked of all that was ticked so far is not what this is about
  await ask(sandbox, "DELETE", "/sandbox/requests");
  for (const name of ["Contoso Production", "Contoso Staging"]) await workbench.quickInput.tick(name, false);
  await workbench.quickInput.pickMany(["Fabrikam Consulting"]);
  await says("Filtered: 2 of 4 subscriptions");
  await roots(...subscriptions("Contoso Shared Services", "Fabrikam Consulting"));
  await eventually(async () => {
    const { value } = await requestsOf();
    assert.ok(value.some(({ path }) => path.includes("/2e90b6d4-")));
  });
  await readingOver(opened);
  const { value } = await requestsOf();
  const ofTheUnticked = value.filter(
    ({ path }) => path.includes("/1a6f0c2e-") && path.includes("/providers/"),
  );
  assert.deepEqual(ofTheUnticked, []);
});

test("signing out of VS Code's accounts brings the view back to where it began", async () => {
  const { workbench } = opened;
  await workbench.run("Test Cloud: Sign Out");
  await sideBar().getByRole("button", { name: "Sign In" }).waitFor();
});

test("VS Code's cloud settings are followed: an incomplete one is a node that says why, until it is completed", async () => {
  const { workbench, sandbox } = opened;
  await workbench.changeSettings({ "microsoft-sovereign-cloud.customEnvironment": { name: "Half a Cloud" } });
  await roots(/^Problem: Couldn't load your fleet\. The custom cloud isn't configured\./);
  await workbench.changeSettings(cloudSettings(sandbox.url));
  await sideBar().getByRole("button", { name: "Sign In" }).waitFor();
});

function requestsOf() {
  return get<{ readonly value: readonly { readonly path: string; readonly status: number }[] }>(
    opened.sandbox,
    "/sandbox/requests",
  );
}
