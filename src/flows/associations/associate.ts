import { nameOf } from "../../core/resources/ids.ts";
import { message } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import { isAssociatedWith, osImageAssociations } from "./assignments.ts";
import {
  chosenConfiguration,
  chosenWindows,
  configurationChoice,
  newConfigurationRows,
  type ChosenConfigurationAnswers,
} from "../configurations/chooseConfiguration.ts";
import { givenBy, wholeFleet, type FlowContext, type FlowStart } from "../engine/context.ts";
import { associationWarnings } from "../configurations/limits.ts";
import { overScaleSets } from "../scaleSets/overScaleSets.ts";
import { associationPart, together } from "./parts.ts";
import { chosenSets, listWhere, type ScaleSetAnswers } from "../scaleSets/scaleSetSteps.ts";

type Answers = ScaleSetAnswers & ChosenConfigurationAnswers;

/** Asks for scale sets and the configuration that they get, as far as the start does not say. */
export function associateFlow(context: FlowContext, start: FlowStart = {}): Promise<Plan | undefined> {
  const { configuration } = givenBy(start);
  return overScaleSets<Answers>(context, start, {
    id: "associate",
    title: message("Associate Scale Sets"),
    fits: ["window", "policy"],
    takesConfiguration: true,
    listOf: (snapshot) =>
      listWhere(
        snapshot,
        (set) => configuration === undefined || !isAssociatedWith(snapshot, set, configuration),
        message("already associated"),
      ),
    steps: configurationChoice<Answers>(context, {
      setsOf: (answers) => chosenSets(context.snapshot(), answers).sets,
      proposedBy: (answers) => currentConfiguration(context, answers),
    }),
    // How many scale sets the configuration has decides on warnings.
    load: (_, signal, say) => wholeFleet(context, signal, say),
    plan: (answers) => planFor(context, answers),
    answers: (plan, answers) => newConfigurationRows(context, plan, answers),
    details: (_, answers) => chosenWindows(context, answers),
  });
}

function planFor(context: FlowContext, answers: Answers): Plan {
  const snapshot = context.snapshot();
  const { sets, missing, picking } = chosenSets(snapshot, answers);
  const configuration = chosenConfiguration(context, answers);
  const { changes, leftOut, warnings } = together(
    sets.map((set) => associationPart(snapshot, set, configuration, picking)),
  );
  return planOf(
    message("Associate scale sets with {0}", nameOf(configuration.id)),
    // A new configuration that no set would get is not worth making.
    changes.length === 0 ? [] : [...configuration.changes, ...changes],
    [...leftOut, ...missing],
    [...configuration.warnings, ...warnings, ...associationWarnings(snapshot, changes)],
  );
}

/** The configuration of a single chosen set, to start from. */
function currentConfiguration(context: FlowContext, answers: Answers): string | undefined {
  const snapshot = context.snapshot();
  const [set, second] = chosenSets(snapshot, answers).sets;
  if (set === undefined || second !== undefined) return undefined;
  return osImageAssociations(snapshot, set)[0]?.configuration?.id;
}
