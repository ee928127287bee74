import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readConfigurationResource, readScaleSetResource } from "../../../../src/core/resources/malformed.ts";
import { inEnglish } from "../../../../src/core/text/message.ts";
import { configurationIdOf, scaleSet, scaleSetId } from "../scaleSets.ts";

describe("readScaleSetResource", () => {
  it("hands on a set as it came, unknown members included", () => {
    const set = { ...scaleSet(), etag: "x", properties: { future: [1] } };
    assert.deepEqual(readScaleSetResource(set), { resource: set });
  });

  const cases: readonly (readonly [what: string, value: unknown, reason: RegExp])[] = [
    ["text", "web", /isn't a JSON object/],
    ["null", null, /isn't a JSON object/],
    ["a list", [], /isn't a JSON object/],
    ["no id", { name: "web", properties: {} }, /no id/],
    ["an id that is a number", { id: 7, name: "web", properties: {} }, /no id/],
    [
      "another type's id",
      { id: configurationIdOf("x"), name: "x", properties: {} },
      /isn't the ID of a Microsoft\.Compute\/virtualMachineScaleSets resource/,
    ],
    ["a broken id", { id: "/subscriptions//web", name: "web", properties: {} }, /“\/subscriptions\/\/web”/],
    ["no name", { id: scaleSetId(), name: null, properties: {} }, /no name/],
    ["no properties", { id: scaleSetId(), name: "web" }, /no properties/],
    ["properties that are text", { id: scaleSetId(), name: "web", properties: "{}" }, /no properties/],
  ];
  for (const [what, value, says] of cases) {
    it(`says what is wrong with ${what}`, () => {
      const reading = readScaleSetResource(value);
      assert.ok("reason" in reading);
      assert.match(inEnglish(reading.reason), says);
    });
  }
});

describe("readConfigurationResource", () => {
  it("takes a configuration's id in any casing and refuses a scale set's", () => {
    const item = { id: configurationIdOf("nightly").toLowerCase(), name: "nightly", properties: {} };
    assert.ok("resource" in readConfigurationResource(item));
    assert.ok("reason" in readConfigurationResource(scaleSet()));
  });
});
