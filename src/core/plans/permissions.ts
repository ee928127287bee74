import { nameOf, parseId, resourceGroupId, sameId } from "../resources/ids.ts";
import { joined, message, type Message } from "../text/message.ts";
import { kindOf } from "./kinds/kinds.ts";
import type { Change, Plan } from "./plan.ts";
import { leastRole } from "./roles.ts";

/** The permission that a change needs. */
export interface NeededPermission {
  readonly change: Change;
  readonly action: string;
  /** The least built-in role that has it; undefined where none of those that are known has. */
  readonly role: string | undefined;
  /** Where it may be granted, the widest first: the group or subscription that stands for many changes, then the resource alone. */
  readonly scopes: readonly string[];
}

/** What the changes of a plan need, one entry each. */
export function neededPermissions({ changes }: Plan): readonly NeededPermission[] {
  const newGroups = changes.filter(({ kind }) => kind === "createResourceGroup").map(({ target }) => target);
  return changes.map((change) => {
    const { action } = kindOf(change);
    return { change, action, role: leastRole(action), scopes: scopesOf(change, newGroups) };
  });
}

function scopesOf(change: Change, newGroups: readonly string[]): readonly string[] {
  const { kind, target } = change;
  const { subscriptionId = "", resourceGroup } = parseId(target) ?? {};
  const subscription = `/subscriptions/${subscriptionId}`;
  if (resourceGroup === undefined || kind === "createResourceGroup") return [subscription];
  const group = resourceGroupId(subscriptionId, resourceGroup);
  // A group that the plan creates has no permissions of its own yet, and neither has a configuration or an extension.
  if (newGroups.some((id) => sameId(id, group))) return [subscription];
  return kind === "createConfiguration" ? [group] : [group, kindOf(change).subject(change)];
}

/** What to tell the user of permissions that seem to be missing: one warning per action and group of resources. Never a block. */
export function permissionWarnings(missing: readonly NeededPermission[]): readonly Message[] {
  const groups = Map.groupBy(missing, ({ action, scopes }) => `${action} ${scopes[0]}`.toLowerCase());
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const { action, role, scopes, change } = first;
    const [widest = "", narrowest = widest] = scopes;
    const lack =
      more.length === 0
        ? message(
            "Your account might not have permission {0} on {1}. Azure may refuse “{2}”.",
            action,
            nameOf(narrowest),
            change.title,
          )
        : message(
            "Your account might not have permission {0} in {1}. Azure may refuse {2} of these changes.",
            action,
            nameOf(widest),
            more.length + 1,
          );
    return role === undefined ? lack : joined(" ", [lack, message("The role {0} has it.", role)]);
  });
}
