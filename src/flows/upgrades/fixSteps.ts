/** The steps that offer to fix what keeps the chosen scale sets from automatic OS upgrades. */
import { blockers } from "../../core/eligibility/rule.ts";
import { idKey, type IdKey } from "../../core/resources/ids.ts";
import { message } from "../../core/text/message.ts";
import { automaticUpgradesOf } from "../../core/resources/scaleSet.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { FlowContext } from "../engine/context.ts";
import type { Step } from "../engine/engine.ts";
import { blockedRows, fixRow } from "./fixRows.ts";
import {
  fixesFor,
  fixKinds,
  getsPolicy,
  isRequired,
  rollingMembers,
  valuesToSet,
  wants,
  type Fix,
  type FixAnswers,
} from "./fixes.ts";
import { healthSteps } from "./healthSteps.ts";
import { policyMembers } from "./policyMembers.ts";
import { policyQuestion } from "./policyQuestions.ts";
import type { Choice, Row } from "../engine/question.ts";
import { choice, section } from "../engine/rows.ts";

/** How many sets Azure is asked about without the user being asked: each takes some calls, and Azure counts them. */
const maxUnaskedSets = 20;

/** Asks Azure what no list holds of the sets that a flow is about, of each at most once. */
export class EligibilityFactsAsked {
  readonly #context: FlowContext;
  readonly #isRelevant: (set: ScaleSetRecord) => boolean;
  readonly #asked = new Set<IdKey>();

  /** @param isRelevant of which sets the flow needs to know more; those to enable, where nothing else is said */
  constructor(context: FlowContext, isRelevant: (set: ScaleSetRecord) => boolean = isOff) {
    this.#context = context;
    this.#isRelevant = isRelevant;
  }

  async read(sets: readonly ScaleSetRecord[], { facts }: FixAnswers): Promise<void> {
    const open = sets.filter(this.#isRelevant);
    if (isMany(open) && facts !== "ask") return;
    const ids = open.map(({ id }) => id).filter((id) => !this.#asked.has(idKey(id)));
    for (const id of ids) this.#asked.add(idKey(id));
    if (ids.length > 0) await this.#context.readEligibilityFacts(ids);
  }
}

const isOff = ({ resource }: ScaleSetRecord) => !automaticUpgradesOf(resource);

const isMany = (sets: readonly ScaleSetRecord[]) => sets.length > maxUnaskedSets;

/** @param setsOf the sets that the flow would fix or enable */
export function fixSteps<A extends FixAnswers>(
  context: FlowContext,
  setsOf: (snapshot: Snapshot, answers: A) => readonly ScaleSetRecord[],
): readonly Step<A>[] {
  const sets = (answers: A) => setsOf(context.snapshot(), answers);
  const having = (fix: Fix, answers: A) => sets(answers).filter((set) => wants(set, fix, answers));
  return [
    {
      id: "facts",
      applies: (answers) => {
        const open = sets(answers).filter(isOff);
        return isMany(open) && open.some(({ eligibilityFacts }) => eligibilityFacts === undefined);
      },
      ask: (answers) => factsQuestion(sets(answers).filter(isOff)),
    },
    {
      id: "blocked",
      applies: (answers) => sets(answers).some(isWorthAWord),
      ask: (answers) => blockedQuestion(context, sets(answers)),
    },
    {
      id: "fixes",
      applies: (answers) =>
        answers.blocked !== "leave" && sets(answers).some((set) => fixesFor(set).length > 0),
      ask: (answers) => fixesQuestion(sets(answers)),
    },
    ...healthSteps<A>((answers) => having("healthExtension", answers).length > 0),
    {
      id: "mode",
      applies: (answers) => having("upgradeMode", answers).length > 0,
      ask: (answers) => modeQuestion(having("upgradeMode", answers), answers),
    },
    {
      id: "policy",
      applies: (answers) => sets(answers).some((set) => getsPolicy(set, answers)),
      ask: () => policyChoice,
    },
    ...rollingMembers.map((member): Step<A> => {
      const needing = (answers: A) =>
        sets(answers).filter((set) => valuesToSet(set, answers).includes(member));
      return {
        id: member.name,
        applies: (answers) => needing(answers).length > 0,
        ask: (answers) => policyQuestion(member, needing(answers), answers),
      };
    }),
  ];
}

const isBlocked = ({ findings }: ScaleSetRecord) => blockers(findings).length > 0;

const isWorthAWord = (set: ScaleSetRecord) => isBlocked(set) || fixesFor(set).length > 0;

function factsQuestion(sets: readonly ScaleSetRecord[]) {
  const unread = sets.filter(({ eligibilityFacts }) => eligibilityFacts === undefined).length;
  return {
    kind: "pick",
    title: message("Conditions"),
    placeholder: message("Some conditions of {0} scale sets are unknown", unread),
    rows: [
      choice("models", "file-code", message("Use what's already loaded"), {
        detail: message("Instance health and some other conditions stay unknown."),
      }),
      choice("ask", "cloud-download", message("Ask Azure about each scale set first"), {
        detail: message("Takes a few requests for each. You can cancel."),
      }),
    ],
  } as const;
}

function blockedQuestion(context: FlowContext, sets: readonly ScaleSetRecord[]) {
  const blocked = sets.filter(isBlocked);
  const canFix = sets.some((set) => fixesFor(set).length > 0);
  const [only] = blocked;
  const fix: Choice = choice("fix", "tools", message("Choose what to fix…"), {
    detail: message("You review each change before you apply it."),
  });
  const leave: Choice = choice(
    "leave",
    "circle-slash",
    blocked.length === 0 ? message("Continue without fixes") : message("Skip blocked scale sets"),
  );
  const explain: Row = {
    kind: "action",
    icon: "question",
    label: message("Explain conditions"),
    run: () => context.explain(sets.filter(isWorthAWord).map(({ id }) => id)),
  };
  return {
    kind: "pick",
    title: message("Conditions"),
    placeholder:
      blocked.length === 0
        ? message("Some instances aren't on the latest model")
        : blocked.length === 1 && sets.length === 1
          ? message("Upgrades of {0} are blocked", only?.name ?? "")
          : message("Upgrades of {0} of {1} scale sets are blocked", blocked.length, sets.length),
    rows: [
      ...(canFix ? [fix] : []),
      leave,
      explain,
      ...section(message("Blocked"), blockedRows(blocked, fixesFor)),
    ],
  } as const;
}

function fixesQuestion(sets: readonly ScaleSetRecord[]) {
  const offers = fixKinds
    .map((fix) => ({ fix, sets: sets.filter((set) => fixesFor(set).includes(fix)) }))
    .filter((offer) => offer.sets.length > 0);
  const isNeeded = ({ fix, sets: those }: (typeof offers)[number]) =>
    those.some((set) => isRequired(set, fix));
  const needed = offers.filter(isNeeded);
  const rowsOf = (those: typeof offers) =>
    those.map((offer) => fixRow(offer.fix, offer.sets, sets.length > 1));
  return {
    kind: "pick",
    title: message("Fixes"),
    placeholder: fixesPlaceholder(needed.length),
    proposed: needed.map(({ fix }) => fix),
    many: { none: message("Select at least one fix (Space), or go back to skip blocked scale sets") },
    rows: [
      ...section(message("Required"), rowsOf(needed)),
      ...section(message("Optional"), rowsOf(offers.filter((offer) => !isNeeded(offer)))),
    ],
  } as const;
}

function fixesPlaceholder(needed: number) {
  if (needed === 0) return message("No fix is required: choose what to change");
  return needed === 1
    ? message("1 fix is required before upgrades can be turned on")
    : message("{0} fixes are required before upgrades can be turned on", needed);
}

function modeQuestion(sets: readonly ScaleSetRecord[], answers: FixAnswers) {
  const [member] = policyMembers.filter(({ name }) => name === "mode");
  if (member === undefined) throw new Error("The upgrade policy has no mode.");
  const question = policyQuestion(member, sets, answers);
  if (question.kind === "text" || typeof question.rows === "function") return question;
  const rows = question.rows.filter((row) => row.kind !== "choice" || row.value !== "Manual");
  return { ...question, proposed: "Rolling", rows };
}

const policyChoice = {
  kind: "pick",
  title: message("Rolling upgrade policy"),
  placeholder: message("How changes roll out to the instances"),
  rows: [
    choice("standard", "layers", message("Azure's defaults"), {
      detail: message("Batches of 20 %, no pause, stops above 20 % unhealthy instances."),
    }),
    choice("own", "edit", message("Set the values…")),
  ],
} as const;
