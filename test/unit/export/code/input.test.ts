import assert from "node:assert/strict";
import { test } from "node:test";
import { createConfiguration } from "../../../../src/core/plans/kinds/createConfiguration.ts";
import type { Change } from "../../../../src/core/plans/plan.ts";
import { inEnglish, message, verbatim } from "../../../../src/core/text/message.ts";
import { readCodeInput, type CodeInput } from "../../../../src/export/code/input.ts";
import { inOrder } from "../../../../src/export/code/order.ts";
import { headLine, planLine } from "../../../../src/fleet/plans/planFile.ts";
import { configurationBody, sampleIds, samples } from "../../../support/exported/samples.ts";

const one = createConfiguration(sampleIds.configuration, configurationBody);
const plan: CodeInput = {
  title: message("Set up {0}", verbatim("x")),
  changes: [one],
  leftOut: [{ target: sampleIds.set, reason: message("Why") }],
  warnings: [message("Careful")],
};

const problemOf = (value: unknown) => {
  const read = readCodeInput(typeof value === "string" ? value : JSON.stringify(value));
  assert.ok("problem" in read, JSON.stringify(value));
  const problem = inEnglish(read.problem);
  assert.doesNotMatch(problem, /\n/);
  return problem;
};

test("a plan as JSON is read as it is, with a byte order mark too", () => {
  assert.deepEqual(readCodeInput(JSON.stringify(plan)), plan);
  assert.deepEqual(readCodeInput(`\uFEFF${JSON.stringify(plan, null, 2)}`), plan);
  assert.deepEqual(readCodeInput(JSON.stringify({ ...plan, isThere: true })), { ...plan, isThere: true });
});

test("a file of the journal is read as its plan", () => {
  const head = headLine({ at: 1, owner: "o", origin: "azure", plan });
  const text = `${head}${planLine({ line: "sent", id: one.id }, { at: 2, by: 1 })}{"torn`;
  assert.deepEqual(readCodeInput(text), plan);
  assert.match(problemOf(head.replace('"version":1', '"version":2')), /version/);
});

test("samples of all kinds are usable", () => {
  const changes = Object.values(samples)
    .flat()
    .map((change, index) => ({ ...change, id: String(index) }));
  assert.ok(!("problem" in readCodeInput(JSON.stringify({ ...plan, changes }))));
});

test("what is no plan is refused in one line", () => {
  assert.equal(problemOf(""), "This isn't JSON.");
  assert.equal(problemOf("{"), "This isn't JSON.");
  assert.equal(problemOf([]), "A plan is a JSON object.");
  assert.equal(problemOf(null), "A plan is a JSON object.");
  assert.equal(problemOf(`${"[".repeat(300)}${"]".repeat(300)}`), "This JSON is nested too deeply.");
  assert.equal(problemOf({}), "The plan has no usable title.");
  assert.equal(problemOf({ ...plan, changes: {} }), "The plan has no usable changes.");
  assert.equal(problemOf({ ...plan, leftOut: [{}] }), "The plan has no usable leftOut.");
  assert.equal(problemOf({ ...plan, warnings: ["text"] }), "The plan has no usable warnings.");
});

test("a change that no script could make is refused", () => {
  const group = `${sampleIds.subscription}/resourceGroups`;
  const wrong: readonly Partial<Record<keyof Change, unknown>>[] = [
    { kind: "explode" },
    { kind: "toString" },
    { id: 1 },
    { title: "text" },
    { target: "x" },
    { target: sampleIds.set },
    { target: `${group}/a/../b/providers/Microsoft.Maintenance/maintenanceConfigurations/c` },
    { target: `${group}/a?b/providers/Microsoft.Maintenance/maintenanceConfigurations/c` },
    { target: `${sampleIds.configuration} ` },
    { target: `${sampleIds.configuration}\n` },
    { after: undefined },
    { after: "text" },
    { needs: "a" },
    { needs: [1] },
    { provided: [{ is: "there" }] },
    { provided: [{ is: "someday", id: sampleIds.set }] },
    { provided: [{ is: "unused", id: sampleIds.configuration, named: [], scaleSets: ["x"] }] },
    { bodyNotKept: "yes" },
  ];
  for (const bodies of wrong)
    assert.equal(
      problemOf({ ...plan, changes: [{ ...one, ...bodies }] }),
      "Change 1 of the plan can't be used.",
    );
  assert.equal(problemOf({ ...plan, changes: [one, null] }), "Change 2 of the plan can't be used.");
  assert.match(problemOf({ ...plan, changes: [one, one] }), /same id/);
});

test("changes come after what they need, and otherwise in the order of the plan", () => {
  const change = (id: string, ...needs: readonly string[]): Change => ({ ...one, id, needs });
  const ids = (...changes: readonly Change[]) => inOrder(changes)?.map(({ id }) => id);
  assert.deepEqual(ids(change("a", "c"), change("b"), change("c", "d"), change("d")), ["d", "c", "a", "b"]);
  assert.deepEqual(ids({ ...change("a"), onFailureOf: "b" }, change("b")), ["b", "a"]);
  assert.equal(ids(change("a", "b"), change("b", "a")), undefined);
  assert.equal(ids(change("a", "missing")), undefined);
  const circle = [change("a", "b"), change("b", "a")];
  assert.match(problemOf({ ...plan, changes: circle }), /circle/);
});
