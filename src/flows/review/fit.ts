/** Whether the upgrades of a plan fit into their windows, and rows of its review that make them fit. */
import { planOf } from "../../core/plans/planNeeds.ts";
import { modelAfter } from "../../core/plans/enabling.ts";
import { merged } from "../../core/plans/merging.ts";
import type { Change, Plan } from "../../core/plans/plan.ts";
import { setUpgradePolicy } from "../../core/plans/upgradePlans.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { inEnglish, type Message } from "../../core/text/message.ts";
import { inPieces, inSlices } from "../../core/slices.ts";
import { fitOf, fitsInto, isKnown, type Known } from "../../core/upgrades/fit.ts";
import type { FlowContext } from "../engine/context.ts";
import type { Row } from "../engine/question.ts";
import { batchBeyondHealth } from "../upgrades/policyWarnings.ts";
import { fitRows, type FitAnswers, type FoundFit, type Lever } from "./fitRows.ts";
import { plannedUpgrades, type PlannedUpgrade } from "./plannedUpgrades.ts";

const turns = /^(fitWindow|fitBatch|fitPause)=(.*)$/;

/** The answer that a row of `fitRows` stands for. */
export function fitTurn(value: string): FitAnswers | undefined {
  const [, name, answer = ""] = turns.exec(value) ?? [];
  return name === undefined ? undefined : { [name]: answer };
}

/** What the reviews of one flow say of whether upgrades fit. */
export class FitReview {
  readonly #context: Pick<FlowContext, "snapshot">;
  readonly #levers: readonly Lever[];
  readonly #answers = new WeakMap<Plan, FitAnswers>();
  readonly #found = new WeakMap<Plan, FoundFit>();

  constructor(context: Pick<FlowContext, "snapshot">, levers: readonly Lever[]) {
    this.#context = context;
    this.#levers = levers;
  }

  /** The plan, of which is now known which answers it was made of. */
  asked(plan: Plan, answers: FitAnswers): Plan {
    this.#answers.set(plan, answers);
    return plan;
  }

  /** The plan with the batches and pauses that its answers want for sets whose upgrades don't fit. Rejects with the reason of `signal`. */
  async fitted(plan: Plan, signal: AbortSignal): Promise<Plan> {
    const { fitBatch = "", fitPause = "" } = this.#answers.get(plan) ?? {};
    if (fitBatch + fitPause === "") return plan;
    const { upgrades } = await inSlices(plannedUpgrades(this.#context.snapshot(), plan), signal);
    const changes = new Map(plan.changes.map((change) => [change.id, change]));
    const warnings: Message[] = [];
    const replaced = new Set<string>();
    const fit = inPieces(upgrades, (upgrade) => {
      if (!isKnown(upgrade) || fitsInto(upgrade.estimate, upgrade.windowMinutes)) return;
      const { set, model } = upgrade;
      const change = setUpgradePolicy(set, { rollingUpgradePolicy: policyFor(upgrade, fitBatch, fitPause) });
      const whole = together(changes.get(change.id), change);
      changes.set(change.id, whole);
      for (const warning of batchBeyondHealth(set.name, model)) replaced.add(inEnglish(warning));
      warnings.push(...batchBeyondHealth(set.name, modelAfter(model, [whole])));
    });
    await inSlices(fit, signal);
    const others = plan.warnings.filter((warning) => !replaced.has(inEnglish(warning)));
    return planOf(plan.title, [...changes.values()], plan.leftOut, [...others, ...warnings]);
  }

  /** Works out whether the upgrades of a plan fit, before its rows are asked for. Rejects with the reason of `signal`. */
  async read(plan: Plan, signal: AbortSignal): Promise<void> {
    const { upgrades, ...of } = await inSlices(plannedUpgrades(this.#context.snapshot(), plan), signal);
    this.#found.set(plan, { ...(await inSlices(fitOf(upgrades), signal)), ...of });
  }

  /** Nothing for a plan that was not read. */
  rows(plan: Plan, answers: FitAnswers): readonly Row[] {
    const found = this.#found.get(plan);
    return found === undefined ? [] : fitRows(this.#context.snapshot(), found, answers, this.#levers);
  }
}

/** No set gets smaller batches or longer pauses. */
function policyFor({ estimate }: Known<PlannedUpgrade>, fitBatch: string, fitPause: string): JsonObject {
  const isLarger = Number(fitBatch) > estimate.batchPercent;
  const isShorter = fitPause !== "" && Number(fitPause) * 60 < estimate.pauseSeconds;
  return {
    ...(isLarger && { maxBatchInstancePercent: Number(fitBatch) }),
    ...(isShorter && { pauseTimeBetweenBatches: fitPause === "0" ? "PT0S" : `PT${fitPause}M` }),
  };
}

/** One change of a set's policy that does what both would. */
function together(known: Change | undefined, change: Change): Change {
  if (known === undefined) return change;
  const before = merged(known.before ?? {}, change.before ?? {});
  return {
    ...known,
    ...(known.before !== undefined && { before }),
    after: merged(known.after ?? {}, change.after ?? {}),
  };
}
