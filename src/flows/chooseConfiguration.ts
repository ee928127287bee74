/** The step that says which configuration the scale sets get. */
import { idKey } from "../core/ids.ts";
import type { JsonObject } from "../core/json.ts";
import { message, verbatim, type Message } from "../core/message.ts";
import type { Change } from "../core/plan.ts";
import { isOsImage } from "../core/windows/window.ts";
import type { ConfigurationRecord, Snapshot } from "../fleet/snapshot.ts";
import {
  configurationSteps,
  createNew,
  newConfiguration,
  warningsOf,
  type ConfigurationAnswers,
} from "./configurationSteps.ts";
import type { FlowContext } from "./context.ts";
import type { Step } from "./engine.ts";
import { group, type Choice, type Row } from "./question.ts";
import { partFacts, subscriptionName } from "./subscriptions.ts";
import { windowRows } from "./windowRows.ts";

export interface ChosenConfigurationAnswers extends ConfigurationAnswers {
  /** Id of a configuration, or `createNew`. */
  readonly configuration?: string;
}

/** Asks for an existing configuration of any subscription or all of a new one, where `wanted` says so. */
export function configurationChoice<A extends ChosenConfigurationAnswers>(
  context: FlowContext,
  proposedBy: (answers: A) => string | undefined,
  wanted: (answers: A) => boolean = () => true,
): readonly Step<A>[] {
  const choice: Step<A> = {
    id: "configuration",
    applies: wanted,
    ask: (answers) => {
      const proposed = proposedBy(answers);
      return {
        kind: "pick",
        title: message("Maintenance configuration"),
        placeholder: message("Which windows should the scale sets be upgraded in?"),
        rows: configurationRows(context.snapshot()),
        ...(proposed !== undefined && { proposed }),
      };
    },
  };
  const isNew = (answers: A) => wanted(answers) && answers.configuration === createNew;
  return [choice, ...configurationSteps<A>(context, isNew)];
}

function configurationRows(snapshot: Snapshot): readonly Row[] {
  const usable = [...snapshot.configurations.values()].filter(({ resource }) => isOsImage(resource));
  const bySubscription = Map.groupBy(usable, ({ subscriptionId }) =>
    subscriptionName(snapshot, subscriptionId),
  );
  return [
    { kind: "choice", value: createNew, icon: "add", label: message("Create a new configuration…") },
    ...[...bySubscription]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .flatMap(([name, members]) => [
        group(verbatim(name)),
        ...members.toSorted((a, b) => a.name.localeCompare(b.name)).map(configurationRow),
      ]),
    ...partFacts(snapshot, "configurations"),
  ];
}

function configurationRow({ id, name, resourceGroup, schedule, scaleSets }: ConfigurationRecord): Choice {
  const place =
    scaleSets.length === 1
      ? message("{0}, 1 scale set", resourceGroup)
      : message("{0}, {1} scale sets", resourceGroup, scaleSets.length);
  const [problem] = schedule?.problems ?? [];
  return {
    kind: "choice",
    value: id,
    icon: problem === undefined ? "calendar" : "warning",
    label: verbatim(name),
    description: schedule?.words,
    detail: problem === undefined ? place : message("{0} · {1}", problem.message, place),
  };
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
