import { runFlow } from "./flow.ts";
import { scaleSetIdsOf } from "./targets.ts";
import type { Handler } from "./tools.ts";

const setUpgrades =
  (on: boolean): Handler =>
  (tools, nodes) =>
    runFlow(tools, ({ setUpgradesFlow }, context) =>
      setUpgradesFlow(context, { on, scaleSetIds: scaleSetIdsOf(nodes) }),
    );

export const enableAutomaticUpgrades = setUpgrades(true);
export const disableAutomaticUpgrades = setUpgrades(false);
