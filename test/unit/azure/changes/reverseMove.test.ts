/** A move where Azure refuses a second association: the old one goes first, and comes back where the new one fails. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { nameOf } from "../../../../src/core/resources/ids.ts";
import { textAt } from "../../../../src/core/resources/json.ts";
import { inEnglish, message } from "../../../../src/core/text/message.ts";
import type { ChangeResult } from "../../../../src/core/plans/plan.ts";
import { moveInReverse } from "../../../../src/core/plans/plans.ts";
import { planOf } from "../../../../src/core/plans/planNeeds.ts";
import { answer, configuration, createLab, never, scaleSet, type Fault, type Lab } from "../support.ts";

const set = scaleSet("vmss-api-prod");
const nightly = configuration("mc-prod-nightly");
const monday = configuration("mc-shared-fourth-monday");

async function move(lab: Lab, signal = never): Promise<readonly ChangeResult[]> {
  const now = await lab.azure.assignmentsOf(set, never);
  const resource = await lab.azure.read(set, never);
  const part = moveInReverse({ id: set, resource }, { id: monday }, now, () => "OSImage");
  assert.match(part.warnings.map(inEnglish).join(" "), /has no maintenance window between the two steps/);
  return lab.azure.apply(planOf(message("Move"), part.changes), { signal });
}

const writesOf = ({ sent }: Lab) =>
  sent.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${nameOf(path)}`);
const held = async (lab: Lab) =>
  (await lab.azure.assignmentsOf(set, never)).map(({ properties }) =>
    nameOf(textAt(properties, "maintenanceConfigurationId") ?? ""),
  );

/** Refuses the writes of an association while it may. */
const refuse =
  (name: string, isMet: () => boolean = () => true): Fault =>
  (request) =>
    request.method === "PUT" && request.url.includes(`/${name}?`) && isMet()
      ? answer(request, 409, { error: { code: "Conflict", message: "Only one." } })
      : undefined;

describe("a move in reverse", () => {
  it("removes the old association, adds the new one, and needs nothing more", async () => {
    const lab = createLab();
    const results = await move(lab);
    assert.deepEqual(
      results.map(({ outcome }) => outcome.status),
      ["done", "done", "notStarted"],
    );
    assert.deepEqual(writesOf(lab), ["DELETE mc-prod-nightly", "PUT mc-shared-fourth-monday"]);
    assert.deepEqual(await held(lab), ["mc-shared-fourth-monday"]);
  });

  it("brings the old association back where the new one fails", async () => {
    const lab = createLab();
    lab.fault = refuse("mc-shared-fourth-monday");
    const results = await move(lab);
    assert.deepEqual(
      results.map(({ outcome }) => outcome.status),
      ["done", "failed", "done"],
    );
    assert.deepEqual(await held(lab), ["mc-prod-nightly"]);
  });

  for (const [what, last, isRefused] of [
    ["new one", "mc-shared-fourth-monday", false],
    ["old one, where the new one fails", "mc-prod-nightly", true],
  ] as const) {
    it(`goes on to the ${what}, when it is cancelled while the old one is removed`, async () => {
      const lab = createLab();
      const controller = new AbortController();
      lab.fault = (request, sandbox) => {
        if (request.method === "DELETE") controller.abort();
        return refuse("mc-shared-fourth-monday", () => isRefused)(request, sandbox);
      };
      await move(lab, controller.signal);
      assert.deepEqual(await held(lab), [last]);
    });
  }

  it("is not begun when it was cancelled before", async () => {
    const lab = createLab();
    await move(lab, AbortSignal.abort());
    assert.deepEqual(writesOf(lab), []);
    assert.deepEqual(await held(lab), ["mc-prod-nightly"]);
  });

  it("says that the set has no window where that fails too", async () => {
    const lab = createLab();
    lab.fault = (request, sandbox) =>
      refuse("mc-shared-fourth-monday")(request, sandbox) ?? refuse("mc-prod-nightly")(request, sandbox);
    const [, , restored] = await move(lab);
    assert.ok(restored?.outcome.status === "failed");
    assert.match(
      inEnglish(restored.outcome.problem.summary),
      /^vmss-api-prod now has no maintenance window\. Its upgrades can start at any time\./,
    );
    assert.deepEqual(await held(lab), []);
  });

  it("sends nothing where the old association leads elsewhere by now", async () => {
    const lab = createLab();
    const now = await lab.azure.assignmentsOf(set, never);
    const resource = await lab.azure.read(set, never);
    const part = moveInReverse({ id: set, resource }, { id: monday }, now, () => "OSImage");
    const [removal] = part.changes;
    const reviewed = { properties: { maintenanceConfigurationId: configuration("mc-other") } };
    const changes = part.changes.map((one) => (one === removal ? { ...one, before: reviewed } : one));
    const results = await lab.azure.apply(planOf(message("Move"), changes), { signal: never });
    assert.deepEqual(
      results.map(({ outcome }) => outcome.status),
      ["changedBySomeoneElse", "skipped", "notStarted"],
    );
    assert.deepEqual(writesOf(lab), []);
    assert.deepEqual(await held(lab), [nameOf(nightly)]);
  });
});
