import { message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import { checked } from "../review/check.ts";
import {
  configurationSteps,
  newConfiguration,
  warningsOf,
  type ConfigurationAnswers,
} from "./configurationSteps.ts";
import { flowTitle, type FlowContext } from "../engine/context.ts";
import { reviewOf } from "../review/review.ts";
import { takeThrough } from "../engine/takeThrough.ts";
import { windowRows } from "../schedule/windowRows.ts";

/** Where the configuration is to live, as far as the place where the flow was started says. */
export interface CreateConfigurationStart {
  readonly subscriptionId?: string | undefined;
  readonly resourceGroup?: string | undefined;
}

/** Asks for a new maintenance configuration of scope OSImage. */
export function createConfigurationFlow(
  context: FlowContext,
  { subscriptionId, resourceGroup }: CreateConfigurationStart = {},
): Promise<Plan | undefined> {
  return takeThrough<ConfigurationAnswers>(
    {
      id: `createConfiguration.${context.azure.origin}`,
      title: flowTitle(context, message("Create Configuration")),
      given: {
        ...(subscriptionId !== undefined && { subscription: subscriptionId }),
        ...(resourceGroup !== undefined && { resourceGroup }),
      },
      steps: configurationSteps(context),
      plan: (answers) => {
        const created = newConfiguration(answers);
        const title = message("Create maintenance configuration {0}", answers.name ?? "");
        return planOf(title, created.changes, [], warningsOf(context, created));
      },
      check: (plan, signal) => checked(context, plan, signal),
      review: (plan, answers) =>
        reviewOf(context, plan, { details: windowRows(context, newConfiguration(answers).resource) }),
    },
    context,
  );
}
