import assert from "node:assert/strict";
import { test } from "node:test";
import { ask } from "../../scripts/lib/outside.ts";
import { eventually } from "../support/eventually.ts";
import { idIn } from "../support/ids.ts";
import { Keys } from "../support/keys.ts";
import { shareWorkbench } from "../support/sharedWorkbench.ts";

const shared = shareWorkbench();

/** Beside those that the sandbox has; below the number of which the rules warn. */
const made = 230;

test("a list of more than 200 shows a page, and Enter on its last row the next, from where the keyboard goes on", async () => {
  const { workbench, sandbox, tree, picture } = shared();
  const keys = new Keys(workbench);
  for (let index = 0; index < made; index += 1) {
    const name = `mc-many-${index}`;
    const id = idIn(sandbox, "Contoso Shared Services", "rg-maintenance", name);
    const { status } = await ask(sandbox, "PUT", `${id}?api-version=2023-04-01`, {
      location: "westeurope",
      properties: {
        maintenanceScope: "OSImage",
        visibility: "Custom",
        maintenanceWindow: {
          startDateTime: `${new Date().getFullYear() + 1}-01-15 21:30`,
          duration: "05:00",
          timeZone: "UTC",
          recurEvery: "Day",
        },
      },
    });
    assert.equal(status, 201);
  }
  await workbench.run("Scale Set Maintenance: Refresh");
  await workbench.idle();
  await tree.expandPath("Contoso Shared Services", "Maintenance configurations");
  await tree.select("mc-many-0");
  const more = await tree.row(/^Show \d+ more, 200 of 232 shown/);
  await picture("page");
  await more.click({ modifiers: ["Control"] }); // the focus is on it, and nothing has happened yet
  await keys.press("Enter");
  await eventually(async () => assert.match(await tree.focused(), /^Maintenance configuration mc-many-200/));
  await keys.press("ArrowDown");
  await eventually(async () => assert.match(await tree.focused(), /^Maintenance configuration mc-many-201/));
  await picture("next-page");
});

test("a click opens the next page too, and what an association leads to is shown wherever it is", async () => {
  const { workbench, tree } = shared();
  await workbench.run("Scale Set Maintenance: Group Scale Sets By…");
  await workbench.quickInput.pick("Region");
  await tree.expand("Maintenance configurations");
  await tree.select("mc-many-0");
  await tree.expand("West Europe");
  await tree.expand("vmss-api-prod");
  await tree.select(/^Association with maintenance configuration mc-prod-nightly/);
  await eventually(async () =>
    assert.match(await tree.focused(), /^Maintenance configuration mc-prod-nightly/),
  );
});
