import assert from "node:assert/strict";
import { ask } from "../../scripts/lib/outside.ts";
import type { SandboxAddress } from "../../scripts/lib/sandbox.ts";

/** Next year, so that none opens while a test looks. */
const daily = {
  startDateTime: `${new Date().getFullYear() + 1}-01-15 21:30`,
  duration: "05:00",
  timeZone: "UTC",
  recurEvery: "Day",
};

/** Makes a maintenance configuration as others would, past the extension. */
export async function putConfiguration(
  sandbox: SandboxAddress,
  id: string,
  maintenanceWindow: Partial<typeof daily> = {},
): Promise<void> {
  const { status, body } = await ask(sandbox, "PUT", `${id}?api-version=2023-04-01`, {
    location: "westeurope",
    properties: {
      maintenanceScope: "OSImage",
      visibility: "Custom",
      maintenanceWindow: { ...daily, ...maintenanceWindow },
    },
  });
  assert.equal(status, 200, JSON.stringify(body));
}
