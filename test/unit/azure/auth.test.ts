import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { after, before, beforeEach, describe, it } from "node:test";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { loopbackCertificate } from "../../../scripts/lib/certificate.ts";
import type { connectWithAccounts } from "../../../src/azure/auth.ts";
import { problemOf } from "../../../src/azure/errors.ts";
import { openAzure } from "../../../src/azure/open.ts";
import { inEnglish, verbatim } from "../../../src/core/message.ts";
import { Sandbox } from "../../../src/sandbox/sandbox.ts";
import { serve, type Served } from "../../../src/sandbox/server.ts";
import { collected, never, recordingLog, scaleSet, token } from "./support.ts";
import * as vscode from "./standInVscode.ts";

const standIn = new URL("./standInVscode.ts", import.meta.url).href;
const me = { id: "me", label: "me@contoso.com" };
const signedOut = { id: "other", label: "other@fabrikam.com" };

describe("the connection through VS Code's accounts, with the real azureauth library and an Azure on loopback", () => {
  const sandbox = new Sandbox({ fleet: "small", token, operationSeconds: 0 });
  let served: Served;
  let connect: typeof connectWithAccounts;
  let asked: { readonly scopes: readonly string[]; readonly silent: boolean | undefined }[] = [];
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
  });
  const authorities = getCACertificates("default");

  before(async () => {
    const { authority, certificate, key } = await loopbackCertificate();
    setDefaultCACertificates([...authorities, authority]);
    served = await serve(sandbox, {
      port: 0,
      key,
      certificate,
      onError: (error) => assert.fail(String(error)),
    });
    const customEnvironment = {
      name: "Loopback",
      portalUrl: "https://portal.invalid/",
      managementEndpointUrl: "https://management.invalid/",
      resourceManagerEndpointUrl: `${served.url}/`,
      activeDirectoryEndpointUrl: "https://login.invalid/",
      activeDirectoryResourceId: "https://management.invalid/",
    };
    Object.assign(vscode.settings, {
      "microsoft-sovereign-cloud.environment": "custom",
      "microsoft-sovereign-cloud.customEnvironment": customEnvironment,
    });
    ({ connectWithAccounts: connect } = await import("../../../src/azure/auth.ts"));
  });

  beforeEach(() => {
    asked = [];
    vscode.authentication.getAccounts = async () => [me];
    vscode.authentication.onDidChangeSessions = () => ({ dispose() {} });
    vscode.authentication.getSession = async (_, scopes, { account, silent }) => {
      asked.push({ scopes, silent });
      return account?.id === signedOut.id ? undefined : { accessToken: token };
    };
  });

  after(async () => {
    await served.close();
    setDefaultCACertificates(authorities);
    hooks.deregister();
  });

  it("is of the cloud that VS Code's settings name", () => {
    const { cloud } = connect(recordingLog().log);
    assert.deepEqual(cloud, {
      name: "Loopback",
      endpoint: served.url,
      scopes: ["https://management.invalid/.default"],
      portalUrl: "https://portal.invalid",
    });
  });

  it("reads the fleet and applies a plan, with a token of each tenant, asked anew for every request and never by a prompt", async () => {
    const { log, lines } = recordingLog();
    const azure = openAzure(connect(log), log, "1.0.0");
    const events = await collected(azure.inventory(never));
    const failures = events.filter(({ kind }) => kind === "failed" || kind === "tenantFailed");
    assert.deepEqual(failures, []);
    const subscriptions = events.flatMap((event) =>
      event.kind === "subscriptions" ? event.subscriptions : [],
    );
    assert.deepEqual(
      subscriptions.toSorted((a, b) => a.displayName.localeCompare(b.displayName)),
      sandbox.subscriptions().toSorted((a, b) => a.displayName.localeCompare(b.displayName)),
    );

    const body = {
      properties: { upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } } },
    };
    const change = {
      id: "enable",
      kind: "setUpgradePolicy",
      target: scaleSet("vmss-search-prod"),
      title: verbatim("x"),
      after: body,
      needs: [],
    } as const;
    const [result] = await azure.apply(
      { title: verbatim("x"), changes: [change], leftOut: [], warnings: [] },
      { signal: never },
    );
    assert.equal(result?.outcome.status, "done");

    const requests = lines.filter((line) => line.includes(" → "));
    const ofTenants = asked.filter(({ scopes }) =>
      scopes.some((scope) => scope.startsWith("VSCODE_TENANT:")),
    );
    assert.ok(requests.length > 30);
    assert.equal(ofTenants.length, requests.length, "a token for each request");
    assert.equal(new Set(ofTenants.map(({ scopes }) => scopes.join(" "))).size, 2, "of both tenants");
    assert.ok(asked.every(({ silent }) => silent === true));
    assert.ok(lines.every((line) => !line.includes(token)));
  });

  it("names an account that needs its own sign-in and still shows the others", async () => {
    vscode.authentication.getAccounts = async () => [signedOut, me];
    const { log } = recordingLog();
    const events = await collected(openAzure(connect(log), log, "1.0.0").inventory(never));
    const failed = events.filter((event) => event.kind === "tenantFailed");
    assert.deepEqual(
      failed.map(({ displayName, problem }) => [displayName, problem.kind]),
      [["other@fabrikam.com", "notSignedIn"]],
    );
    assert.equal(events.filter(({ kind }) => kind === "scaleSets").length, 3);
  });

  it("says so when the session ends while it is open", async () => {
    const { log } = recordingLog();
    const azure = openAzure(connect(log), log, "1.0.0");
    await azure.read(scaleSet("vmss-web-prod"), never);
    vscode.authentication.getSession = async () => undefined;
    const problem = problemOf(
      await azure.read(scaleSet("vmss-web-prod"), never).catch((error: unknown) => error),
    );
    assert.equal(problem.kind, "notSignedIn");
    assert.match(inEnglish(problem.summary), /Contoso.* needs its own sign-in/);
  });

  it("tells whether somebody is signed in, and signs in by a prompt", async () => {
    const connection = connect(recordingLog().log);
    assert.equal(await connection.isSignedIn(), true);
    assert.equal(asked.at(-1)?.silent, true);
    assert.equal(await connection.signIn(), true);
    assert.notEqual(asked.at(-1)?.silent, true);
    vscode.authentication.getAccounts = async () => [];
    vscode.authentication.getSession = async () => undefined;
    assert.equal(await connection.isSignedIn(), false);
  });

  it("listens to the accounts of the cloud's own provider only", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    let fire: vscode.SessionsListener = () => {};
    vscode.authentication.onDidChangeSessions = (listener) => {
      fire = listener;
      return { dispose() {} };
    };
    let changes = 0;
    connect(recordingLog().log).onDidChangeAccounts(() => void changes++);
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    await settled();
    vscode.authentication.getAccounts = async () => [me, signedOut];
    for (const [id, expected] of [
      ["github", 0],
      ["microsoft-sovereign-cloud", 1],
    ] as const) {
      fire({ provider: { id } });
      context.mock.timers.tick(500);
      await settled();
      assert.equal(changes, expected, id);
    }
  });

  it("names the setting to complete where the custom cloud has none", () => {
    const complete = vscode.settings["microsoft-sovereign-cloud.customEnvironment"];
    delete vscode.settings["microsoft-sovereign-cloud.customEnvironment"];
    try {
      connect(recordingLog().log);
      assert.fail("connected");
    } catch (error) {
      const problem = problemOf(error);
      assert.equal(problem.kind, "validation");
      assert.match(inEnglish(problem.wayOut ?? verbatim("")), /microsoft-sovereign-cloud\.customEnvironment/);
    } finally {
      vscode.settings["microsoft-sovereign-cloud.customEnvironment"] = complete;
    }
  });
});
