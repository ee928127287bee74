import assert from "node:assert/strict";
import { test } from "node:test";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench({ size: { width: 1500, height: 1000 } });

test("the report opens above the Fleet view, says what waits and lists every scale set", async () => {
  const { workbench, picture } = shared();
  await workbench.viewAction("Fleet Report");
  const page = await workbench.webPage("Fleet Report (Sandbox)");
  await page.getByRole("heading", { name: "At a Glance" }).waitFor();
  await page.getByText(/^24 scale sets/).waitFor();
  await workbench.run("View: Toggle Primary Side Bar Visibility");
  await picture("top");
  await page.getByRole("grid").scrollIntoViewIfNeeded();
  await picture("table");
  assert.equal(await page.getByRole("grid").getAttribute("aria-rowcount"), "25");
});
