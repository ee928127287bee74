import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RestError } from "@azure/core-rest-pipeline";
import { deleteConfiguration } from "../../../../src/core/plans/kinds/deleteConfiguration.ts";
import {
  editedConfiguration,
  updateConfiguration,
} from "../../../../src/core/plans/kinds/updateConfiguration.ts";
import { withoutPeople } from "../../../../src/core/plans/kinds/configuration.ts";
import type { ConfigurationEdits } from "../../../../src/core/plans/kinds/updateConfiguration.ts";
import { createConfiguration } from "../../../../src/core/plans/kinds/createConfiguration.ts";
import { isObject, objectAt, type JsonObject } from "../../../../src/core/resources/json.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import type { Problem } from "../../../../src/core/text/problem.ts";
import type { Change, Outcome, Plan } from "../../../../src/core/plans/plan.ts";
import { sandboxEndpoint } from "../../../../src/sandbox/sandbox.ts";
import { answer, configuration, createLab, type Fault, type Lab, never, token } from "../support.ts";

const id = configuration("mc-theirs");
const path = `${id}?api-version=2023-04-01`;

/** What another tool has made, with members that are none of ours. */
const theirs = {
  location: "westeurope",
  tags: { owner: "platform", "hidden-link:/app": "x" },
  properties: {
    namespace: "Microsoft.Maintenance",
    visibility: "Custom",
    maintenanceScope: "OSImage",
    extensionProperties: { InGuestPatchMode: "User", other: "1" },
    installPatches: {
      rebootSetting: "IfRequired",
      windowsParameters: { classificationsToInclude: ["Security"], kbNumbersToExclude: [] },
    },
    overrides: [{ properties: { startDateTime: "2099-01-01 22:00" } }],
    maintenanceWindow: {
      startDateTime: "2099-01-01 22:00",
      expirationDateTime: "2099-12-31 00:00",
      duration: "05:00",
      timeZone: "UTC",
      recurEvery: "5days",
      note: null,
    },
  },
};

/** Someone else's PUT, past our client. */
async function put(lab: Lab, body: JsonObject): Promise<void> {
  const { status } = await lab.sandbox.handle({
    method: "PUT",
    url: `${sandboxEndpoint}${path}`,
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  assert.ok(status < 300, String(status));
}

async function stored(lab: Lab): Promise<JsonObject> {
  const { json } = await lab.ask("GET", path);
  assert.ok(isObject(json));
  return json;
}

/** A lab with that configuration, and the configuration as the extension has read it. */
async function labWithTheirs(): Promise<{ readonly lab: Lab; readonly read: JsonObject }> {
  const lab = createLab();
  await put(lab, theirs);
  return { lab, read: await lab.azure.read(id, never) };
}

async function apply(lab: Lab, change: Change): Promise<Outcome> {
  const plan: Plan = { title: verbatim("plan"), changes: [change], leftOut: [], warnings: [] };
  const [result] = await lab.azure.apply(plan, { signal: never });
  return result?.outcome ?? assert.fail();
}

const edit = (lab: Lab, read: JsonObject, edits: ConfigurationEdits) =>
  apply(lab, updateConfiguration(read, editedConfiguration(read, edits)));

const writesOf = (lab: Lab) => lab.sent.filter(({ method }) => method !== "GET").map(({ method }) => method);

function crossedIn(outcome: Outcome): Problem {
  assert.ok(outcome.status === "changedBySomeoneElse", outcome.status);
  return outcome.problem;
}

function failureOf(outcome: Outcome) {
  return outcome.status === "failed" ? outcome.problem : assert.fail(outcome.status);
}

/** Loses the answer of the first such request, after the sandbox has had it or instead. */
function lose(method: string, applied: boolean): Fault {
  let isLost = false;
  return async (request, sandbox) => {
    if (isLost || request.method !== method) return undefined;
    isLost = true;
    if (applied) await sandbox.sendRequest(request);
    throw new RestError("socket hang up", { code: "ECONNRESET", request });
  };
}

describe("editing a configuration", () => {
  it("changes what was edited and leaves everything else as another tool has made it", async () => {
    const { lab, read } = await labWithTheirs();
    const outcome = await edit(lab, read, {
      window: { duration: "06:00", expirationDateTime: undefined },
      tags: { OWNER: "ops", stage: "prod" },
    });
    const { expirationDateTime: _, ...window } = theirs.properties.maintenanceWindow;
    const now = await stored(lab);
    assert.deepEqual(now["properties"], {
      ...theirs.properties,
      configurationType: "Regular",
      maintenanceWindow: { ...window, duration: "06:00" },
    });
    assert.deepEqual(now["tags"], { "hidden-link:/app": "x", owner: "ops", stage: "prod" });
    assert.deepEqual([now["id"], now["location"]], [read["id"], read["location"]]);
    assert.deepEqual(outcome, { status: "done", readBack: now });
    assert.deepEqual(writesOf(lab), ["PUT"]);
  });

  it("sends nothing that only Azure writes", async () => {
    const { lab, read } = await labWithTheirs();
    await edit(lab, read, { window: { duration: "06:00" } });
    const body = lab.sent.find(({ method }) => method === "PUT")?.body;
    assert.deepEqual(Object.keys(objectAt({ body }, "body") ?? {}).toSorted(), [
      "location",
      "properties",
      "tags",
    ]);
  });

  it("shows in the preview the PUT alone", async () => {
    const { lab, read } = await labWithTheirs();
    const change = updateConfiguration(read, editedConfiguration(read, { window: { duration: "06:00" } }));
    const removal = deleteConfiguration(read);
    const plan: Plan = { title: verbatim("plan"), changes: [change, removal], leftOut: [], warnings: [] };
    const requests = await lab.azure.preview(plan);
    const request = requests.get(change.id);
    assert.deepEqual([request?.method, request?.body], ["PUT", change.after]);
    assert.match(request?.url ?? "", /maintenanceConfigurations\/mc-theirs\?api-version=2023-04-01$/);
    assert.deepEqual(
      [requests.get(removal.id)?.method, requests.get(removal.id)?.body],
      ["DELETE", undefined],
    );
    assert.equal(writesOf(lab).length, 0);
  });

  it("stops where someone else has changed it since, and has both to show", async () => {
    const { lab, read } = await labWithTheirs();
    await put(lab, { ...theirs, tags: { ...theirs.tags, freeze: "december" } });
    const problem = crossedIn(await edit(lab, read, { window: { duration: "06:00" } }));
    assert.equal(inEnglish(problem.summary), "Someone else changed mc-theirs after your review.");
    assert.match(inEnglish(problem.wayOut ?? verbatim("")), /^Nothing was sent\. Compare both values/);
    assert.deepEqual(problem.compare, { before: withoutPeople(read), now: withoutPeople(await stored(lab)) });
    assert.doesNotMatch(JSON.stringify(problem), /@/, "who wrote it stays out of errors");
    assert.deepEqual(writesOf(lab), []);
  });

  it("goes on where only the time of the last write differs", async () => {
    const { lab, read } = await labWithTheirs();
    await put(lab, theirs);
    assert.equal((await edit(lab, read, { window: { duration: "06:00" } })).status, "done");
  });

  it("takes an edit that is there already for done", async () => {
    const { lab, read } = await labWithTheirs();
    const edits = { window: { duration: "06:00" } };
    await edit(lab, read, edits);
    assert.equal((await edit(lab, read, edits)).status, "done");
    assert.deepEqual(writesOf(lab), ["PUT"]);
  });

  it("does not bring back one that is gone", async () => {
    const { lab, read } = await labWithTheirs();
    await apply(lab, deleteConfiguration(read));
    const problem = crossedIn(await edit(lab, read, { window: { duration: "06:00" } }));
    assert.equal(inEnglish(problem.summary), "mc-theirs no longer exists.");
    assert.deepEqual(writesOf(lab), ["DELETE"]);
  });

  it("sends nothing where it cannot look first", async () => {
    const { lab, read } = await labWithTheirs();
    lab.fault = (request) =>
      answer(request, 403, { error: { code: "AuthorizationFailed", message: "You may not read it." } });
    const problem = failureOf(await edit(lab, read, { window: { duration: "06:00" } }));
    assert.deepEqual([problem.kind, problem.detail], ["forbidden", "You may not read it."]);
    assert.deepEqual(writesOf(lab), []);
  });

  for (const [what, edits] of [
    ["a value", { window: { duration: "06:00" } }],
    ["a member taken away", { window: { expirationDateTime: undefined } }],
    ["a tag taken away", { tags: { owner: undefined } }],
  ] as const) {
    it(`tells by reading whether an edit was made whose answer was lost: ${what}`, async () => {
      for (const applied of [true, false]) {
        const { lab, read } = await labWithTheirs();
        lab.fault = lose("PUT", applied);
        const outcome = await edit(lab, read, edits);
        assert.equal(outcome.status, applied ? "done" : "notConfirmed");
        if (outcome.status === "notConfirmed") assert.equal(outcome.problem.kind, "network");
        assert.deepEqual(writesOf(lab), ["PUT"]);
      }
    });
  }

  it("is known by what Azure has after the window was closed over it", async () => {
    const { lab, read } = await labWithTheirs();
    const change = updateConfiguration(read, editedConfiguration(read, { tags: { owner: undefined } }));
    assert.equal((await lab.azure.outcomeOf(change, never)).status, "notConfirmed");
    await apply(lab, change);
    assert.equal((await lab.azure.outcomeOf(change, never)).status, "done");
  });
});

describe("deleting a configuration", () => {
  it("is done when a read no longer finds it, also where it was gone before", async () => {
    const { lab, read } = await labWithTheirs();
    assert.deepEqual(await apply(lab, deleteConfiguration(read)), { status: "done" });
    assert.equal((await lab.ask("GET", path)).status, 404);
    assert.deepEqual(await apply(lab, deleteConfiguration(read)), { status: "done" });
    assert.deepEqual(writesOf(lab), ["DELETE"]);
  });

  it("accepts 204, where someone else was faster", async () => {
    const { lab, read } = await labWithTheirs();
    const remove = lose("DELETE", true);
    lab.fault = async (request, sandbox) => {
      if (request.method !== "DELETE") return undefined;
      await Promise.resolve(remove(request, sandbox)).catch(() => undefined);
      const response = await sandbox.sendRequest(request);
      assert.equal(response.status, 204);
      return response;
    };
    assert.deepEqual(await apply(lab, deleteConfiguration(read)), { status: "done" });
  });

  it("stops where someone else has changed it since it was read", async () => {
    const { lab, read } = await labWithTheirs();
    await put(lab, { ...theirs, tags: {} });
    const problem = crossedIn(await apply(lab, deleteConfiguration(read)));
    assert.deepEqual(problem.compare?.now, withoutPeople(await stored(lab)));
    assert.deepEqual(writesOf(lab), []);
  });

  it("tells by reading whether it was done where its answer was lost", async () => {
    for (const applied of [true, false]) {
      const { lab, read } = await labWithTheirs();
      lab.fault = lose("DELETE", applied);
      assert.equal((await apply(lab, deleteConfiguration(read))).status, applied ? "done" : "notConfirmed");
      assert.deepEqual(writesOf(lab), ["DELETE"]);
    }
  });

  it("is not confirmed where Azure accepted it and it is still there", async () => {
    const { lab, read } = await labWithTheirs();
    lab.fault = (request) => (request.method === "DELETE" ? answer(request, 200, read) : undefined);
    const outcome = await apply(lab, deleteConfiguration(read));
    assert.ok(outcome.status === "notConfirmed");
    assert.match(
      inEnglish(outcome.problem.summary),
      /accepted the change, but mc-theirs doesn't show it yet/,
    );
  });

  it("leaves a name that Azure refuses for a while, and a new configuration of that name is told why", async () => {
    const { lab, read } = await labWithTheirs();
    await apply(lab, deleteConfiguration(read));
    const problem = failureOf(await apply(lab, createConfiguration(id, theirs)));
    assert.equal(problem.status, 409);
    assert.match(inEnglish(problem.wayOut ?? verbatim("")), /for about 20 minutes.*another name/);
  });
});
