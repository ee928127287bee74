import type { FlowRunner } from "../flowRunner.ts";
import type { Handler } from "../handler.ts";
import { knowsScaleSets } from "../known.ts";
import { scaleSetIdsOf } from "../targets.ts";

interface Options {
  readonly flows: FlowRunner;
}

export const startUpgrade =
  ({ flows }: Options): Handler =>
  (nodes) =>
    flows.run(
      ({ startUpgradeFlow }, context) => startUpgradeFlow(context, { scaleSetIds: scaleSetIdsOf(nodes) }),
      { knows: knowsScaleSets(nodes) },
    );

export const cancelUpgrade =
  ({ flows }: Options): Handler =>
  (nodes) =>
    flows.run(
      ({ cancelUpgradeFlow }, context) => cancelUpgradeFlow(context, { scaleSetIds: scaleSetIdsOf(nodes) }),
      { knows: knowsScaleSets(nodes) },
    );

export const approveUpgrade =
  ({ flows }: Options): Handler =>
  (nodes) =>
    flows.run(
      ({ approveUpgradeFlow }, context) => approveUpgradeFlow(context, { scaleSetIds: scaleSetIdsOf(nodes) }),
      { knows: knowsScaleSets(nodes) },
    );
