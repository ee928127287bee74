import type { Azure } from "../../azure/contracts.ts";
import { distinctIds, idKey, type IdKey, subscriptionOf } from "../../core/resources/ids.ts";
import { message, type Message } from "../../core/text/message.ts";
import {
  neededPermissions,
  permissionWarnings,
  type NeededPermission,
} from "../../core/plans/permissions.ts";
import { allows, type Permission } from "../../core/plans/roles.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { forEachLimited } from "../../core/limit.ts";
import { failureOf } from "../engine/failure.ts";

/** With more groups than this the subscriptions are asked first: most users have their roles there. */
const maxNarrowGroups = 10;
/** Groups, and resources alone, that are asked about at most. */
const maxGroups = 100;
const maxResources = 20;

/** Changes that need the same permission in one group, or in one subscription where there is no group. */
interface Need {
  readonly action: string;
  readonly widest: string;
  readonly subscription: string;
  readonly those: readonly NeededPermission[];
}

/**
 * A warning of each permission that seems to be missing for a plan, and of what was not checked. What is asked is bounded however many scale
 * sets there are: the subscriptions first where there are many groups, then the groups, then resources one by one.
 */
export async function checkPermissions(
  azure: Pick<Azure, "permissions">,
  plan: Plan,
  signal: AbortSignal,
  say: (progress: Message) => void,
): Promise<readonly Message[]> {
  const all = needsOf(plan);
  const asked = new Asked(azure, signal);
  const subscriptions = [...new Set(all.map(({ subscription }) => subscription))];
  const isLarge = new Set(all.map(({ widest }) => idKey(widest))).size > maxNarrowGroups;
  if (isLarge) {
    say(message("Checking your permissions…"));
    await asked.all(subscriptions);
    // One that cannot be asked about is no failure: its groups are asked next.
    asked.forgive(subscriptions);
  }
  const open = isLarge ? all.filter(({ action, subscription }) => !asked.allows(subscription, action)) : all;
  const groups = distinctIds(open.map(({ widest }) => widest));
  const some = groups.slice(0, maxGroups);
  const isAsked = new Set(some.map(idKey));
  await asked.all(some, (done) =>
    say(message("Checking your permissions: {0} of {1} resource groups…", done, some.length)),
  );
  const denied = open.filter(
    ({ widest, action }) => isAsked.has(idKey(widest)) && !asked.allows(widest, action),
  );
  const narrow = distinctIds(denied.flatMap(({ those }) => those.flatMap(({ scopes }) => scopes.slice(1))));
  await asked.all(narrow.slice(0, maxResources));
  // Where some of the resources give what their group does not, nothing follows from it for the others.
  const single = new Set(
    denied.flatMap(({ action, those }) =>
      those.some(({ scopes }) => scopes.slice(1).some((scope) => asked.allows(scope, action))) ? action : [],
    ),
  );
  const isOpen = ({ action, scopes }: NeededPermission) =>
    single.has(action) && scopes.length > 1 && scopes.slice(1).every((scope) => !asked.knows(scope));
  const ofDenied = denied.flatMap(({ widest, those }) => (asked.failed(widest) ? [] : those));
  const missing = ofDenied.filter(
    (need) =>
      !isOpen(need) &&
      need.scopes.slice(1).every((scope) => !asked.failed(scope) && !asked.allows(scope, need.action)),
  );
  const unchecked = open.filter(({ widest }) => !isAsked.has(idKey(widest)));
  return [
    ...permissionWarnings(missing),
    ...uncheckedWarning(
      unchecked.reduce((sum, { those }) => sum + those.length, 0) + ofDenied.filter(isOpen).length,
    ),
    ...(asked.failure === undefined
      ? []
      : [message("Couldn't check all your permissions. {0}", asked.failure)]),
  ];
}

/** Beyond the bounds on what is asked. */
function uncheckedWarning(changes: number): readonly Message[] {
  if (changes === 0) return [];
  return [
    message(
      "Your permissions for {0} of these changes weren't checked: it would take too many requests.",
      changes,
    ),
  ];
}

function needsOf(plan: Plan): readonly Need[] {
  const alike = Map.groupBy(neededPermissions(plan), ({ action, scopes }) =>
    `${action} ${scopes[0]}`.toLowerCase(),
  );
  return [...alike.values()].flatMap((those): readonly Need[] => {
    const [first] = those;
    const [widest] = first?.scopes ?? [];
    if (first === undefined || widest === undefined) return [];
    const subscription = `/subscriptions/${subscriptionOf(widest)}`;
    return [{ action: first.action, widest, subscription, those }];
  });
}

/** What Azure was asked about, each scope once. */
class Asked {
  readonly #azure: Pick<Azure, "permissions">;
  readonly #signal: AbortSignal;
  readonly #answers = new Map<IdKey, readonly Permission[]>();
  readonly #failed = new Map<IdKey, Message>();

  constructor(azure: Pick<Azure, "permissions">, signal: AbortSignal) {
    this.#azure = azure;
    this.#signal = signal;
  }

  /** Asks about these scopes, some at a time; `onDone` hears how many are done. Never rejects. */
  async all(scopes: readonly string[], onDone?: (done: number) => void): Promise<void> {
    let done = 0;
    await forEachLimited(scopes, async (scope) => {
      const key = idKey(scope);
      try {
        if (!this.#answers.has(key))
          this.#answers.set(key, await this.#azure.permissions(scope, this.#signal));
        this.#failed.delete(key);
      } catch (error) {
        this.#failed.set(key, failureOf(error));
      }
      onDone?.(++done);
    });
  }

  allows(scope: string, action: string): boolean {
    return allows(this.#answers.get(idKey(scope)) ?? [], action);
  }

  /** Whether it was asked about, with or without success. */
  knows(scope: string): boolean {
    return this.#answers.has(idKey(scope)) || this.failed(scope);
  }

  failed(scope: string): boolean {
    return this.#failed.has(idKey(scope));
  }

  forgive(scopes: readonly string[]): void {
    for (const scope of scopes) this.#failed.delete(idKey(scope));
  }

  /** Why one of the groups or resources could not be asked about. */
  get failure(): Message | undefined {
    return [...this.#failed.values()][0];
  }
}
