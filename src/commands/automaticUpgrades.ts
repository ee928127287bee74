import { runFlow } from "./flow.ts";
import { scaleSetIdsOf } from "./targets.ts";
import type { Handler } from "./tools.ts";

export const enableAutomaticUpgrades: Handler = (tools, nodes) =>
  runFlow(tools, ({ enableUpgradesFlow }, context) =>
    enableUpgradesFlow(context, { scaleSetIds: scaleSetIdsOf(nodes) }),
  );

export const disableAutomaticUpgrades: Handler = (tools, nodes) =>
  runFlow(tools, ({ disableUpgradesFlow }, context) =>
    disableUpgradesFlow(context, { scaleSetIds: scaleSetIdsOf(nodes) }),
  );

export const editUpgradePolicy: Handler = (tools, nodes) =>
  runFlow(tools, ({ editUpgradePolicyFlow }, context) =>
    editUpgradePolicyFlow(context, { scaleSetIds: scaleSetIdsOf(nodes) }),
  );
