import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fleetTexts } from "../../../../src/azure/inventory/fleetTexts.ts";

describe("the texts of the fleet's query", () => {
  const text = (port: number) => JSON.stringify({ port });

  it("are each what they say, also where some of one length take turns", () => {
    const { json } = fleetTexts();
    for (const port of [80, 443, 81, 80, 81, 443]) assert.deepEqual(json(text(port)), { port });
  });

  it("are one object for one text, so that thousands of sets share it", () => {
    const { json } = fleetTexts();
    const first = json(text(80));
    json(text(81));
    assert.equal(json(text(80)), first);
  });

  it("are the text itself where it is no JSON", () => {
    const { json, properties } = fleetTexts();
    assert.equal(json("Rolling"), "Rolling");
    assert.equal(properties("Rolling"), "Rolling");
  });
});
