/** The steps that say what a new maintenance configuration is and where it lives. */
import { checkResourceGroupName } from "../../core/resources/resourceNames.ts";
import { configurationId, type ConfigurationId, subscriptionOf } from "../../core/resources/ids.ts";
import { textAt, type JsonObject } from "../../core/resources/json.ts";
import { message, verbatim } from "../../core/text/message.ts";
import { createConfiguration } from "../../core/plans/kinds/createConfiguration.ts";
import { createResourceGroup } from "../../core/plans/plans.ts";
import type { Change } from "../../core/plans/plan.ts";
import { resourceGroupId } from "../../core/resources/ids.ts";
import { checkName, checkSchedule } from "../../core/windows/rules.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { FlowContext } from "../engine/context.ts";
import type { Step } from "../engine/engine.ts";
import { createNew, groupOf, namesIn, type ConfigurationAnswers } from "./configurationAnswers.ts";
import { configurationProposals } from "./configurationProposals.ts";
import { countInRegion } from "./limits.ts";
import { Lists, regionRows } from "../engine/lists.ts";
import { group, type Choice, type Row } from "../engine/question.ts";
import { choice } from "../engine/rows.ts";
import { windowOf } from "../schedule/scheduleAnswers.ts";
import { scheduleSteps } from "../schedule/scheduleSteps.ts";
import { subscriptionFacts } from "../scaleSets/subscriptions.ts";
import { parseTags, tagsQuestion } from "./tags.ts";

type ConfigurationStep = Step<ConfigurationAnswers>;

/**
 * The questions that end in a new configuration, asked where `wanted` says so. All have proposals.
 * @param setsOf the scale sets that are to get it, as far as they are chosen
 */
export function configurationSteps<A extends ConfigurationAnswers>(
  context: FlowContext,
  wanted: (answers: A) => boolean = () => true,
  setsOf: (answers: A) => readonly ScaleSetRecord[] = () => [],
): readonly Step<A>[] {
  const lists = new Lists(context.azure);
  const proposals = configurationProposals<A>(context, lists, setsOf);
  const steps: readonly ConfigurationStep[] = [
    subscriptionStep(context),
    groupStep(lists),
    ...newGroupSteps(lists),
    nameStep(context),
    regionStep(lists),
    ...scheduleSteps(context),
    { id: "tags", ask: () => tagsQuestion },
  ];
  return steps.map((step) => ({
    ...step,
    applies: (answers: A) => wanted(answers) && step.applies?.(answers) !== false,
    propose: (answers: A) => proposals[step.id]?.(answers),
  }));
}

function subscriptionStep(context: FlowContext): ConfigurationStep {
  return {
    id: "subscription",
    ask: () => {
      const subscriptions = [...context.snapshot().subscriptions.values()].map((one) => one.subscription);
      const choices = subscriptions
        .toSorted((a, b) => a.displayName.localeCompare(b.displayName))
        .map(({ subscriptionId, displayName }): Choice =>
          choice(subscriptionId, "key", verbatim(displayName), { description: verbatim(subscriptionId) }),
        );
      return {
        kind: "pick",
        title: message("Subscription"),
        placeholder: message("Scale sets in any subscription and region can use this configuration"),
        rows: [...choices, ...subscriptionFacts(context.snapshot())],
      };
    },
  };
}

function groupStep(lists: Lists): ConfigurationStep {
  return {
    id: "resourceGroup",
    within: "subscription",
    ask: ({ subscription = "" }) => ({
      kind: "pick",
      title: message("Resource group"),
      placeholder: message("Search by name or region"),
      rows: async (signal) => {
        const groups = await lists.groups(subscription, signal);
        const rows: readonly Row[] = [
          group(message("Resource groups")),
          ...groups
            .map((found): Choice => ({
              kind: "choice",
              value: textAt(found, "name") ?? "",
              label: verbatim(textAt(found, "name") ?? ""),
              description: verbatim(textAt(found, "location") ?? ""),
            }))
            .toSorted((a, b) => a.value.localeCompare(b.value)),
          group(verbatim("")),
          choice(createNew, "add", message("Create a new resource group…")),
        ];
        return rows;
      },
    }),
  };
}

function newGroupSteps(lists: Lists): readonly ConfigurationStep[] {
  const applies = ({ resourceGroup }: ConfigurationAnswers) => resourceGroup === createNew;
  return [
    {
      id: "newGroup",
      applies,
      ask: ({ subscription = "" }) => ({
        kind: "text",
        title: message("New resource group"),
        prompt: message("Letters, digits, underscores, hyphens, periods and parentheses"),
        validate: (text) => {
          const taken = lists.knownGroups(subscription).flatMap((known) => textAt(known, "name") ?? []);
          return checkResourceGroupName(text, taken);
        },
      }),
    },
    {
      id: "newGroupRegion",
      applies,
      ask: ({ subscription = "" }) => ({
        kind: "pick",
        title: message("Region of the resource group"),
        placeholder: message("Azure stores the metadata of the resource group here"),
        rows: async (signal) => regionRows(await lists.locations(subscription, signal)),
      }),
    },
  ];
}

function nameStep(context: FlowContext): ConfigurationStep {
  return {
    id: "name",
    ask: (answers) => ({
      kind: "text",
      title: message("Name"),
      prompt: message(
        "Name of the maintenance configuration, unique in resource group {0}",
        groupOf(answers),
      ),
      validate: (text) =>
        checkName(text, { resourceGroup: groupOf(answers), taken: namesIn(context.snapshot(), answers) }),
    }),
  };
}

function regionStep(lists: Lists): ConfigurationStep {
  return {
    id: "region",
    ask: ({ subscription = "" }) => ({
      kind: "pick",
      title: message("Region"),
      placeholder: message("Scale sets in any subscription and region can use this configuration"),
      rows: async (signal) => regionRows(await lists.locations(subscription, signal)),
    }),
  };
}

/** The configuration that the answers describe, as it will be sent. */
export interface NewConfiguration {
  readonly id: ConfigurationId;
  readonly resource: JsonObject;
  /** Its creation, after that of its group where that is new. */
  readonly changes: readonly Change[];
}

export function newConfiguration(answers: ConfigurationAnswers): NewConfiguration {
  const { subscription = "", resourceGroup, newGroupRegion = "", name = "", region = "" } = answers;
  const id = configurationId(subscription, groupOf(answers), name);
  const tags = parseTags(answers.tags ?? "").tags;
  const resource: JsonObject = {
    location: region,
    ...(Object.keys(tags).length > 0 && { tags }),
    properties: { maintenanceScope: "OSImage", visibility: "Custom", maintenanceWindow: windowOf(answers) },
  };
  const creation = createConfiguration(id, resource);
  if (resourceGroup !== createNew) return { id, resource, changes: [creation] };
  const groupCreation = createResourceGroup(resourceGroupId(subscription, groupOf(answers)), newGroupRegion);
  return { id, resource, changes: [groupCreation, creation] };
}

/** What the schedule rules say of the new configuration as a whole. */
export function warningsOf({ now, snapshot }: FlowContext, { id, resource }: NewConfiguration) {
  const inRegion = countInRegion(snapshot(), subscriptionOf(id), resource);
  return checkSchedule(resource, { now: now(), inRegion }).map((problem) => problem.message);
}
