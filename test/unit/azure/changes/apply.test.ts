import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RestError } from "@azure/core-rest-pipeline";
import { at, type JsonObject, textAt } from "../../../../src/core/resources/json.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import type { Change, Outcome, Plan } from "../../../../src/core/plans/plan.ts";
import type { ChangeKind } from "../../../../src/core/plans/kinds/kinds.ts";
import {
  answer,
  assignment,
  configuration,
  createLab,
  type Fault,
  fleet,
  type Lab,
  never,
  scaleSet,
} from "../support.ts";

const group = `/subscriptions/${fleet.shared}/resourceGroups/rg-new`;
const window = configuration("mc-new", "rg-new");
const set = scaleSet("vmss-cache-prod");
const link = assignment(set, "mc-new");

const change = (
  kind: ChangeKind,
  target: string,
  after: JsonObject | undefined,
  ...needs: string[]
): Change => ({
  id: kind,
  kind,
  target,
  title: verbatim(`${kind} ${target}`),
  ...(after && { after }),
  needs,
});
const makeGroup = change("createResourceGroup", group, { location: "westeurope" });
const makeConfiguration = (...needs: string[]) =>
  change(
    "createConfiguration",
    window,
    {
      location: "westeurope",
      tags: { owner: "me" },
      properties: {
        maintenanceScope: "OSImage",
        maintenanceWindow: {
          startDateTime: "2030-01-01 22:00",
          duration: "05:00",
          timeZone: "UTC",
          recurEvery: "Day",
        },
      },
    },
    ...needs,
  );
const associate = (target = link, id = configuration("mc-prod-nightly"), ...needs: string[]) =>
  change(
    "associate",
    target,
    { location: "westeurope", properties: { maintenanceConfigurationId: id, resourceId: set } },
    ...needs,
  );
const upgrades = (on: boolean, ...needs: string[]) =>
  change(
    "setUpgradePolicy",
    set,
    { properties: { upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: on } } } },
    ...needs,
  );
const planOf = (...changes: Change[]): Plan => ({
  title: verbatim("plan"),
  changes,
  leftOut: [],
  warnings: [],
});
const apply = async (lab: Lab, ...changes: Change[]): Promise<Record<string, Outcome>> => {
  const results = await lab.azure.apply(planOf(...changes), { signal: never });
  return Object.fromEntries(results.map(({ change: { id }, outcome }) => [id, outcome]));
};
const applyUntil = async (signal: AbortSignal, lab: Lab, ...changes: Change[]) => {
  const results = await lab.azure.apply(planOf(...changes), { signal });
  return Object.fromEntries(results.map(({ change: { id }, outcome }) => [id, outcome]));
};
const register = (provider: string) => change("registerProvider", provider, undefined);
const enabled = (resource: unknown) =>
  at(resource, "properties", "upgradePolicy", "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade");
const apiVersion = "api-version=2023-04-01";

/** Answers the first matching request as `how` says, after (`applied`) or instead of letting the sandbox have it. */
function loseAnswer(method: string, path: string, applied: boolean, how: "reset" | "502" | "html"): Fault {
  let done = false;
  return async (request, sandbox) => {
    if (done || request.method !== method || new URL(request.url).pathname !== path)
      return sandbox.sendRequest(request);
    done = true;
    if (applied) await sandbox.sendRequest(request);
    if (how === "reset") throw new RestError("socket hang up", { code: "ECONNRESET", request });
    return how === "502"
      ? answer(request, 502, "<html>Bad gateway</html>")
      : answer(request, 200, "<html>Welcome</html>");
  };
}

describe("applying a plan", () => {
  it("creates a group and a configuration, associates a set and enables upgrades, each read back", async () => {
    const lab = createLab();
    const outcomes = await apply(
      lab,
      makeGroup,
      makeConfiguration("createResourceGroup"),
      associate(link, window, "createConfiguration"),
      upgrades(true, "associate"),
    );
    assert.deepEqual(
      Object.values(outcomes).map(({ status }) => status),
      ["done", "done", "done", "done"],
    );

    const stored = await lab.ask("GET", `${window}?${apiVersion}`);
    assert.equal(textAt(stored.json, "properties", "maintenanceWindow", "duration"), "05:00");
    const list = await lab.ask(
      "GET",
      `${set}/providers/Microsoft.Maintenance/configurationAssignments?${apiVersion}`,
    );
    assert.equal(
      textAt(list.json, "value", 0, "properties", "maintenanceConfigurationId")?.toLowerCase(),
      window.toLowerCase(),
    );
    const after = await lab.ask("GET", `${set}?api-version=2024-07-01`);
    assert.equal(enabled(after.json), true);
    assert.equal(at(after.json, "properties", "provisioningState"), "Succeeded");

    const readBacks = Object.values(outcomes).map((outcome) =>
      outcome.status === "done" ? outcome.readBack : undefined,
    );
    assert.equal(textAt(readBacks[0], "name"), "rg-new");
    assert.deepEqual(readBacks[1], stored.json);
    assert.deepEqual(readBacks[2], at(list.json, "value", 0));
    assert.equal(enabled(readBacks[3]), true);
  });

  it("sends each write once and in the order of needs", async () => {
    const lab = createLab();
    await apply(lab, upgrades(true, "associate"), associate());
    const writes = lab.sent.filter(({ method }) => method !== "GET");
    assert.deepEqual(
      writes.map(({ method, path }) => `${method} ${path.split("/").at(-1)}`),
      ["PUT mc-new", "PATCH vmss-cache-prod"],
    );
    assert.deepEqual(writes[1]?.body, {
      properties: { upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } } },
    });
  });

  it("confirms a removal by the list of the set", async () => {
    const lab = createLab();
    await apply(lab, associate());
    const outcomes = await apply(lab, change("dissociate", link, undefined));
    assert.deepEqual(outcomes["dissociate"], { status: "done" });
    const list = await lab.ask(
      "GET",
      `${set}/providers/Microsoft.Maintenance/configurationAssignments?${apiVersion}`,
    );
    assert.deepEqual(at(list.json, "value"), []);
  });

  it("does not confirm a removal that Azure accepted but whose assignment is still listed a minute later", async () => {
    const lab = createLab();
    await apply(lab, associate());
    lab.fault = (request) => (request.method === "DELETE" ? answer(request, 200, {}) : undefined);
    const outcome = (await apply(lab, change("dissociate", link, undefined)))["dissociate"];
    assert.ok(outcome?.status === "notConfirmed");
    assert.match(inEnglish(outcome.problem.summary), /accepted the change, but .*mc-new doesn't show it yet/);
  });

  it("takes the removal of an assignment that is gone already as done", async () => {
    const lab = createLab();
    lab.fault = (request) =>
      request.method === "DELETE"
        ? answer(request, 404, { error: { code: "ResourceNotFound", message: "gone" } })
        : undefined;
    assert.deepEqual((await apply(lab, change("dissociate", link, undefined)))["dissociate"], {
      status: "done",
    });
  });

  it("reports Azure's refusal with its own words, and skips what needs the change", async () => {
    const lab = createLab();
    const missing = scaleSet("vmss-not-there");
    const outcomes = await apply(lab, associate(assignment(missing, "mc-new")), upgrades(true, "associate"));
    const failure = outcomes["associate"];
    assert.ok(failure?.status === "failed");
    assert.equal(failure.problem.kind, "notFound");
    assert.match(failure.problem.detail ?? "", /vmss-not-there/);
    assert.match(inEnglish(failure.problem.summary), /associate .*vmss-not-there/);
    assert.deepEqual(outcomes["setUpgradePolicy"], { status: "skipped", because: "associate" });
    assert.equal(lab.sent.filter(({ method }) => method === "PATCH").length, 0);
  });

  for (const how of ["reset", "502", "html"] as const) {
    it(`takes a write that was applied as done although its answer was lost (${how})`, async () => {
      const lab = createLab();
      lab.fault = loseAnswer("PUT", link.replace("resourceGroups", "resourcegroups"), true, how);
      const outcome = (await apply(lab, associate()))["associate"];
      assert.equal(outcome?.status, "done");
      assert.equal(lab.sent.filter(({ method }) => method === "PUT").length, 1);
    });

    it(`does not confirm a write that was not applied and whose answer was lost (${how})`, async () => {
      const lab = createLab();
      lab.fault = loseAnswer("PATCH", set, false, how);
      const outcome = (await apply(lab, upgrades(true)))["setUpgradePolicy"];
      assert.ok(outcome?.status === "notConfirmed");
      assert.equal(outcome.problem.kind, { reset: "network", 502: "server", html: "malformed" }[how]);
      assert.equal(lab.sent.filter(({ method }) => method === "PATCH").length, 1);
    });
  }

  it("waits for the end of an operation whose beginning was not heard, and believes its end rather than the model", async () => {
    for (const [end, expected] of [
      ["Succeeded", "done"],
      ["Failed", "failed"],
    ] as const) {
      const lab = createLab();
      const lose = loseAnswer("PATCH", set, true, "reset");
      const states = ["Succeeded", "Updating", "Migrating", "Deleting", end];
      lab.fault = async (request, sandbox) => {
        const response = await lose(request, sandbox);
        if (response === undefined || request.method !== "GET" || !request.url.includes(`${set}?`))
          return response;
        const model = JSON.parse(response.bodyAsText ?? "") as { properties: JsonObject };
        const provisioningState = states.shift() ?? "asked too often";
        const properties = { ...model.properties, provisioningState };
        return { ...response, bodyAsText: JSON.stringify({ ...model, properties }) };
      };
      assert.equal((await apply(lab, upgrades(true)))["setUpgradePolicy"]?.status, expected, end);
      assert.deepEqual(states, []);
    }
  });

  it("does not take another configuration's assignment for the one whose answer was lost", async () => {
    const lab = createLab();
    await apply(lab, associate(link, configuration("mc-shared-fourth-monday")));
    lab.fault = loseAnswer("PUT", link.replace("resourceGroups", "resourcegroups"), false, "reset");
    // The assignment of that name leads elsewhere, and the plan says that there was none.
    assert.equal((await apply(lab, associate()))["associate"]?.status, "changedBySomeoneElse");
    assert.equal(lab.sent.filter(({ method }) => method === "PUT").length, 1);
  });

  it("reports a long-running operation that ends badly, with the service's code, even where the model shows the change", async () => {
    const lab = createLab();
    lab.fault = (request) =>
      /operations/i.test(new URL(request.url).pathname)
        ? answer(request, 200, {
            status: "Failed",
            error: { code: "OSProvisioningTimedOut", message: "It took too long." },
          })
        : undefined;
    const outcome = (await apply(lab, upgrades(true)))["setUpgradePolicy"];
    assert.ok(outcome?.status === "failed");
    assert.equal(outcome.problem.code, "OSProvisioningTimedOut");
    assert.equal(outcome.problem.detail, "It took too long.");
    assert.match(inEnglish(outcome.problem.summary), /started the operation but couldn't finish it/);
  });

  it("does not confirm a write that Azure accepted and that cannot be read", async () => {
    const lab = createLab();
    await lab.azure.assignmentsOf(set, never);
    let isWritten = false;
    lab.fault = (request) => {
      isWritten ||= request.method === "PUT";
      return request.method === "GET" && isWritten
        ? answer(request, 403, { error: { code: "AuthorizationFailed", message: "no" } })
        : undefined;
    };
    const outcome = (await apply(lab, makeConfigurationInOldGroup()))["createConfiguration"];
    assert.ok(outcome?.status === "notConfirmed");
    assert.match(inEnglish(outcome.problem.summary), /mc-new couldn't be read after the change was sent/);
    assert.equal(outcome.problem.code, "AuthorizationFailed");
  });

  it("cancelled while Azure asks to wait before a write, leaves that write unsent and starts nothing more", async () => {
    const lab = createLab();
    const controller = new AbortController();
    lab.fault = (request) =>
      request.method === "PUT" ? answer(request, 429, {}, { "retry-after": "60" }) : undefined;
    lab.azure.waits.onDidChange(() => controller.abort(new Error("a reason of VS Code's own")));
    const outcomes = await applyUntil(controller.signal, lab, associate(), upgrades(true, "associate"));
    assert.deepEqual(outcomes, {
      associate: { status: "notStarted" },
      setUpgradePolicy: { status: "notStarted" },
    });
    assert.equal(lab.azure.waits.endsAt, undefined);
    assert.equal(lab.sent.filter(({ method }) => method !== "GET").length, 1);
  });

  it("cancelled while a write is under way, hears it out", async () => {
    const lab = createLab();
    const controller = new AbortController();
    lab.fault = async (request, sandbox) => {
      if (request.method !== "PUT") return undefined;
      controller.abort();
      return sandbox.sendRequest(request);
    };
    const outcomes = await applyUntil(controller.signal, lab, associate(), upgrades(true, "associate"));
    assert.deepEqual(
      Object.values(outcomes).map(({ status }) => status),
      ["done", "notStarted"],
    );
  });

  it("cancelled while a write is under way whose answer is then lost, reads back what became of it", async () => {
    for (const [applied, status] of [
      [true, "done"],
      [false, "notConfirmed"],
    ] as const) {
      const lab = createLab();
      const controller = new AbortController();
      const lose = loseAnswer("PUT", link.replace("resourceGroups", "resourcegroups"), applied, "reset");
      lab.fault = (request, sandbox) => {
        if (request.method === "PUT") controller.abort();
        return lose(request, sandbox);
      };
      const outcomes = await applyUntil(controller.signal, lab, associate());
      assert.equal(outcomes["associate"]?.status, status);
    }
  });

  it("cancelled while Azure works on a scale set, stops following and says that it goes on", async () => {
    const lab = createLab();
    const controller = new AbortController();
    lab.fault = (request) => {
      if (!/operations/i.test(request.url)) return undefined;
      controller.abort();
      return answer(request, 200, { status: "InProgress" }, { "retry-after": "60" });
    };
    const outcomes = await applyUntil(controller.signal, lab, upgrades(true));
    assert.deepEqual(outcomes, { setUpgradePolicy: { status: "underWay" } });
  });

  for (const status of [401, 403, 404, 429]) {
    it(`believes the scale set where its operation can no longer be followed (${status})`, async () => {
      const lab = createLab();
      lab.fault = (request) =>
        /operations/i.test(request.url)
          ? answer(request, status, { error: { code: "No", message: "no" } }, { "retry-after": "999" })
          : undefined;
      assert.equal((await apply(lab, upgrades(true)))["setUpgradePolicy"]?.status, "done");
      assert.equal(lab.sent.filter(({ method }) => method === "PATCH").length, 1);
    });
  }

  it("registers a provider, waits until it is registered, and then goes on", async () => {
    const lab = createLab();
    const provider = `/subscriptions/${fleet.shared}/providers/Microsoft.Maintenance`;
    const states = ["NotRegistered", "NotRegistered", "Registering", "Registered"];
    lab.fault = (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === `${provider}/register`) return answer(request, 200, {});
      if (pathname !== provider) return undefined;
      const registrationState = states.shift();
      return answer(request, 200, { id: provider, registrationState });
    };
    const outcomes = await apply(lab, register(provider), makeConfigurationInOldGroup("registerProvider"));
    assert.deepEqual(
      Object.values(outcomes).map(({ status }) => status),
      ["done", "done"],
    );
    assert.deepEqual(
      lab.sent
        .filter(({ method }) => method !== "GET")
        .map(({ method, path }) => `${method} ${path.split("/").at(-1)}`),
      ["POST register", "PUT mc-new"],
    );
    assert.deepEqual(states, []);
  });

  it("does not confirm a registration whose answer was lost and that the subscription does not show", async () => {
    const lab = createLab();
    const provider = `/subscriptions/${fleet.shared}/providers/Microsoft.Maintenance`;
    lab.fault = (request) => {
      const { pathname } = new URL(request.url);
      if (request.method === "POST") throw new RestError("socket hang up", { code: "ECONNRESET", request });
      return pathname === provider
        ? answer(request, 200, { id: provider, registrationState: "NotRegistered" })
        : undefined;
    };
    assert.equal((await apply(lab, register(provider)))["registerProvider"]?.status, "notConfirmed");
    assert.equal(lab.sent.filter(({ method }) => method === "POST").length, 1);
  });

  it("skips what needs a provider that may not be registered", async () => {
    const lab = createLab();
    const provider = `/subscriptions/${fleet.shared}/providers/Microsoft.Maintenance`;
    lab.fault = (request) => {
      if (request.method === "POST")
        return answer(request, 403, { error: { code: "AuthorizationFailed", message: "no" } });
      return new URL(request.url).pathname === provider
        ? answer(request, 200, { id: provider, registrationState: "NotRegistered" })
        : undefined;
    };
    const outcomes = await apply(lab, register(provider), makeConfigurationInOldGroup("registerProvider"));
    assert.equal(outcomes["registerProvider"]?.status, "failed");
    assert.deepEqual(outcomes["createConfiguration"], { status: "skipped", because: "registerProvider" });
  });

  it("asks for a stronger sign-in once, and after a refusal sends nothing more in that tenant", async () => {
    const lab = createLab();
    await lab.azure.assignmentsOf(set, never);
    const sets = ["vmss-cache-prod", "vmss-search-prod", "vmss-web-prod"].map((name) => scaleSet(name));
    const changes = Array.from({ length: 12 }, (_, index): Change => {
      const target = assignment(sets[index % sets.length] ?? "", `mc-${index}`);
      return { ...associate(target), id: `associate ${index}` };
    });
    lab.fault = (request) =>
      request.method === "PUT"
        ? answer(
            request,
            401,
            {},
            { "www-authenticate": 'Bearer error="insufficient_claims", claims="e30="' },
          )
        : undefined;
    const outcomes = Object.values(await apply(lab, ...changes));
    assert.ok(
      outcomes.every((outcome) => outcome.status === "failed" && outcome.problem.kind === "stepUpRefused"),
    );
    assert.match(
      outcomes
        .map((outcome) => (outcome.status === "failed" ? inEnglish(outcome.problem.summary) : ""))
        .at(-1) ?? "",
      /^Not done: associate .*mc-11\. Azure requires a stronger sign-in, such as multi-factor authentication\.$/,
    );
    assert.equal(lab.sent.filter(({ method }) => method === "PUT").length, 3, "one for each set");
  });

  it("starts nothing when it is cancelled while the subscriptions are still looked up", async () => {
    const lab = createLab();
    const controller = new AbortController();
    lab.fault = () => {
      controller.abort();
      throw new DOMException("aborted", "AbortError");
    };
    const results = await lab.azure.apply(planOf(upgrades(true)), { signal: controller.signal });
    assert.deepEqual(
      results.map(({ outcome }) => outcome.status),
      ["notStarted"],
    );
  });
});

function makeConfigurationInOldGroup(...needs: string[]): Change {
  return { ...makeConfiguration(...needs), target: configuration("mc-new") };
}

describe("a change that a closed window has sent", () => {
  it("is done where its resource shows it, and otherwise not confirmed, for that reason", async () => {
    const lab = createLab();
    const problem = await lab.azure.outcomeOf(associate(), never);
    assert.ok(problem.status === "notConfirmed");
    assert.match(inEnglish(problem.problem.summary), /VS Code closed before Azure answered/);
    await apply(lab, associate());
    const outcome = await lab.azure.outcomeOf(associate(), never);
    assert.equal(outcome.status, "done");
    assert.equal(lab.sent.filter(({ method }) => method === "PUT").length, 1, "it is not sent again");
  });

  it("is followed until Azure no longer works on it", async () => {
    const lab = createLab();
    await lab.azure.assignmentsOf(set, never);
    const states = ["Updating", "Succeeded"];
    lab.fault = async (request, sandbox) => {
      const response = await sandbox.sendRequest(request);
      if (!request.url.includes(`${set}?`)) return response;
      const model = JSON.parse(response.bodyAsText ?? "") as JsonObject;
      const provisioningState = states.shift() ?? "asked too often";
      const upgradePolicy = { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } };
      return {
        ...response,
        bodyAsText: JSON.stringify({ ...model, properties: { provisioningState, upgradePolicy } }),
      };
    };
    assert.equal((await lab.azure.outcomeOf(upgrades(true), never)).status, "done");
    assert.deepEqual(states, []);
  });

  it("is still under way where nobody waits for it", async () => {
    const lab = createLab();
    await lab.azure.assignmentsOf(set, never);
    const controller = new AbortController();
    lab.fault = async (request) => {
      const properties = {
        provisioningState: "Updating",
        upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } },
      };
      controller.abort();
      return answer(request, 200, { id: set, name: "x", properties });
    };
    assert.deepEqual(await lab.azure.outcomeOf(upgrades(true), controller.signal), { status: "underWay" });
  });
});

describe("the preview of a plan", () => {
  const changes = [
    makeGroup,
    makeConfiguration("createResourceGroup"),
    associate(link, window, "createConfiguration"),
    upgrades(true, "associate"),
  ];

  it("is exactly what applying sends", async () => {
    const lab = createLab();
    const preview = await lab.azure.preview(planOf(...changes));
    assert.deepEqual(lab.sent, [], "the preview sends nothing");
    await apply(lab, ...changes);
    const writes = lab.sent
      .filter(({ method }) => method !== "GET")
      .map(({ method, url, body }) => ({ method, url, body }));
    assert.deepEqual([...preview.values()], writes);
    assert.deepEqual(
      [...preview.keys()],
      changes.map(({ id }) => id),
    );
  });

  it("shows a removal as a DELETE without a body", async () => {
    const preview = await createLab().azure.preview(planOf(change("dissociate", link, undefined)));
    assert.deepEqual(preview.get("dissociate"), {
      method: "DELETE",
      url: `https://sandbox.invalid${link.replace("resourceGroups", "resourcegroups")}?${apiVersion}`,
    });
  });
});
