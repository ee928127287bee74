/** The step that says which configuration the scale sets get. */
import { idKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { message, type Message } from "../../core/text/message.ts";
import type { Change } from "../../core/plans/plan.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { ConfigurationRecord } from "../../fleet/snapshot/snapshot.ts";
import { configurationRows } from "./configurationRows.ts";
import {
  configurationSteps,
  createNew,
  newConfiguration,
  warningsOf,
  type ConfigurationAnswers,
} from "./configurationSteps.ts";
import type { FlowContext } from "../engine/context.ts";
import type { Step } from "../engine/engine.ts";
import type { Row } from "../engine/question.ts";
import { choice } from "../engine/rows.ts";
import { windowRows } from "../schedule/windowRows.ts";

export interface ChosenConfigurationAnswers extends ConfigurationAnswers {
  /** Id of a configuration, or `createNew`. */
  readonly configuration?: string;
}

/** Asks for an existing configuration of any subscription, of those that it `offers`, or all of a new one; where it is `wanted`. */
export function configurationChoice<A extends ChosenConfigurationAnswers>(
  context: FlowContext,
  proposedBy: (answers: A) => string | undefined,
  wanted: (answers: A) => boolean = () => true,
  offers: (record: ConfigurationRecord, answers: A) => boolean = () => true,
): readonly Step<A>[] {
  const step: Step<A> = {
    id: "configuration",
    applies: wanted,
    ask: (answers) => {
      const proposed = proposedBy(answers);
      return {
        kind: "pick",
        title: message("Maintenance configuration"),
        placeholder: message("Which windows should the scale sets be upgraded in?"),
        rows: [
          choice(createNew, "add", message("Create a new configuration…")),
          ...configurationRows(
            context.snapshot(),
            (record) => isOsImage(record.resource) && offers(record, answers),
          ),
        ],
        ...(proposed !== undefined && { proposed }),
      };
    },
  };
  const isNew = (answers: A) => wanted(answers) && answers.configuration === createNew;
  return [step, ...configurationSteps<A>(context, isNew)];
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
