import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { after, before, beforeEach, describe, it } from "node:test";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { loopbackCertificate } from "../../../../scripts/lib/certificate.ts";
import type { connectWithAccounts } from "../../../../src/azure/accounts/auth.ts";
import { problemOf } from "../../../../src/azure/errors/errors.ts";
import { openAzure } from "../../../../src/azure/open.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import { Sandbox } from "../../../../src/sandbox/sandbox.ts";
import { serve, type Served } from "../../../../src/sandbox/http/server.ts";
import { collected, never, recordingLog, scaleSet, token } from "../support.ts";
import * as vscode from "../../../support/vscodeStandIn.ts";

const standIn = new URL("../../../support/vscodeStandIn.ts", import.meta.url).href;
const me = { id: "me", label: "me@contoso.com" };
const contosoStaging = "b62d94e0-15fa-4f3e-8c27-6a90d3f1be45";
const signedOut = { id: "other", label: "other@fabrikam.com" };

const scopesOf = (request: vscode.Request) =>
  "fallbackScopes" in request ? request.fallbackScopes : request;

describe("the connection through VS Code's accounts, with the real azureauth library and an Azure on loopback", () => {
  const sandbox = new Sandbox({ fleet: "small", token, operationSeconds: 0 });
  let served: Served;
  let connect: typeof connectWithAccounts;
  let asked: (Pick<vscode.SessionOptions, "silent" | "clearSessionPreference"> & {
    readonly scopes: readonly string[];
  })[] = [];
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
    ({ connectWithAccounts: connect } = await import("../../../../src/azure/accounts/auth.ts"));
  });

  beforeEach(() => {
    asked = [];
    vscode.authentication.getAccounts = async () => [me];
    vscode.authentication.onDidChangeSessions = () => ({ dispose() {} });
    vscode.authentication.getSession = async (_, request, options) => {
      asked.push({ scopes: scopesOf(request), ...options });
      return options.account?.id === signedOut.id ? undefined : { accessToken: token };
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

  it("knows the tenant of an account's home by the id token, where VS Code has one that says it", async () => {
    const claims = (said: unknown) =>
      `e30.${Buffer.from(JSON.stringify(said)).toString("base64url")}.signature`;
    const [account] = await connect(recordingLog().log).accounts();
    for (const [idToken, expected] of [
      [claims({ tid: contosoStaging, name: "Jürgen" }), contosoStaging],
      [claims({ name: "no tenant" }), undefined],
      ["opaque", undefined],
      [undefined, undefined],
    ] as const) {
      vscode.authentication.getSession = async (_, request, options) => {
        asked.push({ scopes: scopesOf(request), ...options });
        return { accessToken: token, ...(idToken !== undefined && { idToken }) };
      };
      assert.equal(await account?.homeTenantId?.(), expected);
    }
    assert.ok(asked.every(({ silent, scopes }) => silent === true && !/VSCODE_TENANT/.test(scopes.join())));
    vscode.authentication.getSession = async () => Promise.reject(new Error("no network"));
    assert.equal(await account?.homeTenantId?.(), undefined);
  });

  const clouds = [
    [
      "",
      "AzureCloud",
      "microsoft",
      "management.azure.com",
      "management.core.windows.net",
      "portal.azure.com",
    ],
    [
      "USGovernment",
      "AzureUSGovernment",
      "microsoft-sovereign-cloud",
      "management.usgovcloudapi.net",
      "management.core.usgovcloudapi.net",
      "portal.azure.us",
    ],
    [
      "ChinaCloud",
      "AzureChinaCloud",
      "microsoft-sovereign-cloud",
      "management.chinacloudapi.cn",
      "management.core.chinacloudapi.cn",
      "portal.azure.cn",
    ],
  ] as const;
  for (const [setting, name, provider, host, audience, portal] of clouds) {
    it(`asks the accounts of ${name} and speaks to its own endpoints`, async () => {
      const custom = vscode.settings["microsoft-sovereign-cloud.environment"];
      vscode.settings["microsoft-sovereign-cloud.environment"] = setting;
      try {
        let askedProvider = "";
        vscode.authentication.getAccounts = async (id) => {
          askedProvider = id;
          return [];
        };
        const connection = connect(recordingLog().log);
        assert.deepEqual(await connection.accounts(), []);
        assert.equal(askedProvider, provider);
        assert.deepEqual(connection.cloud, {
          name,
          endpoint: `https://${host}`,
          scopes: [`https://${audience}/.default`],
          portalUrl: `https://${portal}`,
        });
      } finally {
        vscode.settings["microsoft-sovereign-cloud.environment"] = custom;
      }
    });
  }

  it("reads the fleet and applies a plan, with a token of each tenant, never by a prompt and never kept", async () => {
    const { log, lines } = recordingLog();
    const azure = openAzure(connect(log), log, "1.0.0");
    const events = await collected(azure.inventory(never));
    const failures = events.filter(({ kind }) => kind === "failed" || kind === "tenantFailed");
    assert.deepEqual(failures, []);
    const subscriptions = events.flatMap((event) =>
      event.kind === "subscriptions" ? event.subscriptions : [],
    );
    assert.deepEqual(
      subscriptions
        .map(({ displayName, tenantId, through }) =>
          [displayName, through.account?.label, through.tenantId === tenantId].join(),
        )
        .toSorted(),
      sandbox
        .subscriptions()
        .map(({ displayName }) => [displayName, me.label, true].join())
        .toSorted(),
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
    const ofAccounts = requests.filter((line) => line.includes(" /tenants "));
    assert.ok(requests.length >= 8);
    assert.equal(ofTenants.length, requests.length - ofAccounts.length, "one for each request");
    assert.equal(new Set(ofTenants.map(({ scopes }) => scopes.join(" "))).size, 2, "of both tenants");
    assert.ok(asked.every(({ silent }) => silent === true));
    const before = asked.length;
    await azure.read(scaleSet("vmss-web-prod"), never);
    await azure.read(scaleSet("vmss-web-prod"), never);
    assert.equal(asked.length - before, 2, "nothing is kept from one request to the next");
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
    const listed = events.flatMap((event) => (event.kind === "listed" ? event.subscriptionIds : []));
    assert.equal(listed.length, 3);
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

  it("names the tenant where VS Code fails to sign in to it, and the others show", async () => {
    const { getSession } = vscode.authentication;
    vscode.authentication.getSession = async (provider, request, options) => {
      if (scopesOf(request).includes(`VSCODE_TENANT:${contosoStaging}`)) throw new Error("AADSTS50020");
      return getSession(provider, request, options);
    };
    const { log } = recordingLog();
    const events = await collected(openAzure(connect(log), log, "1.0.0").inventory(never));
    const failed = events.filter((event) => event.kind === "tenantFailed");
    assert.deepEqual(
      failed.map(({ displayName, account, problem }) => [
        displayName,
        account?.label,
        problem.kind,
        problem.detail,
      ]),
      [["Contoso Staging", me.label, "notSignedIn", "Error: AADSTS50020"]],
    );
    assert.ok(events.some(({ kind }) => kind === "page"));
    assert.ok(events.some(({ kind }) => kind === "listed"));
  });

  it("ends at once when it is cancelled while VS Code is being asked", async () => {
    const asking = Promise.withResolvers<void>();
    vscode.authentication.getSession = () => {
      asking.resolve();
      return new Promise(() => {});
    };
    const { log } = recordingLog();
    const cancel = new AbortController();
    const read = openAzure(connect(log), log, "1.0.0").read(scaleSet("vmss-web-prod"), cancel.signal);
    await asking.promise;
    cancel.abort();
    const problem = problemOf(await read.catch((error: unknown) => error));
    assert.equal(problem.kind, "cancelled");
  });

  it("names the extension to enable where VS Code has no provider of accounts", async () => {
    vscode.authentication.getAccounts = async () => {
      throw new Error("No authentication provider 'microsoft' is currently registered.");
    };
    const { log } = recordingLog();
    const [event] = await collected(openAzure(connect(log), log, "1.0.0").inventory(never));
    assert.ok(event?.kind === "tenantFailed");
    assert.equal(event.displayName, "Loopback");
    assert.match(inEnglish(event.problem.wayOut ?? verbatim("")), /Microsoft Account/);
  });

  it("tells whether somebody is signed in, and signs in by a prompt", async () => {
    const connection = connect(recordingLog().log);
    assert.equal(await connection.isSignedIn(), true);
    assert.equal(asked.at(-1)?.silent, true);
    assert.equal(await connection.signIn(), true);
    assert.notEqual(asked.at(-1)?.silent, true);
    assert.equal(asked.at(-1)?.clearSessionPreference, true, "she may choose another account");
    vscode.authentication.getSession = async () => {
      throw new Error("User did not consent to login.");
    };
    assert.equal(await connection.signIn(), false);
    vscode.authentication.getAccounts = async () => [];
    vscode.authentication.getSession = async () => undefined;
    assert.equal(await connection.isSignedIn(), false);
  });

  describe("signing in to one tenant of one account", () => {
    const where = { account: me, tenantId: "t1" };
    const prompts = async (silently: boolean) => {
      const options: vscode.SessionOptions[] = [];
      vscode.authentication.getSession = async (_, scopes, given) => {
        assert.deepEqual(scopes, ["https://management.invalid/.default", "VSCODE_TENANT:t1"]);
        assert.deepEqual(given.account, me);
        options.push(given);
        return given.silent === true && !silently ? undefined : { accessToken: token };
      };
      assert.equal(await connect(recordingLog().log).signIn(where), true);
      return options.filter(({ silent }) => silent !== true);
    };

    it("asks for a session where VS Code has none", async () => {
      const [prompt, ...more] = await prompts(false);
      assert.ok(typeof prompt?.createIfNone === "object");
      assert.deepEqual(more, []);
    });

    it("asks for a new one where VS Code has one that Azure refused", async () => {
      const [prompt, ...more] = await prompts(true);
      assert.ok(typeof prompt?.forceNewSession === "object");
      assert.equal(prompt.createIfNone, undefined);
      assert.deepEqual(more, []);
    });
  });

  describe("a claims challenge", () => {
    const challenge = 'Bearer error="insufficient_claims", claims="eyJhIjoxfQ=="';
    const answer = async (prompt: boolean) => {
      const [access] = await connect(recordingLog().log).accounts();
      return access?.into("t1", "Contoso").answerChallenge?.(challenge, { prompt });
    };

    it("reaches VS Code as it came, for that account and tenant, and prompts only where it may", async () => {
      for (const prompt of [false, true]) {
        vscode.authentication.getSession = async (_, request, options) => {
          assert.deepEqual(request, {
            wwwAuthenticate: challenge,
            fallbackScopes: ["https://management.invalid/.default", "VSCODE_TENANT:t1"],
          });
          assert.deepEqual(options.account, me);
          assert.equal(options.silent, prompt ? undefined : true);
          assert.equal(typeof options.createIfNone, prompt ? "object" : "undefined");
          return { accessToken: "strong" };
        };
        assert.equal((await answer(prompt))?.token, "strong");
      }
    });

    it("is unanswered where the user declines, and where the provider knows no challenges", async () => {
      for (const words of [
        "User did not consent to login.",
        "does not support creating sessions from challenges",
      ]) {
        vscode.authentication.getSession = async () => {
          throw new Error(words);
        };
        assert.equal(await answer(true), undefined);
      }
    });
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

  for (const [what, environment] of [
    ["is not there", undefined],
    ["has members missing", { name: "Loopback" }],
    ["has an endpoint that tokens may not be sent to", { resourceManagerEndpointUrl: "http://127.0.0.1/" }],
  ] as const) {
    it(`names the setting to complete where the custom cloud ${what}`, () => {
      const setting = "microsoft-sovereign-cloud.customEnvironment";
      const complete = vscode.settings[setting];
      const isHttp = environment !== undefined && "resourceManagerEndpointUrl" in environment;
      vscode.settings[setting] = isHttp ? Object.assign({}, complete, environment) : environment;
      try {
        connect(recordingLog().log);
        assert.fail("connected");
      } catch (error) {
        const problem = problemOf(error);
        assert.equal(problem.kind, "validation");
        assert.match(
          inEnglish(problem.wayOut ?? verbatim("")),
          /microsoft-sovereign-cloud\.customEnvironment/,
        );
      } finally {
        vscode.settings[setting] = complete;
      }
    });
  }
});
