import { startOnSets, type FlowOptions } from "../flowStart.ts";
import type { Handler } from "../handler.ts";
import { knowsScaleSets } from "../known.ts";

export const enableAutomaticUpgrades =
  ({ flows, ...shown }: FlowOptions): Handler =>
  (nodes) =>
    flows.run(({ enableUpgradesFlow }, context) => enableUpgradesFlow(context, startOnSets(nodes, shown)), {
      knows: knowsScaleSets(nodes),
    });

export const disableAutomaticUpgrades =
  ({ flows, ...shown }: FlowOptions): Handler =>
  (nodes) =>
    flows.run(({ disableUpgradesFlow }, context) => disableUpgradesFlow(context, startOnSets(nodes, shown)), {
      knows: knowsScaleSets(nodes),
    });

export const editUpgradePolicy =
  ({ flows, ...shown }: FlowOptions): Handler =>
  (nodes) =>
    flows.run(
      ({ editUpgradePolicyFlow }, context) => editUpgradePolicyFlow(context, startOnSets(nodes, shown)),
      { knows: knowsScaleSets(nodes) },
    );
