import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Change } from "../../../../src/core/plans/plan.ts";
import { atOnce } from "../../../../src/core/slices.ts";
import { message } from "../../../../src/core/text/message.ts";
import { Labels } from "../../../../src/export/code/labels.ts";
import { stagesOf } from "../../../../src/export/code/stages.ts";
import { everyKind } from "../../../support/declaredPlans.ts";

const { createConfiguration: any } = everyKind();

function change(id: string, ...needs: readonly string[]): Change {
  return { ...any, id, needs };
}

/** What becomes of changes whose first letter says what they are to a language: declared, script or action. */
function stages(...changes: readonly Change[]) {
  const input = { title: message("Any"), changes, leftOut: [], warnings: [] };
  const { before, declared, after, actions, onFailure } = atOnce(
    stagesOf(input, ({ id }) => (id.startsWith("d") ? {} : id.startsWith("s") ? "script" : "action")),
  );
  const ids = (all: readonly Change[]) => all.map(({ id }) => id).join(" ");
  return {
    before: ids(before),
    declared: ids(declared.map((one) => one.change)),
    after: ids(after),
    actions: ids(actions),
    onFailure: ids(onFailure),
  };
}

const none = { before: "", declared: "", after: "", actions: "", onFailure: "" };

describe("The stages of a declarative export", () => {
  it("does ahead of what is declared what needs nothing of it, and the rest behind it", () => {
    const all = stages(
      change("s1"),
      change("d1", "s1"),
      change("s2", "d1"),
      change("s3", "s1"),
      change("s4", "s2"),
    );
    assert.deepEqual(all, { ...none, before: "s1 s3", declared: "d1", after: "s2 s4" });
  });

  it("does not declare what needs something that comes behind it", () => {
    const all = stages(change("d1"), change("s1", "d1"), change("d2", "s1"), change("d3", "d1"));
    assert.deepEqual(all, { ...none, declared: "d1 d3", after: "s1 d2" });
  });

  it("keeps the order of needs where the plan has another", () => {
    assert.deepEqual(stages(change("d2", "d1"), change("d1")), { ...none, declared: "d1 d2" });
  });

  it("leaves out actions, and what makes good a failure", () => {
    const remedy = { ...change("d2"), onFailureOf: "d1" };
    assert.deepEqual(stages(change("d1"), change("a1", "d1"), remedy), {
      ...none,
      declared: "d1",
      actions: "a1",
      onFailure: "d2",
    });
  });

  it("declares nothing whose body is not known or may be a secret", () => {
    const { after: _, ...forgotten } = change("d1");
    const secret = { ...change("d2"), after: { properties: { adminPassword: "hunter2" } } };
    assert.deepEqual(stages({ ...forgotten, bodyNotKept: true }, secret), { ...none, before: "d1 d2" });
  });
});

describe("Labels", () => {
  it("are names of any language, each given once", () => {
    const labels = new Labels();
    const given = ["vmss-web", "VMSS_WEB", "1st", "网", "", "x".repeat(200), "x".repeat(201)].map((name) =>
      labels.next(name, "set"),
    );
    assert.deepEqual(given.slice(0, 5), ["vmss_web_set", "vmss_web_set_2", "n1st_set", "__set", "_set"]);
    for (const label of given) assert.match(label, /^[a-z_][a-z0-9_]{0,63}$/);
    assert.equal(new Set(given).size, given.length);
  });
});
