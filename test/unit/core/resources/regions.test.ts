import assert from "node:assert/strict";
import { test } from "node:test";
import { arePaired, readRegions, regionKey, regionOf } from "../../../../src/core/resources/regions.ts";

const regions = readRegions([
  {
    name: "westeurope",
    displayName: "West Europe",
    metadata: { pairedRegion: [{ name: "northeurope", id: "/subscriptions/s/locations/northeurope" }] },
  },
  { name: "northeurope", displayName: "North Europe", metadata: { pairedRegion: [{ name: "westeurope" }] } },
  { name: "westus3", displayName: "West US 3", metadata: { pairedRegion: [{ name: "eastus" }] } },
  { name: "eastus", metadata: { pairedRegion: [{ name: "westus" }] } },
  { name: "polandcentral", displayName: "Poland Central", metadata: { pairedRegion: [] } },
  { name: "europe", displayName: "Europe", metadata: { regionType: "Logical" } },
  { displayName: "Nowhere" },
]);

test("regions are read with their names and pairs; one without a name is passed by", () => {
  assert.deepEqual(regions.get("westeurope"), { displayName: "West Europe", pairs: ["northeurope"] });
  assert.deepEqual(regions.get("eastus"), { displayName: "eastus", pairs: ["westus"] });
  assert.deepEqual(regions.get("europe")?.pairs, []);
  assert.equal(regions.size, 6);
});

test("two regions are paired when either names the other, and none is paired with itself", () => {
  assert.ok(arePaired(regions, "westeurope", "northeurope"));
  assert.ok(arePaired(regions, "eastus", "westus3"));
  assert.equal(arePaired(regions, "eastus", "northeurope"), false);
  assert.equal(arePaired(regions, "westeurope", "westeurope"), false);
  assert.equal(arePaired(regions, "polandcentral", "nowhere"), false);
});

test("a region has one key, however a resource writes it", () => {
  assert.equal(regionKey("West Europe"), "westeurope");
  assert.equal(regionOf({ location: "West Europe" }), "westeurope");
  assert.equal(regionOf({}), "");
});
