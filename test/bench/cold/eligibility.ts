// Judges 10,000 scale sets once, in this new process, and prints the time and what came of it.
import { performance } from "node:perf_hooks";
import { eligibility } from "../../../src/core/eligibility/eligibility.ts";
import { verdictOf } from "../../../src/core/eligibility/rule.ts";
import type { JsonObject } from "../../../src/core/resources/json.ts";
import { scaleSetBody } from "../../../src/sandbox/fleet/scaleSet.ts";

const count = 10_000;
const images = ["ubuntu22", "ubuntu20", "azureLinux", "windows2022", "windows2019", "sql2022"];
const health = ["extension", "probe", "both", "none"] as const;
const modes = ["Manual", "Automatic", "Rolling"] as const;

/** Every set of another mix, and each an object of its own, as from the wire. */
function scaleSet(index: number): JsonObject {
  const seed = {
    name: `vmss-${index}`,
    group: `rg-${index % 300}`,
    location: "westeurope",
    image: images[index % images.length] ?? "ubuntu22",
    health: health[index % 7] ?? "extension",
    mode: modes[index % modes.length] ?? "Manual",
    capacity: index % 100,
    upgrades: index % 2 === 0,
    flexible: index % 11 === 0,
    windowsUpdates: index % 13 === 0,
    ...(index % 17 === 0 && { patchMode: "AutomaticByPlatform" }),
    ...(index % 19 === 0 && { version: "1.0.20261010" }),
  };
  return JSON.parse(
    JSON.stringify(scaleSetBody(seed, "11111111-1111-1111-1111-111111111111", 0)),
  ) as JsonObject;
}

const sets = Array.from({ length: count }, (_, index) => scaleSet(index));
const start = performance.now();
const verdicts = sets.map((set) => verdictOf(eligibility(set)));
const ms = performance.now() - start;
const blocked = verdicts.filter((verdict) => verdict === "blocked").length;
console.log(JSON.stringify({ ms, sets: count, blocked }));
