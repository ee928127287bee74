import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { telemetryJson, withTelemetryList } from "../../../scripts/telemetry.ts";

const atTop = (name: string) => readFileSync(new URL(`../../../${name}`, import.meta.url), "utf8");

test("telemetry.json declares exactly the events of the typed map", () => {
  assert.equal(atTop("telemetry.json"), telemetryJson(), "run: node scripts/telemetry.ts");
});

test("the page on privacy lists exactly the events of the typed map, and the README links to it", () => {
  const page = atTop("docs/privacy.md");
  assert.equal(page, withTelemetryList(page), "run: node scripts/telemetry.ts");
  assert.ok(atTop("README.md").includes("](docs/privacy.md)"));
});
