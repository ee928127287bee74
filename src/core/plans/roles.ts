/** What roles allow, and which built-in role is the least one for an action. */
import { arrayAt, type Json } from "../resources/json.ts";

/** One entry of Microsoft.Authorization/permissions: what one role assignment of the user's allows at a scope. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** The entries of a permissions list, as they came on the wire. */
export function readPermissions(items: readonly unknown[]): readonly Permission[] {
  return items.map((item) => ({
    actions: arrayAt(item, "actions").filter(isText),
    notActions: arrayAt(item, "notActions").filter(isText),
  }));
}

/**
 * Whether an action is allowed: in some entry one of the actions matches it and none of that entry's notActions does
 * (https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions). Deny assignments, locks and policies are not
 * in the entries: a yes is a hint, not a promise.
 */
export function allows(permissions: readonly Permission[], action: string): boolean {
  return permissions.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => matches(pattern, action)) &&
      !notActions.some((pattern) => matches(pattern, action)),
  );
}

/**
 * `*` stands for any text, slashes included; case does not matter. Each part is looked for once, after the one before it: the first place
 * leaves the most to those that follow.
 */
function matches(pattern: string, action: string): boolean {
  const [first = "", ...parts] = pattern.toLowerCase().split("*");
  const text = action.toLowerCase();
  const last = parts.pop();
  if (last === undefined) return text === first;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= end;
}

export interface BuiltInRole extends Permission {
  readonly name: string;
}

/**
 * Azure's built-in roles that matter here, the one that allows least first. Of their actions those that this extension's requests need
 * (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles).
 */
export const builtInRoles: readonly BuiltInRole[] = [
  { name: "Reader", actions: ["*/read"], notActions: [] },
  {
    // Written for guest patching, but its actions on configurations and assignments hold for every scope. None of them is on scale sets.
    name: "Scheduled Patching Contributor",
    actions: ["maintenanceConfigurations", "configurationAssignments"].flatMap((type) =>
      ["read", "write", "delete"].map((verb) => `Microsoft.Maintenance/${type}/${verb}`),
    ),
    notActions: [],
  },
  {
    name: "Virtual Machine Contributor",
    actions: [
      "Microsoft.Compute/locations/*",
      "Microsoft.Compute/virtualMachines/*",
      "Microsoft.Compute/virtualMachineScaleSets/*",
      "Microsoft.Network/loadBalancers/read",
      "Microsoft.Network/loadBalancers/probes/join/action",
      "Microsoft.Network/virtualNetworks/subnets/join/action",
    ],
    notActions: [],
  },
  {
    name: "Contributor",
    actions: ["*"],
    notActions: [
      "Microsoft.Authorization/*/Delete",
      "Microsoft.Authorization/*/Write",
      "Microsoft.Authorization/elevateAccess/Action",
    ],
  },
];

/** The least built-in role that has an action; undefined where only Owner or a custom role could have it. */
export function leastRole(action: string): string | undefined {
  return builtInRoles.find((role) => allows([role], action))?.name;
}

const isText = (value: Json): value is string => typeof value === "string";
