import { nameOf } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { message, type Message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import {
  editedConfiguration,
  updateConfiguration,
  type ConfigurationEdits,
} from "../../core/plans/kinds/updateConfiguration.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import { originalStartOf, pauseOf } from "../../core/windows/pause.ts";
import { readWindow } from "../../core/windows/window.ts";
import type { FlowContext, FlowStart } from "../engine/context.ts";
import { editDetails } from "./editDetails.ts";
import { editWarnings } from "./editWarnings.ts";
import { editSteps, isOutdated, type EditAnswers } from "./editSteps.ts";
import { reviewedFlow } from "../review/reviewedFlow.ts";
import { windowEdits } from "../schedule/scheduleAnswers.ts";
import { givenSubject, Subjects, subjectStep } from "./subject.ts";
import { tagEdits } from "./tags.ts";

/** Asks what should change in a configuration, which is read again at the start; everything else keeps its value. */
export function editConfigurationFlow(
  context: FlowContext,
  start: FlowStart = {},
): Promise<Plan | undefined> {
  const subjects = new Subjects(context);
  return reviewedFlow<EditAnswers>(context, {
    id: "editConfiguration",
    title: message("Edit Configuration"),
    fits: ["window"],
    given: givenSubject(start),
    steps: [
      subjectStep(context, message("No maintenance configurations for OS images found")),
      ...editSteps(context, subjects),
    ],
    load: subjects.readWithFleet,
    plan: (answers) => planFor(context, subjects.known(answers), answers),
    details: (plan) => editDetails(context, plan),
  });
}

function planFor(context: FlowContext, resource: JsonObject, answers: EditAnswers): Plan {
  const { subject = "" } = answers;
  const title = message("Change maintenance configuration {0}", nameOf(subject));
  if (isOutdated(resource, answers)) {
    const reason = message(
      "The configuration has changed in Azure, and your answers could undo that. Close this and start over.",
    );
    return planOf(title, [], [{ target: subject, reason }]);
  }
  const { edits, warnings } = editsOf(resource, answers);
  if (edits === undefined) {
    return planOf(title, [], [{ target: subject, reason: message("No value changes.") }]);
  }
  const after = editedConfiguration(resource, edits);
  return planOf(
    title,
    [updateConfiguration(resource, after)],
    [],
    [...warnings, ...editWarnings(context, resource, after)],
  );
}

interface Edited {
  readonly edits: ConfigurationEdits | undefined;
  readonly warnings: readonly Message[];
}

function editsOf(resource: JsonObject, answers: EditAnswers): Edited {
  const window = windowEdits(answers, readWindow(resource));
  const tags = answers.tags === undefined ? {} : tagEdits(resource, answers.tags);
  const pause = originalStartOf(resource);
  const endsPause = "startDateTime" in window && pause !== undefined && !(pause.name in tags);
  const allTags = endsPause ? { ...tags, [pause.name]: undefined } : tags;
  const hasTags = Object.keys(allTags).length > 0;
  const hasWindow = Object.keys(window).length > 0;
  return {
    edits:
      hasTags || hasWindow ? { ...(hasWindow && { window }), ...(hasTags && { tags: allTags }) } : undefined,
    warnings:
      endsPause && pauseOf(resource) !== undefined
        ? [message("The new start ends the pause and removes its tag {0}.", pause.name)]
        : [],
  };
}
