import { message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import {
  configurationSteps,
  newConfiguration,
  warningsOf,
  type ConfigurationAnswers,
} from "./configurationSteps.ts";
import type { FlowContext } from "../engine/context.ts";
import { reviewedFlow } from "../review/reviewedFlow.ts";
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
  return reviewedFlow<ConfigurationAnswers>(context, {
    id: "createConfiguration",
    fits: ["window"],
    title: message("Create Configuration"),
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
    details: (_, answers) => windowRows(context, newConfiguration(answers).resource),
  });
}
