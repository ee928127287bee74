import type { CommandName } from "../telemetry/events.ts";

/**
 * VS Code gives an action above a view the node that has the keyboard's focus in it, as if the user had chosen it. These commands are
 * therefore contributed twice: above a view as `scaleSetMaintenance.title.<name>`, where they take no node and ask.
 */
export const titleCommands = [
  "setUp",
  "createConfiguration",
  "associate",
  "cleanUpAssociations",
  "enableAutomaticUpgrades",
  "exportUpcomingWindows",
  "startUpgrade",
  "upgradeHistory",
  "exportUpgradeHistory",
  "exportFleetReport",
  "signIn",
] as const satisfies readonly CommandName[];

/** Commands that take no node, wherever they are called. */
export const withoutNodes: ReadonlySet<CommandName> = new Set<CommandName>([
  "openSandbox",
  "leaveSandbox",
  "resetSandbox",
  "selectSubscriptions",
  "groupFleet",
  "filterFleet",
  "clearFleetFilter",
  "goToScaleSet",
  "fleetReport",
  "refresh",
  "stopReading",
  "showLog",
]);
