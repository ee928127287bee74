import { nameOf, parseId, resourceGroupId, sameId } from "../resources/ids.ts";
import { arrayAt, type Json } from "../resources/json.ts";
import { message, type Message } from "../text/message.ts";
import { kindOf } from "./kinds/kinds.ts";
import type { Change, Plan } from "./plan.ts";

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

/** The permission that a change needs. */
export interface NeededPermission {
  readonly change: Change;
  readonly action: string;
  /** The least built-in role that has it. */
  readonly role: string;
  /** Where it may be granted, the widest first: the group or subscription that stands for many changes, then the resource alone. */
  readonly scopes: readonly string[];
}

/** What the changes of a plan need, one entry each. */
export function neededPermissions({ changes }: Plan): readonly NeededPermission[] {
  const newGroups = changes.filter(({ kind }) => kind === "createResourceGroup").map(({ target }) => target);
  return changes.map((change) => ({
    change,
    ...kindOf(change).permission,
    scopes: scopesOf(change, newGroups),
  }));
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
    if (more.length === 0) {
      return message(
        "You do not seem to have the permission {0} on {1}, so Azure may refuse “{2}”. The role {3} has it.",
        action,
        nameOf(narrowest),
        change.title,
        role,
      );
    }
    return message(
      "You do not seem to have the permission {0} in {1}, so Azure may refuse {2} of these changes. The role {3} has it.",
      action,
      nameOf(widest),
      more.length + 1,
      role,
    );
  });
}

const isText = (value: Json): value is string => typeof value === "string";
