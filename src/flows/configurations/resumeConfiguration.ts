import { nameOf } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { editedConfiguration, updateConfiguration } from "../../core/plans/kinds/updateConfiguration.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import { pauseOf } from "../../core/windows/pause.ts";
import { resumedConfiguration } from "../../core/windows/pausing.ts";
import type { FlowContext, FlowStart } from "../engine/context.ts";
import { dependantsOf, namesOf } from "./dependants.ts";
import { editDetails } from "./editDetails.ts";
import { editWarnings } from "./editWarnings.ts";
import { reviewedFlow } from "../review/reviewedFlow.ts";
import { givenSubject, Subjects, subjectStep, type SubjectAnswers } from "./subject.ts";

/** Ends the pause of a configuration, which it asks for where the start does not say. */
export function resumeConfigurationFlow(
  context: FlowContext,
  start: FlowStart = {},
): Promise<Plan | undefined> {
  const subjects = new Subjects(context);
  return reviewedFlow<SubjectAnswers>(context, {
    id: "resumeConfiguration",
    title: message("Resume Configuration"),
    given: givenSubject(start),
    steps: [
      subjectStep(
        context,
        message("No configurations are paused"),
        ({ resource }) => pauseOf(resource) !== undefined,
      ),
    ],
    load: subjects.readWithFleet,
    plan: (answers) => planFor(context, subjects.known(answers), answers),
    details: (plan) => editDetails(context, plan),
  });
}

function planFor(context: FlowContext, resource: JsonObject, { subject = "" }: SubjectAnswers): Plan {
  const title = message("Resume {0}", nameOf(subject));
  const resuming = resumedConfiguration(resource, context.now());
  if ("problem" in resuming) return planOf(title, [], [{ target: subject, reason: resuming.problem }]);
  const after = editedConfiguration(resource, resuming.edits);
  const off = dependantsOf(context.snapshot(), subject).sets.filter(
    (set) => !automaticUpgradesOf(set.resource),
  );
  const upgrades =
    off.length === 0
      ? []
      : [message("Automatic OS upgrades stay off until you turn them on: {0}", namesOf(off))];
  return planOf(
    title,
    [updateConfiguration(resource, after)],
    [],
    [...editWarnings(context, resource, after), ...upgrades],
  );
}
