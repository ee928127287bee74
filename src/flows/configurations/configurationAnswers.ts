import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { ScheduleAnswers } from "../schedule/scheduleAnswers.ts";

/** The row "create a new one"; no name in Azure has a `+`. */
export const createNew = "+";

export interface ConfigurationAnswers extends ScheduleAnswers {
  readonly subscription?: string;
  /** Name of an existing group, or `createNew`. */
  readonly resourceGroup?: string;
  readonly newGroup?: string;
  readonly newGroupRegion?: string;
  readonly name?: string;
  readonly region?: string;
  /** `name=value`, separated by commas. */
  readonly tags?: string;
}

/** Name of the resource group that the new configuration gets, itself new or not. */
export function groupOf({ resourceGroup = "", newGroup = "" }: ConfigurationAnswers): string {
  return resourceGroup === createNew ? newGroup : resourceGroup;
}

/** Names of the configurations in the resource group that the new one gets. */
export function namesIn(snapshot: Snapshot, answers: ConfigurationAnswers): readonly string[] {
  const group = groupOf(answers).toLowerCase();
  const subscription = answers.subscription?.toLowerCase();
  return [...snapshot.configurations.values()]
    .filter(
      ({ subscriptionId, resourceGroup }) =>
        subscriptionId === subscription && resourceGroup.toLowerCase() === group,
    )
    .map(({ name }) => name);
}
