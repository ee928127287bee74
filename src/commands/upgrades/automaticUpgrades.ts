import { runFlow } from "../flow.ts";
import { startOnSets } from "../flowStart.ts";
import type { Handler } from "../tools.ts";

export const enableAutomaticUpgrades: Handler = (tools, nodes) =>
  runFlow(tools, ({ enableUpgradesFlow }, context) => enableUpgradesFlow(context, startOnSets(nodes, tools)));

export const disableAutomaticUpgrades: Handler = (tools, nodes) =>
  runFlow(tools, ({ disableUpgradesFlow }, context) =>
    disableUpgradesFlow(context, startOnSets(nodes, tools)),
  );

export const editUpgradePolicy: Handler = (tools, nodes) =>
  runFlow(tools, ({ editUpgradePolicyFlow }, context) =>
    editUpgradePolicyFlow(context, startOnSets(nodes, tools)),
  );
