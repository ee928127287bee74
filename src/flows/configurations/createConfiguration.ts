import { message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import { answerRows } from "./answerRows.ts";
import type { ConfigurationAnswers } from "./configurationAnswers.ts";
import { configurationSteps, newConfiguration, warningsOf } from "./configurationSteps.ts";
import type { FlowContext } from "../engine/context.ts";
import { reviewedFlow } from "../review/reviewedFlow.ts";
import { windowRows } from "../schedule/windowRows.ts";

/** Where the configuration is to live, as far as the place where the flow was started says. */
export interface CreateConfigurationStart {
  readonly subscriptionId?: string | undefined;
  readonly resourceGroup?: string | undefined;
}

/** Proposes a new maintenance configuration of scope OSImage, which the user changes from its review. */
export function createConfigurationFlow(
  context: FlowContext,
  { subscriptionId, resourceGroup }: CreateConfigurationStart = {},
): Promise<Plan | undefined> {
  const given: ConfigurationAnswers = {
    ...(subscriptionId !== undefined && { subscription: subscriptionId }),
    ...(resourceGroup !== undefined && { resourceGroup }),
  };
  return reviewedFlow<ConfigurationAnswers>(context, {
    id: "createConfiguration",
    fits: ["window"],
    title: message("Create Configuration"),
    given,
    steps: configurationSteps(context),
    plan: (answers) => {
      const created = newConfiguration(answers);
      const title = message("Create maintenance configuration {0}", answers.name ?? "");
      return planOf(title, created.changes, [], warningsOf(context, created));
    },
    answers: (_, answers) => answerRows(context, answers, given),
    details: (_, answers) => windowRows(context, newConfiguration(answers).resource),
  });
}
