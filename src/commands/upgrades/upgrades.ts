import { runFlow } from "../flow.ts";
import { scaleSetIdsOf } from "../targets.ts";
import type { Handler } from "../tools.ts";

export const startUpgrade: Handler = (tools, nodes) =>
  runFlow(tools, ({ startUpgradeFlow }, context) =>
    startUpgradeFlow(context, { scaleSetIds: scaleSetIdsOf(nodes) }),
  );

export const cancelUpgrade: Handler = (tools, nodes) =>
  runFlow(tools, ({ cancelUpgradeFlow }, context) =>
    cancelUpgradeFlow(context, { scaleSetIds: scaleSetIdsOf(nodes) }),
  );

export const approveUpgrade: Handler = (tools, nodes) =>
  runFlow(tools, ({ approveUpgradeFlow }, context) =>
    approveUpgradeFlow(context, { scaleSetIds: scaleSetIdsOf(nodes) }),
  );
