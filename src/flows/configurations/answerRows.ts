/** The answers of a new configuration as rows of its review, each of which opens its question. */
import { message, verbatim, type Message } from "../../core/text/message.ts";
import { scheduleInWords, zoneInWords } from "../../core/windows/words.ts";
import type { FlowContext } from "../engine/context.ts";
import { eachStep, opens } from "../engine/fromReview.ts";
import { group, type Row } from "../engine/question.ts";
import { choice } from "../engine/rows.ts";
import { subscriptionName } from "../scaleSets/subscriptions.ts";
import { fieldsOf, noWindow } from "../schedule/scheduleAnswers.ts";
import { createNew, groupOf, type ConfigurationAnswers } from "./configurationAnswers.ts";

/** @param given what the flow was started with, which no question asks for */
export function answerRows(
  context: FlowContext,
  answers: ConfigurationAnswers,
  given: ConfigurationAnswers = {},
): readonly Row[] {
  const { subscription = "", resourceGroup, newGroupRegion = "", name = "", region = "", tags } = answers;
  const fields = fieldsOf(answers);
  const { timeZone = "", startDateTime = "", duration = "", recurEvery, expirationDateTime } = fields;
  const row = (label: Message, value: Message, ...steps: readonly (keyof ConfigurationAnswers)[]) =>
    steps.some((step) => step in given)
      ? []
      : [choice(opens(...steps), "edit", label, { description: value })];
  return [
    group(headingOf(context, given)),
    ...row(message("Subscription"), verbatim(nameOf(context, subscription)), "subscription"),
    ...row(
      message("Resource group"),
      resourceGroup === createNew
        ? message("new: {0} in {1}", groupOf(answers), newGroupRegion)
        : verbatim(groupOf(answers)),
      "resourceGroup",
      "newGroup",
      "newGroupRegion",
    ),
    ...row(message("Name"), verbatim(name), "name"),
    ...row(message("Region"), verbatim(region), "region"),
    ...row(message("Start"), verbatim(startDateTime), "start"),
    ...row(message("Duration"), durationInWords(duration), "duration", "customDuration"),
    ...row(
      message("Recurrence"),
      scheduleInWords({ ...noWindow, recurEvery }),
      "recurrence",
      "customRecurrence",
    ),
    ...row(message("Time zone"), verbatim(zoneInWords(timeZone)), "timeZone"),
    ...row(
      message("Expiry"),
      expirationDateTime === undefined ? message("none") : verbatim(expirationDateTime),
      "expiry",
    ),
    ...row(message("Tags"), tags === undefined || tags === "" ? message("none") : verbatim(tags), "tags"),
    choice(eachStep, "list-ordered", message("Answer step by step…")),
  ];
}

function headingOf(context: FlowContext, { subscription, resourceGroup }: ConfigurationAnswers): Message {
  if (subscription === undefined) return message("Configuration");
  const place = [...(resourceGroup === undefined ? [] : [resourceGroup]), nameOf(context, subscription)];
  return message("Configuration in {0}", place.join(", "));
}

const nameOf = (context: FlowContext, subscriptionId: string) =>
  subscriptionName(context.snapshot(), subscriptionId.toLowerCase());

function durationInWords(duration: string): Message {
  const hours = /^0?(\d+):00$/.exec(duration)?.[1];
  return hours === undefined ? verbatim(duration) : message("{0} hours", Number(hours));
}
