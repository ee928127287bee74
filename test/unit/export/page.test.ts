import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { withSamples } from "../../../scripts/asCode.ts";

it("the page about plans as code shows what the exporters make of its plan", async () => {
  const page = readFileSync(new URL("../../../docs/as-code.md", import.meta.url), "utf8");
  assert.equal(page, await withSamples(page), "run: node scripts/asCode.ts");
  for (const language of ["bicep", "arm", "azurerm5", "azapi"])
    assert.ok(page.includes(`<!-- code: ${language} `), language);
});
