import { startOnSets, type FlowOptions } from "../flowStart.ts";
import type { Handler } from "../handler.ts";

export const enableAutomaticUpgrades =
  ({ flows, ...shown }: FlowOptions): Handler =>
  (nodes) =>
    flows.run(({ enableUpgradesFlow }, context) => enableUpgradesFlow(context, startOnSets(nodes, shown)));

export const disableAutomaticUpgrades =
  ({ flows, ...shown }: FlowOptions): Handler =>
  (nodes) =>
    flows.run(({ disableUpgradesFlow }, context) => disableUpgradesFlow(context, startOnSets(nodes, shown)));

export const editUpgradePolicy =
  ({ flows, ...shown }: FlowOptions): Handler =>
  (nodes) =>
    flows.run(({ editUpgradePolicyFlow }, context) =>
      editUpgradePolicyFlow(context, startOnSets(nodes, shown)),
    );
