import assert from "node:assert/strict";
import { test } from "node:test";
import { portalAddress } from "../../../src/ui/portal.ts";

test("the portal opens the resource in its subscription's tenant", () => {
  assert.equal(
    portalAddress(
      "https://portal.azure.us",
      "tenant-1",
      "/subscriptions/s/resourceGroups/my group/providers/P/t/n",
    ),
    "https://portal.azure.us/#@tenant-1/resource/subscriptions/s/resourceGroups/my%20group/providers/P/t/n",
  );
});
