import type { SandboxAddress } from "../../scripts/lib/sandbox.ts";

/**
 * The lower-cased id of a configuration (`mc-…`) or scale set of the sandbox's fleet, as `holdingsOf` names it, with the
 * subscription given by its name.
 */
export function idIn(
  { subscriptions }: Pick<SandboxAddress, "subscriptions">,
  subscription: string,
  resourceGroup: string,
  name: string,
): string {
  const found = subscriptions.find(({ displayName }) => displayName === subscription);
  if (found === undefined) throw new Error(`The sandbox has no subscription ${subscription}.`);
  const type = name.startsWith("mc-")
    ? "Microsoft.Maintenance/maintenanceConfigurations"
    : "Microsoft.Compute/virtualMachineScaleSets";
  return `/subscriptions/${found.subscriptionId}/resourceGroups/${resourceGroup}/providers/${type}/${name}`.toLowerCase();
}

/** The lower-cased id of a scale set's association with a configuration of this name. */
export function associationId(scaleSetId: string, name: string): string {
  return `${scaleSetId}/providers/Microsoft.Maintenance/configurationAssignments/${name}`.toLowerCase();
}
