import { assignmentId, nameOf, sameId, type ScaleSetId } from "../../core/resources/ids.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Plan } from "../../core/plans/plan.ts";
import type { Picking, PlanPart } from "../../core/plans/plans.ts";
import { planOf } from "../../core/plans/planNeeds.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import {
  associationsOf,
  configurationNames,
  hasUsableConfiguration,
  isAssociatedWith,
  osImageAssociations,
} from "./assignments.ts";
import {
  chosenConfiguration,
  chosenWindows,
  configurationChoice,
  newConfigurationRows,
  type ChosenConfigurationAnswers,
} from "../configurations/chooseConfiguration.ts";
import { wholeFleet, type FlowContext, type FlowStart } from "../engine/context.ts";
import { checkedRow, enablingAsItIs } from "../upgrades/enableUpgrades.ts";
import { anywayRows, anywayTurn, enablingPart } from "../upgrades/enabling.ts";
import type { Step } from "../engine/engine.ts";
import { choice } from "../engine/rows.ts";
import { EligibilityFactsAsked, fixSteps } from "../upgrades/fixSteps.ts";
import { wantedFixes, type FixAnswers } from "../upgrades/fixes.ts";
import { associationWarnings } from "../configurations/limits.ts";
import { overScaleSets } from "../scaleSets/overScaleSets.ts";
import { associationPart, leftOut, together } from "./parts.ts";
import { changeableSets, chosenSets, listWhere, type ScaleSetAnswers } from "../scaleSets/scaleSetSteps.ts";

interface Answers extends ScaleSetAnswers, ChosenConfigurationAnswers, FixAnswers {
  /** What becomes of sets that have a usable configuration: `keep` it, or `move` to the chosen one. */
  readonly present?: string;
}

/** The three steps as one: scale sets, their configuration, and automatic OS upgrades on; what is true already is skipped. */
export function setUpFlow(context: FlowContext, start: FlowStart = {}): Promise<Plan | undefined> {
  const facts = new EligibilityFactsAsked(context);
  return overScaleSets<Answers>(context, start, {
    id: "setUp",
    title: message("Set Up Maintenance Control"),
    fits: ["window", "policy"],
    takesConfiguration: true,
    prepare: (answers) => facts.read(changeableSets(context.snapshot(), answers), answers),
    listOf: (snapshot) => ({
      ...listWhere(snapshot, ({ coverage }) => coverage.state !== "controlled", message("already set up")),
      rowOf: checkedRow,
    }),
    steps: [
      presentStep(context),
      ...configurationChoice<Answers>(context, {
        setsOf: (answers) => chosenSets(context.snapshot(), answers).sets,
        wanted: (answers) => needsConfiguration(context.snapshot(), answers),
      }),
      ...fixSteps<Answers>(context, changeableSets),
    ],
    // How many scale sets the configuration has decides on warnings.
    load: (_, signal, say) => wholeFleet(context, signal, say),
    plan: (answers) => planFor(context, answers),
    answers: (plan, answers) => newConfigurationRows(context, plan, answers),
    details: (plan, answers) => [
      ...anywayRows(context, plan, answers, (set, wanted, picking) =>
        setUpPart(context, set, wanted, picking, chosenConfiguration(context, wanted)),
      ),
      ...chosenWindows(context, answers),
    ],
    turn: anywayTurn,
  });
}

/** Chosen sets that have a usable configuration, other than the one given. */
function settled(snapshot: Snapshot, answers: Answers): readonly ScaleSetRecord[] {
  const { configuration } = answers;
  return chosenSets(snapshot, answers).sets.filter(
    (set) =>
      hasUsableConfiguration(snapshot, set) &&
      (configuration === undefined || !isAssociatedWith(snapshot, set, configuration)),
  );
}

const keeps = (snapshot: Snapshot, set: ScaleSetRecord, { present }: Answers) =>
  present === "keep" && hasUsableConfiguration(snapshot, set);

/** Before any set is chosen it is taken that one will. */
const needsConfiguration = (snapshot: Snapshot, answers: Answers) =>
  answers.scaleSets === undefined ||
  chosenSets(snapshot, answers).sets.some((set) => !keeps(snapshot, set, answers));

function presentStep(context: FlowContext): Step<Answers> {
  return {
    id: "present",
    applies: (answers) => settled(context.snapshot(), answers).length > 0,
    ask: (answers) => {
      const snapshot = context.snapshot();
      const sets = settled(snapshot, answers);
      const names = sets.map(
        (set) => `${set.name} (${configurationNames(osImageAssociations(snapshot, set))})`,
      );
      const all = chosenSets(snapshot, answers).sets.length;
      return {
        kind: "pick",
        title: message("Existing configurations"),
        placeholder: message(
          "{0} of {1} scale sets already have a maintenance configuration",
          sets.length,
          all,
        ),
        rows: [
          choice("keep", "pass", message("Keep their configurations"), {
            description: message("recommended"),
            detail: verbatim(names.join(", ")),
          }),
          choice("move", "arrow-right", message("Use one configuration for all"), {
            detail: verbatim(names.join(", ")),
          }),
        ],
      };
    },
  };
}

function planFor(context: FlowContext, answers: Answers): Plan {
  const snapshot = context.snapshot();
  const { sets, missing, picking } = chosenSets(snapshot, answers);
  const configuration = chosenConfiguration(context, answers);
  const parts = together(sets.map((set) => setUpPart(context, set, answers, picking, configuration)));
  const isUsed = parts.changes.some(({ kind }) => kind === "associate");
  return planOf(
    message("Set Up Maintenance Control"),
    // A new configuration that no set would get is not worth making.
    isUsed ? [...configuration.changes, ...parts.changes] : parts.changes,
    [...parts.leftOut, ...missing],
    isUsed
      ? [...configuration.warnings, ...parts.warnings, ...associationWarnings(snapshot, parts.changes)]
      : parts.warnings,
  );
}

function hasOnly(snapshot: Snapshot, set: ScaleSetRecord, configurationId: string): boolean {
  const [only, second] = osImageAssociations(snapshot, set);
  return only !== undefined && second === undefined && sameId(only.configurationId, configurationId);
}

/** Ours are named after their configuration; another one may lead there already. */
function associationIdOf(snapshot: Snapshot, set: ScaleSetRecord, { id }: { readonly id: string }): string {
  const held = associationsOf(snapshot, set).find((one) => sameId(one.configurationId, id));
  return held?.id ?? assignmentId(set.id as ScaleSetId, nameOf(id));
}

/** The set's part of steps two and three. */
function setUpPart(
  context: FlowContext,
  set: ScaleSetRecord,
  answers: Answers,
  picking: Picking,
  configuration: { readonly id: string },
): PlanPart {
  const snapshot = context.snapshot();
  const isAssociated = keeps(snapshot, set, answers) || hasOnly(snapshot, set, configuration.id);
  const association = isAssociated ? undefined : associationPart(snapshot, set, configuration, picking);
  // Without its association, upgrades that are turned on could start at any hour.
  if (association?.changes.length === 0) return association;
  const isOn = automaticUpgradesOf(set.resource) && wantedFixes(set, answers).length === 0;
  if (isOn && association === undefined) {
    return leftOut(set.id, message("Already set up."));
  }
  if (association === undefined) return enablingAsItIs(snapshot, set, answers, picking);
  const window = {
    associationId: associationIdOf(snapshot, set, configuration),
    configurationId: configuration.id,
  };
  return together([association, ...(isOn ? [] : [enablingPart(set, answers, picking, window)])]);
}
