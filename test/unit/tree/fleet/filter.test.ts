import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { verbatim } from "../../../../src/core/text/message.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import type {
  ConfigurationRecord,
  ScaleSetRecord,
  Snapshot,
} from "../../../../src/fleet/snapshot/snapshot.ts";
import { Filter } from "../../../../src/tree/fleet/filter.ts";
import { filterWords } from "../../../../src/tree/fleet/filterWords.ts";
import { stateName } from "../../../../src/core/associations/coverageInWords.ts";
import * as fake from "../../fleet/fakes.ts";
import { scene, seenIn, flat } from "../walk.ts";

const { snapshot } = await fake.readStore();
const web = [...snapshot.scaleSets.values()].find(({ name }) => name === "web") as ScaleSetRecord;
const weekly = [...snapshot.configurations.values()][0] as ConfigurationRecord;
const set: ScaleSetRecord = {
  ...web,
  subscriptionId: "aaaa",
  resource: { ...web.resource, location: "East US 2", tags: { team: "Big Shop", region: "emea" } },
  assignments: {
    known: [fake.assignment(fake.scaleSet("AAAA", "web"), fake.configuration("AAAA", "mc-Prod"))],
  },
  coverage: {
    state: "uncontrolled",
    reasons: [verbatim("It has no health source."), verbatim("The image is pinned.")],
    needsAttention: true,
  },
};
const passes = (text: string, record = set, of: Snapshot = snapshot) => new Filter(text, of).passes(record);

function expect(yes: readonly string[], no: readonly string[], record = set): void {
  for (const text of yes) assert.ok(passes(text, record), text);
  for (const text of no) assert.ok(!passes(text, record), text);
}

describe("a filter by words", () => {
  it("finds a state by its id and its label, and never one that only ends so", () => {
    const label = inEnglish(stateName("uncontrolled"));
    expect(
      ["state:uncontrolled", "STATE:uncon", `state:"${label}"`, `state:${label.slice(0, 3)}`],
      ["state:controlled", "state:blocked", `state:"${label.slice(0, -1)}"`],
    );
  });

  it("finds what another service manages by that", () => {
    const managed = { ...set, coverage: { ...set.coverage, managedBy: "AKS" } };
    expect(['state:"managed by AKS"', "state:managed"], [], managed);
    expect([], ["state:managed"]);
  });

  it("finds a region by its key and its name", () => {
    expect(
      ["region:eastus2", 'region:"East US 2"', "region:eastus", 'region:"east us'],
      ['region:"East US"', "region:emea"],
    );
  });

  it("finds a subscription by its name and its id, a configuration by its name", () => {
    expect(
      ["subscription:alpha", "subscription:AAAA", "subscription:alp", "configuration:mc-prod"],
      ["subscription:beta", 'subscription:"alp"', 'configuration:"mc"', "configuration:weekly"],
    );
  });

  it("finds any part of the reasons, in quotes too", () => {
    expect(['reason:"health source"', "reason:pinned"], ['reason:"no image"', "reason:web"]);
  });

  it("wants all words, and takes a key without a value for none", () => {
    expect(
      ["web region:eastus2 state:unc", "region:", "state: web"],
      ["api region:eastus2", "web region:westeurope"],
    );
  });

  it("leaves plain words their meaning: names, and tags as name:value, in quotes with spaces", () => {
    expect(
      ["web", "team:big", 'team:"big shop"', '"team:big shop"', '"region:emea"', "ubuntu server"],
      ['team:"shop big"', '"web ubuntu"'],
    );
  });

  it("is another once a subscription has another name, and only if it asks for one", () => {
    const other = new Map([...snapshot.subscriptions].map(([id, { ...record }]) => [id, record]));
    const renamed = new Map(
      [...other].map(([id, record]) => [
        id,
        { ...record, subscription: { ...record.subscription, displayName: "Gamma" } },
      ]),
    );
    const isFor = (text: string, subscriptions: Snapshot["subscriptions"]) =>
      new Filter(text, snapshot).isFor(text, { subscriptions });
    assert.ok(isFor("subscription:a", other));
    assert.ok(!isFor("subscription:a", renamed));
    assert.ok(isFor("region:a", renamed));
    assert.ok(!new Filter("a", snapshot).isFor("b", snapshot));
  });

  it("shows configurations by what they have, and none by a state", () => {
    const has = (text: string) => new Filter(text, snapshot).passesConfiguration(weekly);
    for (const text of ["configuration:weekly", "region:westeurope", "subscription:beta weekly"])
      assert.ok(has(text), text);
    for (const text of ["state:blocked", "reason:a", "configuration:daily", "region:north"])
      assert.ok(!has(text), text);
  });

  it("is what the tree shows", () => {
    const names = (filter: string) =>
      flat(seenIn(scene(snapshot, { filter, grouping: { by: "state" } }))).flatMap(({ node, label }) =>
        node.kind === "scaleSet" ? [label] : [],
      );
    assert.deepEqual(names("subscription:alpha web"), ["web"]);
    assert.deepEqual(names("subscription:beta web"), []);
  });
});

describe("the words of a filter", () => {
  it("are told with where they begin, and whether their quote is closed", () => {
    const words = filterWords('web State:"No w" reason:"a b').map(
      ({ key, value, isWhole, isOpen, start }) => [key, value, isWhole, isOpen, start],
    );
    assert.deepEqual(words, [
      [undefined, "web", false, false, 0],
      ["state", "no w", true, false, 4],
      ["reason", "a b", false, true, 17],
    ]);
  });
});
