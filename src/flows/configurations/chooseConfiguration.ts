/** The step that says which configuration the scale sets get. */
import { idKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import type { Change, Plan } from "../../core/plans/plan.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { ConfigurationRecord, ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { configurationRows } from "./configurationRows.ts";
import { answerRows } from "./answerRows.ts";
import { createNew, type ConfigurationAnswers } from "./configurationAnswers.ts";
import { configurationSteps, newConfiguration, warningsOf } from "./configurationSteps.ts";
import type { FlowContext } from "../engine/context.ts";
import type { Step } from "../engine/engine.ts";
import { group, type Row } from "../engine/question.ts";
import { choice } from "../engine/rows.ts";
import { partFacts } from "../scaleSets/subscriptions.ts";
import { windowRows } from "../schedule/windowRows.ts";

export interface ChosenConfigurationAnswers extends ConfigurationAnswers {
  /** Id of a configuration, or `createNew`. */
  readonly configuration?: string;
}

export interface ConfigurationChoice<A> {
  /** The scale sets that are to get it. */
  setsOf(answers: A): readonly ScaleSetRecord[];
  /** Id of the configuration that is active at first; the usual one of the sets' subscriptions where it is undefined. */
  proposedBy?(answers: A): string | undefined;
  /** Whether it is asked. Always, when absent. */
  wanted?(answers: A): boolean;
  /** Which configurations can be chosen. All of scope OSImage, when absent. */
  offers?(record: ConfigurationRecord, answers: A): boolean;
}

/** Asks for an existing configuration of any subscription, or all of a new one. */
export function configurationChoice<A extends ChosenConfigurationAnswers>(
  context: FlowContext,
  { setsOf, proposedBy, wanted = () => true, offers = () => true }: ConfigurationChoice<A>,
): readonly Step<A>[] {
  const step: Step<A> = {
    id: "configuration",
    applies: wanted,
    ask: (answers) => {
      const snapshot = context.snapshot();
      const isOffered = (record: ConfigurationRecord) =>
        isOsImage(record.resource) && offers(record, answers);
      const present = configurationRows(snapshot, isOffered);
      return {
        kind: "pick",
        title: message("Choose a configuration"),
        placeholder: message("Search by name, schedule or resource group"),
        rows: [
          ...present,
          ...(present.length > 0 ? [group(verbatim(""))] : []),
          choice(createNew, "add", message("Create a new configuration…")),
        ],
        proposed:
          proposedBy?.(answers) ?? usualConfiguration(snapshot, setsOf(answers), isOffered) ?? createNew,
      };
    },
  };
  const isNew = (answers: A) => wanted(answers) && answers.configuration === createNew;
  return [step, ...configurationSteps<A>(context, isNew, setsOf)];
}

const opensWindows = ({ schedule }: ConfigurationRecord) => (schedule?.next.length ?? 0) > 0;

/** Id of the configuration with windows to come that most scale sets of the same subscriptions have. */
function usualConfiguration(
  snapshot: Snapshot,
  sets: readonly ScaleSetRecord[],
  isOffered: (record: ConfigurationRecord) => boolean,
): string | undefined {
  const subscriptions = new Set(sets.map(({ subscriptionId }) => subscriptionId));
  const countOf = ({ scaleSets }: ConfigurationRecord) =>
    scaleSets.filter((key) => subscriptions.has(snapshot.scaleSets.get(key)?.subscriptionId ?? "")).length;
  const [usual] = [...snapshot.configurations.values()]
    .filter((record) => isOffered(record) && opensWindows(record))
    .map((record) => ({ id: record.id, name: record.name, count: countOf(record) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name));
  return usual?.id;
}

/** `createNew` where it is known that no configuration has a window to come: then there is no choice. */
export function onlyNew(snapshot: Snapshot): typeof createNew | undefined {
  if (partFacts(snapshot, "configurations").length > 0) return undefined;
  const records = [...snapshot.configurations.values()];
  return records.some((record) => isOsImage(record.resource) && opensWindows(record)) ? undefined : createNew;
}

/** The configuration that the answers choose, existing or new. */
export interface ChosenConfiguration {
  readonly id: string;
  readonly resource: JsonObject | undefined;
  readonly changes: readonly Change[];
  readonly warnings: readonly Message[];
}

export function chosenConfiguration(
  context: FlowContext,
  answers: ChosenConfigurationAnswers,
): ChosenConfiguration {
  const { configuration: id = "" } = answers;
  if (id === createNew) {
    const created = newConfiguration(answers);
    return { ...created, warnings: warningsOf(context, created) };
  }
  const record = context.snapshot().configurations.get(idKey(id));
  const warnings = record?.schedule?.problems.map((problem) => problem.message) ?? [];
  return { id, resource: record?.resource, changes: [], warnings };
}

/** The next windows of the configuration that the answers choose. */
export function chosenWindows(context: FlowContext, answers: ChosenConfigurationAnswers): readonly Row[] {
  const { resource } = chosenConfiguration(context, answers);
  return resource === undefined ? [] : windowRows(context, resource);
}

/** The answers of a new configuration that the plan makes, as rows of its review. */
export function newConfigurationRows(
  context: FlowContext,
  { changes }: Plan,
  answers: ChosenConfigurationAnswers,
): readonly Row[] {
  return changes.some(({ kind }) => kind === "createConfiguration") ? answerRows(context, answers) : [];
}
