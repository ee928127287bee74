import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RestError } from "@azure/core-rest-pipeline";
import { at, type JsonObject, textAt } from "../../../src/core/json.ts";
import { inEnglish, verbatim } from "../../../src/core/message.ts";
import type { Change, ChangeKind, Outcome, Plan } from "../../../src/core/plan.ts";
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
} from "./support.ts";

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

  it("calls a removal failed that Azure accepted but whose assignment is still listed", async () => {
    const lab = createLab();
    await apply(lab, associate());
    lab.fault = (request) => (request.method === "DELETE" ? answer(request, 200, {}) : undefined);
    const outcome = (await apply(lab, change("dissociate", link, undefined)))["dissociate"];
    assert.ok(outcome?.status === "failed");
    assert.equal(outcome.problem.kind, "conflict");
    assert.match(inEnglish(outcome.problem.summary), /mc-new but still lists it/);
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

    it(`calls a write failed that was not applied and whose answer was lost (${how})`, async () => {
      const lab = createLab();
      lab.fault = loseAnswer("PATCH", set, false, how);
      const outcome = (await apply(lab, upgrades(true)))["setUpgradePolicy"];
      assert.ok(outcome?.status === "failed");
      assert.equal(outcome.problem.kind, { reset: "network", 502: "server", html: "malformed" }[how]);
      assert.equal(lab.sent.filter(({ method }) => method === "PATCH").length, 1);
    });
  }

  it("waits for the end of an operation whose beginning was not heard, and believes its end rather than the model", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    for (const [end, expected] of [
      ["Succeeded", "done"],
      ["Failed", "failed"],
    ] as const) {
      const lab = createLab();
      const lose = loseAnswer("PATCH", set, true, "reset");
      const states = ["Updating", "Updating", end];
      lab.fault = async (request, sandbox) => {
        const response = await lose(request, sandbox);
        if (response === undefined || request.method !== "GET" || !request.url.includes(`${set}?`))
          return response;
        const model = JSON.parse(response.bodyAsText ?? "") as { properties: JsonObject };
        const provisioningState = states.shift() ?? "asked too often";
        // The pause begins when this answer has been read.
        if (provisioningState === "Updating")
          setImmediate(() => setImmediate(() => context.mock.timers.tick(5000)));
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
    assert.equal((await apply(lab, associate()))["associate"]?.status, "failed");
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
    assert.match(inEnglish(outcome.problem.summary), /began the operation but could not finish it/);
  });

  it("leaves a confirmed write done when it cannot be read back", async () => {
    const lab = createLab();
    await lab.azure.assignmentsOf(set, never);
    lab.fault = (request) =>
      request.method === "GET"
        ? answer(request, 403, { error: { code: "AuthorizationFailed", message: "no" } })
        : undefined;
    const outcome = (await apply(lab, makeConfigurationInOldGroup()))["createConfiguration"];
    assert.deepEqual(outcome, { status: "done" });
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

function makeConfigurationInOldGroup(): Change {
  return { ...makeConfiguration(), target: configuration("mc-new") };
}

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
