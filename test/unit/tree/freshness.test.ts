import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { eligibilityRules } from "../../../src/core/eligibility/eligibility.ts";
import { textAt } from "../../../src/core/resources/json.ts";
import { inEnglish } from "../../../src/core/text/message.ts";
import type { FleetStore } from "../../../src/fleet/store.ts";
import { fakeAzure, noSignal, problem, readStore, weekly } from "../fleet/fakes.ts";
import { find, refreshedBetween, scene, seen } from "./walk.ts";

const newestImage = { name: "22.04.202611100" };

/** The versions that the instances of each set run. */
const running: Readonly<Record<string, readonly string[]>> = {
  web: ["22.04.202611100", "22.04.202610110", "22.04.202609100", "22.04.202609100"],
  api: ["22.04.202611100"],
};

const instance = (exactVersion: string) => ({
  properties: { storageProfile: { imageReference: { exactVersion } } },
});

let store: FleetStore;
before(async () => {
  const azure = fakeAzure({
    eligibilityFacts: async (scaleSet) => {
      const instances = (running[textAt(scaleSet, "name") ?? ""] ?? []).map(instance);
      const unread = { instanceView: problem() };
      return { facts: { newestImage, instances }, unread };
    },
  });
  store = await readStore(azure);
});

const read = (name: string) => {
  const sets = [...store.snapshot.scaleSets].filter(([, set]) => set.name === name);
  return store.readEligibilityFacts(
    sets.map(([key]) => key),
    noSignal(),
  );
};
const at = (...labels: readonly string[]) => find(seen(store.snapshot), "Alpha", ...labels);

describe("image versions in the tree", () => {
  it("says of a set that was not asked about that it was not checked, and counts it as nothing", () => {
    assert.equal(at("Scale sets", "web", "Image versions").description, "not checked");
    assert.doesNotMatch(at().description, /behind/);
  });

  it("shows what the instances run and how far they are behind, once asked", async () => {
    const earlier = store.snapshot;
    await read("web");
    assert.match(at("Scale sets", "web").description, / · 61 days behind$/);
    const row = at("Scale sets", "web", "Image versions");
    assert.equal(row.description, "61 days behind");
    assert.deepEqual(
      row.children.map(({ label, description }) => `${label}: ${description}`),
      [
        "22.04.202609100: 2 instances, 61 days behind",
        "22.04.202610110: 1 instance, 30 days behind",
        "22.04.202611100: 1 instance",
      ],
    );
    assert.ok(at("Scale sets", "web", "Azure denied access."), "what Azure did not tell has a row");
    assert.deepEqual(refreshedBetween(scene(earlier), scene(store.snapshot)), [
      at().node.id,
      weekly.id.toLowerCase(),
    ]);
  });

  it("counts in the subscription and its group those of the checked sets that are behind", async () => {
    await read("api");
    assert.equal(at("Scale sets", "api", "Image versions").description, "latest image");
    for (const node of [at(), at("Scale sets")]) {
      assert.match(node.description, / · 1 behind the latest image$/);
      const lines = node.view.tooltip().lines.map((line) => ("text" in line ? inEnglish(line.text) : ""));
      assert.match(
        lines.at(-1) ?? "",
        /^Image versions checked on 2 of 2 scale sets: 1 latest, 1 behind, 0 unknown$/,
      );
    }
  });
});

it("the conditions of a set are below it, those that are not met first, in the words of the rules", () => {
  const row = at("Scale sets", "api", "Conditions");
  assert.equal(row.children.length, eligibilityRules.length);
  const record = [...store.snapshot.scaleSets.values()].find(({ name }) => name === "api");
  const failed = (record?.findings ?? []).filter(({ status }) => status === "fail");
  assert.ok(failed.length > 0);
  assert.deepEqual(
    row.children.slice(0, failed.length).map(({ label }) => label),
    failed.map(({ message }) => inEnglish(message)),
  );
  assert.match(row.description, /^\d not met, \d unknown, \d+ met$/);
});
