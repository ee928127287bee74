import { idKey } from "../core/ids.ts";
import { message, type Message } from "../core/message.ts";
import {
  allows,
  neededPermissions,
  permissionWarnings,
  type NeededPermission,
  type Permission,
} from "../core/permissions.ts";
import type { Change, Plan } from "../core/plan.ts";
import {
  maintenanceNamespace,
  registerProvider,
  subscriptionsToCheck,
  withRegistrations,
} from "../core/registration.ts";
import type { FlowContext } from "./context.ts";
import { failureOf } from "./failure.ts";
import { subscriptionName } from "./subscriptions.ts";

/** How long, in milliseconds, the user is kept waiting for her review by what Azure is asked before it. */
const patience = 15_000;

/**
 * The plan with what only Azure can say to it before it is confirmed: a registration of Microsoft.Maintenance wherever it is missing, and
 * a warning of each permission that seems to be missing. What Azure does not answer becomes a warning too. Nothing here keeps the user from
 * confirming. Rejects only with the reason of `signal`.
 */
export async function checked(
  context: Pick<FlowContext, "azure" | "snapshot">,
  plan: Plan,
  signal: AbortSignal,
): Promise<Plan> {
  const patient = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  const registration = await checkRegistration(context, plan, patient);
  signal.throwIfAborted();
  const complete = withRegistrations(plan, registration.changes);
  const permissions = await checkPermissions(context, complete, patient);
  signal.throwIfAborted();
  return { ...complete, warnings: [...complete.warnings, ...registration.warnings, ...permissions] };
}

interface Registration {
  readonly changes: readonly Change[];
  readonly warnings: readonly Message[];
}

async function checkRegistration(
  { azure, snapshot }: Pick<FlowContext, "azure" | "snapshot">,
  plan: Plan,
  signal: AbortSignal,
): Promise<Registration> {
  const found = await Promise.all(
    subscriptionsToCheck(plan).map(async (subscriptionId): Promise<Registration> => {
      const name = subscriptionName(snapshot(), subscriptionId);
      try {
        const state = await azure.registrationState(subscriptionId, maintenanceNamespace, signal);
        const isRegistered = state.toLowerCase() === "registered";
        return { changes: isRegistered ? [] : [registerProvider(subscriptionId, name)], warnings: [] };
      } catch (error) {
        const warning = message(
          "Whether {0} is registered in {1} could not be checked. {2}",
          maintenanceNamespace,
          name,
          failureOf(error),
        );
        return { changes: [], warnings: [warning] };
      }
    }),
  );
  return {
    changes: found.flatMap(({ changes }) => changes),
    warnings: found.flatMap(({ warnings }) => warnings),
  };
}

async function checkPermissions(
  { azure }: Pick<FlowContext, "azure">,
  plan: Plan,
  signal: AbortSignal,
): Promise<readonly Message[]> {
  const asked = new Map<string, Promise<readonly Permission[]>>();
  const permissionsAt = (scope: string) => {
    const permissions = asked.get(idKey(scope)) ?? azure.permissions(scope, signal);
    asked.set(idKey(scope), permissions);
    return permissions;
  };
  /** A role may be given on one resource alone, so the narrower scope is asked where the wider one does not have it. */
  const isMissing = async ({ action, scopes }: NeededPermission): Promise<boolean> => {
    for (const scope of scopes) if (allows(await permissionsAt(scope), action)) return false;
    return true;
  };
  const missing: NeededPermission[] = [];
  let failure: Message | undefined;
  const check = async (needed: NeededPermission) => {
    try {
      if (await isMissing(needed)) missing.push(needed);
    } catch (error) {
      failure ??= message("Your permissions could not be checked as a whole. {0}", failureOf(error));
    }
  };
  const needed = neededPermissions(plan);
  await Promise.all(needed.map(check));
  const inOrder = needed.filter((one) => missing.includes(one));
  return [...permissionWarnings(inOrder), ...(failure === undefined ? [] : [failure])];
}
