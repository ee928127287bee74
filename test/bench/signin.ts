import { createServer } from "node:https";
import { registerHooks } from "node:module";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { setTimeout as pause } from "node:timers/promises";
import { loopbackCertificate } from "../../scripts/lib/certificate.ts";
import type { Measured } from "../../scripts/tasks/bench.ts";
import { openAzure } from "../../src/azure/open.ts";
import { median } from "../support/statistics.ts";
import * as vscode from "../support/vscodeStandIn.ts";

const accounts = 3;
const tenantsPerAccount = 20;
const callMs = 60;
const runs = 3;

const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/**
 * How long it takes from the accounts to all of their subscriptions: ours, and the azureauth library's own `getSubscriptions()`, on the same
 * Azure, which takes its time for each call.
 */
export async function run(): Promise<Measured> {
  await using azure = await slowAzure();
  useAccounts(azure.url);
  using _hooks = standIn();
  const { connectWithAccounts } = await import("../../src/azure/accounts/auth.ts");
  const { VSCodeAzureSubscriptionProvider } = await import("@microsoft/vscode-azext-azureauth");

  const ours = async () => {
    const azureOfAccounts = openAzure(connectWithAccounts(quiet), quiet, "0.0.0");
    let found = 0;
    for await (const event of azureOfAccounts.inventory(new AbortController().signal, () => false)) {
      if (event.kind === "subscriptions") found += event.subscriptions.length;
    }
    return found;
  };
  const library = async () => (await new VSCodeAzureSubscriptionProvider().getSubscriptions(false)).length;

  const [oursMs, libraryMs] = [await timed(ours), await timed(library)];
  const ratio = Math.round((oursMs / libraryMs) * 1000) / 1000;
  const what = `${accounts} accounts × ${tenantsPerAccount} tenants, ${callMs} ms a call, median of ${runs}`;
  return {
    figures: { oursMs, libraryMs, ratio },
    table: [
      { what: `this extension, ${what}`, figure: oursMs, unit: "ms" },
      { what: `the library, ${what}`, figure: libraryMs, unit: "ms" },
      { what: "ratio", figure: ratio, unit: "" },
    ],
  };
}

/** The median time of some runs, each of which has to find every subscription. */
async function timed(list: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < runs; count++) {
    const start = performance.now();
    const found = await list();
    times.push(performance.now() - start);
    if (found !== accounts * tenantsPerAccount) throw new Error(`${found} subscriptions were found.`);
  }
  return median(times);
}

/** Resolves `vscode` to the stand-in until it is disposed of. */
function standIn(): Disposable {
  const url = new URL("../support/vscodeStandIn.ts", import.meta.url).href;
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "vscode" ? { url, shortCircuit: true } : next(specifier, context),
  });
  return { [Symbol.dispose]: () => hooks.deregister() };
}

/** Accounts whose tokens say whose they are and of which tenant: `account-1/tenant-1-7`, or `account-1/` for its home. */
function useAccounts(url: string): void {
  Object.assign(vscode.settings, {
    "microsoft-sovereign-cloud.environment": "custom",
    "microsoft-sovereign-cloud.customEnvironment": {
      name: "Slow",
      portalUrl: "https://portal.invalid/",
      managementEndpointUrl: "https://management.invalid/",
      resourceManagerEndpointUrl: `${url}/`,
      activeDirectoryEndpointUrl: "https://login.invalid/",
      activeDirectoryResourceId: "https://management.invalid/",
    },
  });
  const all = Array.from({ length: accounts }, (_, index) => ({
    id: `account-${index}`,
    label: `account-${index}@contoso.com`,
  }));
  vscode.authentication.getAccounts = async () => all;
  vscode.authentication.getSession = async (_, request, { account }) => {
    const scopes = "fallbackScopes" in request ? request.fallbackScopes : request;
    const tenant = scopes.find((scope) => scope.startsWith("VSCODE_TENANT:"))?.slice("VSCODE_TENANT:".length);
    return { accessToken: `${account?.id}/${tenant ?? ""}` };
  };
}

/** An Azure on loopback that answers the lists of tenants and subscriptions, each after `callMs`. */
async function slowAzure(): Promise<AsyncDisposable & { readonly url: string }> {
  const { authority, certificate, key } = await loopbackCertificate();
  const trusted = getCACertificates("default");
  setDefaultCACertificates([...trusted, authority]);
  const server = createServer({ key, cert: certificate }, (request, response) => {
    const [account = "", tenant = ""] = (request.headers.authorization ?? "")
      .slice("Bearer ".length)
      .split("/");
    const tenants = Array.from({ length: tenantsPerAccount }, (_, index) => `${account}-tenant-${index}`);
    const body = request.url?.startsWith("/tenants")
      ? tenants.map((tenantId) => ({ id: `/tenants/${tenantId}`, tenantId, displayName: tenantId }))
      : [subscriptionOf(tenant === "" ? (tenants[0] ?? "") : tenant)];
    void pause(callMs).then(() =>
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ value: body })),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      setDefaultCACertificates(trusted);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function subscriptionOf(tenantId: string) {
  const subscriptionId = `subscription-of-${tenantId}`;
  return { id: `/subscriptions/${subscriptionId}`, subscriptionId, tenantId, displayName: subscriptionId };
}
