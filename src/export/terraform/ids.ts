import { parseId, resourceGroupId } from "../../core/resources/ids.ts";

/** How the types of ours are written; Azure returns them in other casings, and azurerm refuses an id in another. */
const written = [
  "Microsoft.Compute",
  "virtualMachineScaleSets",
  "extensions",
  "Microsoft.Maintenance",
  "maintenanceConfigurations",
  "configurationAssignments",
];
const byLowerCase = new Map(written.map((word) => [word.toLowerCase(), word]));

/** An id as the providers write it: the words of Azure in their own casing, the names in that which they came in. */
export function exactId(id: string): string {
  const { subscriptionId, resourceGroup, provider, types, names, scope } = parseId(id) ?? {};
  if (subscriptionId === undefined) return id;
  const group =
    resourceGroup === undefined
      ? `/subscriptions/${subscriptionId}`
      : resourceGroupId(subscriptionId, resourceGroup);
  if (provider === undefined) return group;
  const word = (text: string) => byLowerCase.get(text.toLowerCase()) ?? text;
  const pairs = (types ?? []).map((type, index) => `/${word(type)}/${names?.[index] ?? ""}`).join("");
  return `${scope === undefined ? group : exactId(scope)}/providers/${word(provider)}${pairs}`;
}
