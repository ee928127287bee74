import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Grouping } from "../../../../src/tree/fleet/grouping.ts";
import { sandboxFleet } from "../sandboxFleet.ts";
import { scene, seenIn } from "../walk.ts";

const { store } = await sandboxFleet();
const production = "Contoso Production";
const gateway =
  "Scale set vmss-gateway-prod, Broken schedule, 2 configurations, Azure may use only one, mc-prod-nightly, mc-shared-fourth-monday";
const checkout = "Scale set vmss-checkout-prod, No window, upgrades can start at any time";

/** What a screen reader says of a tree from top to bottom: the rows at the root that begin so, with the first rows below each. */
const readings: readonly (readonly [grouping: Grouping, root: RegExp, said: readonly string[]])[] = [
  [
    { by: "subscription" },
    /^Subscription/,
    [
      "Subscription Contoso Production, 15 scale sets, 10 to fix",
      "  Maintenance configurations, 2",
      "  Scale sets, 15, 10 to fix",
      "Subscription Contoso Shared Services, 5 scale sets, nothing to fix",
      "  Maintenance configurations, 2",
      "  Scale sets, 5",
      "Subscription Contoso Staging, 4 scale sets, 1 to fix",
      "  Maintenance configurations, 1",
      "  Scale sets, 4, 1 to fix",
    ],
  ],
  [
    { by: "state" },
    /^State|services/,
    [
      "State: Unknown, 1 scale set",
      "  Scale set vmss-identity-broker, associations unknown, Contoso Shared Services",
      "State: Broken schedule, 3 scale sets, 3 to fix",
      `  Scale set vmss-archive-prod, configuration has expired, mc-web-until-migration, ${production}`,
      `  ${gateway.replace("Broken schedule, ", "")}, ${production}`,
      "State: Blocked, 4 scale sets, 4 to fix",
      `  Scale set vmss-batch-prod, patch mode is AutomaticByPlatform, mc-prod-nightly, ${production}`,
      `  Scale set vmss-orders-prod, image pinned to 22.04.202509030, mc-prod-nightly, ${production}`,
      "State: No window, 2 scale sets, 2 to fix",
      `  ${checkout.replace("No window, ", "")}, ${production}`,
      "  Scale set vmss-data-staging, upgrades can start at any time, mc-guest-patching-sunday, Contoso Staging",
      "State: Upgrades off, 2 scale sets, 2 to fix",
      `  Scale set vmss-reporting-prod, mc-prod-nightly, ${production}`,
      `  Scale set vmss-search-prod, mc-prod-nightly, ${production}`,
      "State: Not set up, 7 scale sets",
      "  Scale set vmss-api-staging, Contoso Staging",
      "  Scale set vmss-build-agents-canary, image pinned to 1.4.2, Contoso Shared Services",
      "State: Scheduled, 4 scale sets",
      `  Scale set vmss-api-prod, mc-prod-nightly, ${production}`,
      "  Scale set vmss-build-agents, mc-shared-fourth-monday, Contoso Shared Services",
      "Managed by other services, 1 scale set",
      `  Scale set aks-systempool-31415926-vmss, Managed by AKS, ${production}`,
    ],
  ],
  [
    { by: "configuration" },
    /^No configuration|: Unknown|retired/,
    [
      "No configuration, 9 scale sets, 1 to fix",
      `  ${checkout}, ${production}`,
      "  Scale set vmss-api-staging, Not set up, Contoso Staging",
      "Maintenance configuration: Unknown, 1 scale set, associations unknown",
      "  Scale set vmss-identity-broker, Unknown, associations unknown, Contoso Shared Services",
      "Maintenance configuration: mc-ledger-retired, 1 scale set, 1 to fix, no longer exists",
      `  Scale set vmss-ledger-prod, Broken schedule, configuration was deleted, mc-ledger-retired, ${production}`,
    ],
  ],
  [
    { by: "region" },
    /^Region/,
    [
      "Region: East US 2, 1 scale set",
      "  Scale set vmss-loadtest-staging, Not set up, Contoso Staging",
      "Region: North Europe, 4 scale sets, 2 to fix",
      `  Scale set vmss-archive-prod, Broken schedule, configuration has expired, mc-web-until-migration, ${production}`,
      `  Scale set vmss-transcode-prod, Blocked, both a health probe and an extension, mc-prod-nightly, ${production}`,
      "Region: West Europe, 19 scale sets, 9 to fix",
      "  Scale set vmss-identity-broker, Unknown, associations unknown, Contoso Shared Services",
      `  ${gateway}, ${production}`,
    ],
  ],
  [
    { by: "tag", tag: "costCenter" },
    /costCenter/,
    [
      "Tag costCenter: 1420, 24 scale sets, 11 to fix",
      "  Scale set vmss-identity-broker, Unknown, associations unknown, Contoso Shared Services",
      `  Scale set vmss-archive-prod, Broken schedule, configuration has expired, mc-web-until-migration, ${production}`,
    ],
  ],
];

describe("what a screen reader says of the Fleet view, in order,", () => {
  for (const [grouping, root, said] of readings)
    it(`by ${grouping.by}`, () => {
      const rows = seenIn(scene(store.snapshot, { grouping })).filter(({ spoken }) => root.test(spoken));
      const heard = rows.flatMap(({ spoken, children }) => [
        spoken,
        ...children.slice(0, 2).map((child) => `  ${child.spoken}`),
      ]);
      assert.deepEqual(heard, said);
    });
});
