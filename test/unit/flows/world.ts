import assert from "node:assert/strict";
import { eligibility } from "../../../src/core/eligibility/eligibility.ts";
import { freshnessOf } from "../../../src/core/upgrades/freshness.ts";
import { problemOf } from "../../../src/azure/errors/errors.ts";
import { idKey } from "../../../src/core/resources/ids.ts";
import { inEnglish } from "../../../src/core/text/message.ts";
import { scheduleFacts } from "../../../src/core/windows/facts.ts";
import type { Plan } from "../../../src/core/plans/plan.ts";
import { FleetStore } from "../../../src/fleet/store.ts";
import type { Confirmation, FlowContext } from "../../../src/flows/engine/context.ts";
import { createLab, never, standingClock } from "../azure/support.ts";
import type { Lab } from "../azure/support.ts";
import { memoryDrafts, scripted, textOf, type Asked, type Move, type ScriptedPrompter } from "./support.ts";

export interface World {
  readonly lab: Lab;
  readonly store: FleetStore;
  /** A context whose user makes these moves, each once. */
  context(
    moves: readonly Move[],
    changes?: Partial<FlowContext>,
  ): FlowContext & { readonly prompter: ScriptedPrompter };
  /** Takes a user who makes these moves, each once, through a flow. */
  run(flow: StartedFlow, moves: readonly Move[], changes?: Partial<FlowContext>): Promise<Run>;
  /** Plans whose exact requests were asked for. */
  readonly shown: readonly Plan[];
  /** What was asked in a dialog; each was answered with yes. */
  readonly confirmations: readonly Confirmation[];
  /** Texts that were opened, line by line. */
  readonly texts: readonly (readonly string[])[];
  /** Ids of the scale sets whose explanation was opened, each time. */
  readonly explained: readonly (readonly string[])[];
}

/** A flow with what it is started on. */
export type StartedFlow = (context: FlowContext) => Promise<Plan | undefined>;

/** What came of a flow, and what it asked. */
export interface Run {
  readonly plan: Plan | undefined;
  readonly asked: readonly Asked[];
  readonly titles: readonly string[];
  /** The rows of the last question, a line each. */
  readonly last: string;
}

/** The sandbox's fleet, read through the real clients into the real store. */
export async function openWorld(clock = standingClock): Promise<World> {
  const lab = createLab(clock);
  const now = () => `${clock().toISOString().slice(0, 19)}Z`;
  const store = new FleetStore({
    loadRules: async () => ({ eligibility, freshnessOf, scheduleFacts }),
    problemOf,
    wanted: () => () => true,
    now,
    log: lab.log,
  });
  store.connect(lab.azure);
  await store.refresh(never);
  await store.settled();
  const shown: Plan[] = [];
  const confirmations: Confirmation[] = [];
  const texts: string[][] = [];
  const explained: (readonly string[])[] = [];
  const context: World["context"] = (moves, changes = {}) => ({
    snapshot: () => store.snapshot,
    azure: lab.azure,
    now,
    localZone: "Europe/Berlin",
    drafts: memoryDrafts(),
    showRequests: async (plan) => void shown.push(plan),
    confirm: async (asked) => {
      confirmations.push(asked);
      return true;
    },
    showText: async (title, lines) => void texts.push([title, ...lines].map(inEnglish)),
    whenRead: () => store.settled(),
    readEligibilityFacts: (ids) => store.readEligibilityFacts(ids.map(idKey), never),
    exportAsCode: async () => assert.fail("no export was expected"),
    explain: async (ids) => void explained.push(ids),
    textFrom: () => assert.fail("no text was expected to be read"),
    ...changes,
    prompter: scripted(...moves),
  });
  const run: World["run"] = async (flow, moves, changes) => {
    const started = context(moves, changes);
    const plan = await flow(started);
    started.prompter.finish();
    const { asked } = started.prompter;
    return { plan, asked, titles: asked.map(({ title }) => title), last: textOf(asked.at(-1)) };
  };
  return { lab, store, context, run, shown, confirmations, texts, explained };
}
