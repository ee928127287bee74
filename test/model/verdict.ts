import { inEnglish } from "../../src/core/text/message.ts";
import type { Change, Outcome } from "../../src/core/plans/plan.ts";
import { effectsOf, isShown, isWriteOf } from "./goals.ts";
import type { PlanRun, Run } from "./run.ts";
import type { Scenario } from "./scenario.ts";
import type { Disturbance } from "./world/disturbances.ts";
import type { Entry, Exchange, History } from "./world/history.ts";
import { enabledMember, keys, lastName } from "./world/ids.ts";
import { scaleSetOf } from "./world/requests.ts";
import { valueOf } from "./world/values.ts";
import { isEnabled, isUncontrolled, type WorldState } from "./world/state.ts";

/** What is promised, whatever happens. */
export const promises = {
  doneIsSeen: "what is done was to be seen after our write",
  keepsWindow: "no set gets upgrades that are on and no window by our doing",
  sentOnce: "nothing is written twice",
  respectsOthers: "nobody else's change is overwritten without having been shown",
  fateIsTrue: "what the journal says became of a change is so",
  undisturbedIsDone: "what nothing disturbs is done",
  lateIsFound: "what only comes late, or whose answer is lost, is found and is done",
} as const;

export interface Violation {
  readonly promise: keyof typeof promises;
  readonly text: string;
}

export interface Verdict {
  readonly violations: readonly Violation[];
  /** Others' changes that were overwritten between our look and our write, where the service has no ETag. */
  readonly raced: number;
  readonly writes: number;
}

/** Holds a run against the promises. */
export function verdictOn({ world, plans, scenario }: Run): Verdict {
  const { history } = world;
  const parts = plans.map((run, index) => {
    const until = plans[index + 1]?.since ?? Infinity;
    return new PlanVerdict(history, run, until, expectationOf(scenario, index));
  });
  return {
    violations: parts.flatMap((part) => part.violations()),
    raced: parts.reduce((sum, { raced }) => sum + raced, 0),
    writes: history.exchanges.filter(({ isWrite }) => isWrite).length,
  };
}

/** The promise that a plan breaks where one of its changes is not done; none where something may keep it from that. */
function expectationOf({ disturbances, afterwards }: Scenario, index: number): Expectation {
  if (index > 0) {
    const isCalm = afterwards?.disturbances.length === 0 && afterwards.meanwhile === undefined;
    return disturbances.length === 0 && isCalm ? "undisturbedIsDone" : undefined;
  }
  if (disturbances.length === 0) return "undisturbedIsDone";
  const isLate = (one: Disturbance) => one.kind === "write" && lateFaults.has(one.fault);
  return disturbances.every(isLate) ? "lateIsFound" : undefined;
}

type Expectation = "undisturbedIsDone" | "lateIsFound" | undefined;

const lateFaults: ReadonlySet<string> = new Set(["late", "lostLate", "lostApplied"]);

/** The outcomes by which the program says that it does not know. */
const open: ReadonlySet<string> = new Set(["notConfirmed", "underWay"]);

class PlanVerdict {
  raced = 0;
  readonly #history: History;
  readonly #run: PlanRun;
  readonly #expectation: Expectation;
  readonly #writes: readonly Exchange[];

  constructor(history: History, run: PlanRun, until: number, expectation: Expectation) {
    this.#history = history;
    this.#run = run;
    this.#expectation = expectation;
    this.#writes = history.exchanges.filter(
      ({ number, isWrite }) => isWrite && number >= run.since && number < until,
    );
  }

  violations(): readonly Violation[] {
    const { plan } = this.#run;
    const effects = effectsOf(this.#history, this.#writes);
    return [
      ...plan.changes.flatMap((change) => this.#ofChange(change)),
      ...effects.flatMap((entry) => [...this.#uncontrolled(entry), ...this.#overwritten(entry)]),
    ];
  }

  #ofChange(change: Change): readonly Violation[] {
    const outcome = this.#run.outcomes.get(change.id);
    const writes = this.#writes.filter((write) => isWriteOf(change, write));
    const effects = effectsOf(this.#history, writes);
    const status: string = outcome?.status ?? "unknown";
    return [
      ...(status === "done" && !this.#isSeen(change, writes, effects)
        ? [violation("doneIsSeen", `${change.id} is reported as done, and was never so`)]
        : []),
      ...sentTwice(change, writes),
      ...this.#fate(change, status, outcome, writes, effects),
      ...(this.#expectation !== undefined && status !== "done" && !this.#isNameRefused
        ? [violation(this.#expectation, `${change.id} is ${status}${reasonOf(outcome)}`)]
        : []),
    ];
  }

  /** Azure refuses the name of a deleted configuration for a while, of which undoing a deletion warns. */
  get #isNameRefused(): boolean {
    return this.#writes.some(
      ({ method, path, status }) =>
        method === "PUT" && status === 409 && /\/maintenanceconfigurations\/[^/]+$/.test(path),
    );
  }

  /** Where nothing was sent it may have been so already. */
  #isSeen(change: Change, writes: readonly Exchange[], effects: readonly Entry[]): boolean {
    if (change.kind === "startUpgrade") return effects.length > 0;
    const sent = writes.at(-1)?.number;
    const { entries } = this.#history;
    // What was there right before the write counts too: then it changed nothing.
    const first = sent === undefined ? this.#run.from : this.#latestBefore(sent);
    const states = [this.#history.stateAfter(first), ...entries.slice(first + 1).map(({ after }) => after)];
    return states.some((state) => isShown(change, state));
  }

  /** The index of the latest entry that the world had when a request came. */
  #latestBefore(request: number): number {
    return this.#history.exchanges[request]?.latest ?? -1;
  }

  #fate(
    { id }: Change,
    status: string,
    outcome: Outcome | undefined,
    writes: readonly Exchange[],
    effects: readonly Entry[],
  ): readonly Violation[] {
    if (status === "done" || status === "unknown" || open.has(status)) return [];
    if ((status === "skipped" || status === "notStarted") && writes.some((write) => !isRefusal(write)))
      return [violation("fateIsTrue", `${id} is reported as ${status}, and was sent`)];
    if (status === "changedBySomeoneElse")
      return this.#history.entries.some(({ by }) => by === "others" || by === "azure")
        ? []
        : [violation("fateIsTrue", `${id} is reported as changed by someone else, and nobody was there`)];
    if (status === "failed" && effects.length > 0)
      return [violation("fateIsTrue", `${id} is reported as failed, and took effect${reasonOf(outcome)}`)];
    return [];
  }

  #uncontrolled(entry: Entry): readonly Violation[] {
    return [...entry.after.scaleSets.keys()].flatMap((id) => {
      if (!isUncontrolled(entry.after, id) || isUncontrolled(entry.before, id)) return [];
      if (isUncontrolled(this.#history.stateAfter(this.#run.from), id)) return [];
      if (this.#isReported(id) || this.#isOthersDoing(entry, id)) return [];
      return [
        violation("keepsWindow", `${lastName(id)} has upgrades on and no window after “${entry.what}”`),
      ];
    });
  }

  /** By a text of the review that names the set, or by an answer that keeps upgrades on. */
  #isReported(scaleSetId: string): boolean {
    const { plan, user } = this.#run;
    const names = new RegExp(`\\b${lastName(scaleSetId)}\\b`, "i");
    const said = /any time|any hour|no (confirmed )?window|without (a )?(window|configuration)|not known/i;
    const isSaid = [...user.review, ...plan.warnings.map(inEnglish)].some(
      (text) => names.test(text) && said.test(text),
    );
    return isSaid || user.answers.some((answer) => answer.endsWith(": keep"));
  }

  /**
   * Whether another's write has a part in it that we could not see: upgrades that were turned on since the confirmation, or an association or a
   * configuration that went after our last look at it.
   */
  #isOthersDoing(entry: Entry, id: string): boolean {
    const request = requestOf(entry);
    const enabled = keys.member(id, enabledMember);
    return this.#history.entries.slice(0, entry.index).some((other) => {
      if (other.by !== "others") return false;
      const isSwitch = other.touched.includes(enabled) && isEnabled(other.after.scaleSets.get(id));
      if (isSwitch) return other.index > this.#run.from;
      const lost = other.touched.find((key) => isWindowOf(other.before, id, key));
      if (lost === undefined) return false;
      const look = this.#lookBefore(lost, request);
      return look !== undefined && other.index > look;
    });
  }

  #overwritten(entry: Entry): readonly Violation[] {
    const request = requestOf(entry);
    return entry.touched.flatMap((key) => {
      const last = this.#history.entries
        .slice(0, entry.index)
        .findLast(({ touched }) => touched.includes(key));
      if (last?.by !== "others" || last.index <= (this.#shownAtReview(key) ?? -1)) return [];
      if (this.#isAsReviewed(key, entry.before)) return [];
      const look = this.#lookBefore(key, request);
      if (look !== undefined && last.index > look && !key.startsWith("scale set")) {
        this.raced += 1;
        return [];
      }
      return [violation("respectsOthers", `“${entry.what}” overwrote “${last.what}” (${shortKey(key)})`)];
    });
  }

  /** The latest look of this plan at what a request writes. Before an association is removed it counts only after our last write of the set. */
  #lookBefore(key: string, request: number): number | undefined {
    const { method, path } = this.#history.exchanges[request] ?? {};
    const set = scaleSetOf(path ?? "");
    const isRemoval = method === "DELETE" && set !== undefined;
    const before = this.#writes.findLast(
      (write) => write.number < request && isRemoval && write.path.startsWith(set) && !isRefusal(write),
    );
    return this.#history.lookBefore(key, request, before?.number ?? this.#run.since);
  }

  /** What others wrote may be what was there at the review: then nothing is overwritten that was not shown. */
  #isAsReviewed(key: string, state: WorldState): boolean {
    const shown = this.#shownAtReview(key);
    return shown !== undefined && valueOf(this.#history.stateAfter(shown), key) === valueOf(state, key);
  }

  #shownAtReview(key: string): number | undefined {
    return this.#history.lookBefore(key, this.#run.since);
  }
}

/** Whether an answer says that nothing was done, so that a write may be sent again. */
function isRefusal({ status }: Exchange): boolean {
  return status !== undefined && status >= 400 && status < 500 && status !== 408;
}

function sentTwice(change: Change, writes: readonly Exchange[]): readonly Violation[] {
  const taken = writes.filter((write) => !isRefusal(write));
  return taken.length > 1 ? [violation("sentOnce", `${change.id} was sent ${taken.length} times`)] : [];
}

/** Whether a key is that of an association of the set, or of a configuration that one leads to. */
function isWindowOf(state: WorldState, scaleSetId: string, key: string): boolean {
  if (key.startsWith(keys.associations(scaleSetId))) return true;
  return [...state.assignments.values()].some(
    (one) => one.scaleSetId === scaleSetId && key === keys.configuration(one.configurationId),
  );
}

function requestOf({ by }: Entry): number {
  return typeof by === "object" ? by.request : -1;
}

function violation(promise: Violation["promise"], text: string): Violation {
  return { promise, text: shortKey(text) };
}

function reasonOf(outcome: Outcome | undefined): string {
  return outcome?.status === "failed" ? `: ${outcome.problem.kind} ${outcome.problem.code ?? ""}` : "";
}

/** Without the parts that all ids have in common. */
export function shortKey(text: string): string {
  return text.replaceAll(
    /\/subscriptions\/[^\s”]+?\/providers\/microsoft\.(compute\/virtualmachinescalesets|maintenance\/maintenanceconfigurations)\//gi,
    "",
  );
}
