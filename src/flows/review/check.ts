import { message, type Message } from "../../core/text/message.ts";
import type { Change, Plan } from "../../core/plans/plan.ts";
import {
  maintenanceNamespace,
  registerProvider,
  subscriptionsToCheck,
  withRegistrations,
} from "../../core/plans/registration.ts";
import { forEachLimited } from "../../core/limit.ts";
import { checkPermissions } from "./checkPermissions.ts";
import type { FlowContext } from "../engine/context.ts";
import { failureOf } from "../engine/failure.ts";
import { subscriptionName } from "../scaleSets/subscriptions.ts";

/** How long the checks may delay the review. */
const timeoutMs = 15_000;

/**
 * The plan with what only Azure can say to it before it is confirmed: a registration of Microsoft.Maintenance wherever it is missing, and
 * a warning of each permission that seems to be missing. What Azure does not answer becomes a warning too. Nothing here keeps the user from
 * confirming, and nothing takes longer than `timeoutMs`: what was not answered by then is reported as not checked. `say` hears how far it is.
 * Rejects only with the reason of `signal`.
 */
export async function checked(
  context: Pick<FlowContext, "azure" | "snapshot">,
  plan: Plan,
  signal: AbortSignal,
  say: (progress: Message) => void = () => {},
): Promise<Plan> {
  const patient = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const registration = await checkRegistration(context, plan, patient);
  signal.throwIfAborted();
  const complete = withRegistrations(plan, registration.changes);
  const permissions = await checkPermissions(context.azure, complete, patient, say);
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
  const found: Registration[] = [];
  await forEachLimited(subscriptionsToCheck(plan), async (subscriptionId) => {
    const name = subscriptionName(snapshot(), subscriptionId);
    try {
      const state = await azure.registrationState(subscriptionId, maintenanceNamespace, signal);
      const isRegistered = state.toLowerCase() === "registered";
      found.push({ changes: isRegistered ? [] : [registerProvider(subscriptionId, name)], warnings: [] });
    } catch (error) {
      const warning = message(
        "Couldn't check whether {0} is registered in {1}. {2}",
        maintenanceNamespace,
        name,
        failureOf(error),
      );
      found.push({ changes: [], warnings: [warning] });
    }
  });
  return {
    changes: found.flatMap(({ changes }) => changes),
    warnings: found.flatMap(({ warnings }) => warnings),
  };
}
