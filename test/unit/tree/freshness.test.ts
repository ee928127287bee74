import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { eligibilityRules } from "../../../src/core/eligibility/eligibility.ts";
import { inEnglish } from "../../../src/core/message.ts";
import type { FleetStore } from "../../../src/fleet/store.ts";
import { placesToRefresh } from "../../../src/tree/refresh.ts";
import { sandboxFleet } from "./sandboxFleet.ts";
import { clock, find, seen } from "./walk.ts";

let store: FleetStore;
before(async () => {
  ({ store } = await sandboxFleet());
});

const read = (...names: readonly string[]) => {
  const sets = [...store.snapshot.scaleSets].filter(([, { name }]) => names.includes(name));
  return store.readFacts(
    sets.map(([key]) => key),
    new AbortController().signal,
  );
};
const at = (...labels: readonly string[]) => find(seen(store.snapshot), ...labels);

describe("image versions in the tree", () => {
  it("says of a set that was not asked about that it was not checked, and counts it as nothing", () => {
    const row = at("Contoso Production", "Scale sets", "vmss-api-prod", "Image versions");
    assert.equal(row.description, "not checked");
    assert.equal(at("Contoso Production").description, "15 scale sets · 10 need attention");
  });

  it("shows what the instances run, how far they are behind, and how many sets are, once asked", async () => {
    await read("vmss-api-prod", "vmss-web-prod", "vmss-cache-prod");
    const api = at("Contoso Production", "Scale sets", "vmss-api-prod");
    assert.match(api.description, /^Controlled · mc-prod-nightly · 61 days behind · /);
    const row = find(api.children, "Image versions");
    assert.equal(row.description, "61 days behind");
    assert.deepEqual(
      row.children.map(({ label, description }) => `${label}: ${description}`),
      [
        "20348.4440.260810: 1 instance, 61 days behind",
        "20348.4477.260910: 6 instances, 30 days behind",
        "20348.4514.261010: 1 instance",
      ],
    );
    const web = at("Contoso Production", "Scale sets", "vmss-web-prod", "Image versions");
    assert.equal(web.description, "the latest");
    for (const node of [at("Contoso Production"), at("Contoso Production", "Scale sets")]) {
      assert.match(node.description, / · 2 behind the latest image$/);
      const lines = node.view.tooltip().lines.map((line) => ("text" in line ? inEnglish(line.text) : ""));
      assert.match(
        lines.at(-1) ?? "",
        /versions of 3 of 15 scale sets were checked: 1 run the latest image, 2 are behind, of 0/,
      );
    }
  });

  it("refreshes the lines that count, as soon as another set is known to be behind", async () => {
    const earlier = store.snapshot;
    await read("vmss-worker-prod");
    const ids = new Set([...store.snapshot.subscriptions.keys()]);
    const places = placesToRefresh(ids, earlier, store.snapshot, clock);
    assert.deepEqual(
      places.map(({ id }) => id),
      [at("Contoso Production").node.id],
    );
  });
});

it("the conditions of a set are below it, those that are not met first, in the words of the rules", () => {
  const row = at("Contoso Production", "Scale sets", "vmss-payments-prod", "Conditions");
  assert.equal(row.children.length, eligibilityRules.length);
  const record = [...store.snapshot.scaleSets.values()].find(({ name }) => name === "vmss-payments-prod");
  const failed = (record?.findings ?? []).filter(({ status }) => status === "fail");
  assert.deepEqual(
    row.children.slice(0, failed.length).map(({ label }) => label),
    failed.map(({ message }) => inEnglish(message)),
  );
  assert.match(row.description, /^1 not met, \d unknown, \d+ met$/);
});
