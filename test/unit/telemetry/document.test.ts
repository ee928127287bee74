import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { telemetryJson, withTelemetryList } from "../../../scripts/telemetry.ts";

const atTop = (name: string) => readFileSync(new URL(`../../../${name}`, import.meta.url), "utf8");

test("telemetry.json declares exactly the events of the typed map", () => {
  assert.equal(atTop("telemetry.json"), telemetryJson(), "run: node scripts/telemetry.ts");
});

test("the README lists exactly the events of the typed map", () => {
  const readme = atTop("README.md");
  assert.equal(readme, withTelemetryList(readme), "run: node scripts/telemetry.ts");
});
