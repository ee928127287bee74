import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AzureError } from "../../../../src/azure/errors/errors.ts";
import { message } from "../../../../src/core/text/message.ts";
import { failureRows } from "../../../../src/flows/engine/failure.ts";
import { regionRows } from "../../../../src/flows/engine/lists.ts";
import { escapeIcons } from "../../../../src/ui/icons.ts";
import { textsOf } from "../support.ts";

describe("rows", () => {
  test("an icon in a name is shown as it is written", () => {
    assert.equal(escapeIcons("vmss-$(trash)-$(sync~spin)"), String.raw`vmss-\$(trash)-\$(sync~spin)`);
    assert.equal(escapeIcons("$ (x) $() cost $(a b)"), "$ (x) $() cost $(a b)");
  });

  test("a failed list says what Azure said and how to go on, and can be tried again", async () => {
    const error = new AzureError({
      kind: "forbidden",
      summary: message("Couldn't load the resource groups."),
      wayOut: message("Ask for the role Reader."),
    });
    let tries = 0;
    const rows = failureRows(error, async () => void tries++);
    assert.deepEqual(textsOf(rows), [
      "Retry",
      "Couldn't load the resource groups. | Ask for the role Reader.",
    ]);
    if (rows[0]?.kind === "action") await rows[0].run();
    assert.equal(tries, 1);
    assert.match(
      textsOf(failureRows(new Error("socket hang up"), async () => undefined)).join(),
      /socket hang up/,
    );
  });

  test("regions without metadata are offered too, and logical ones are not", () => {
    const rows = regionRows([
      { name: "newregion" },
      { name: "europe", metadata: { regionType: "Logical" } },
      { name: "westeurope", displayName: "West Europe", metadata: { regionCategory: "Recommended" } },
    ]);
    assert.deepEqual(textsOf(rows), [
      "Recommended",
      "West Europe | westeurope",
      "Other regions",
      "newregion | newregion",
    ]);
  });
});
