import assert from "node:assert/strict";
import { test } from "node:test";
import { openAzure } from "../../src/azure/open.ts";
import { associate } from "../../src/core/plans/plans.ts";
import { planOf } from "../../src/core/plans/planNeeds.ts";
import type { Plan } from "../../src/core/plans/plan.ts";
import { verbatim } from "../../src/core/text/message.ts";
import { scopeOf } from "../../src/core/windows/window.ts";
import { applyPlan } from "../../src/fleet/plans/applyPlan.ts";
import { resumePlan } from "../../src/fleet/plans/interrupted.ts";
import { folderInMemory, type PlanFolder } from "../../src/fleet/plans/planFolder.ts";
import { never, standingClock } from "../unit/azure/support.ts";
import { openWorld, type World } from "../unit/flows/world.ts";
import { journalOver } from "./support/kept.ts";
import { configurationNamed, setNamed, threeSteps } from "./support/plans.ts";
import type { Recorded } from "./support/world.ts";

/** A window that is killed at one of its awaits: what it waits for there never comes, and nothing of it goes on. */
class Life {
  readonly #lastsFor: number;
  readonly #death = Promise.withResolvers<void>();
  #awaits = 0;

  constructor(lastsFor: number) {
    this.#lastsFor = lastsFor;
  }

  /** How many awaits there have been. */
  get awaits(): number {
    return this.#awaits;
  }

  get ended(): Promise<void> {
    return this.#death.promise;
  }

  /** Awaits `work`, and may be killed before it and after it. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    await this.#step();
    const value = await work();
    await this.#step();
    return value;
  }

  async #step(): Promise<void> {
    if (this.#awaits++ < this.#lastsFor) return;
    this.#death.resolve();
    await new Promise<never>(() => undefined);
  }
}

/** From nothing to upgrades on, beside the move of another set. */
function wanted(world: World): Plan {
  const set = setNamed(world, "vmss-search-prod");
  assert.ok("known" in set.assignments);
  const daily = configurationNamed(world, "mc-staging-daily");
  const move = associate(set, daily, set.assignments.known, () => scopeOf(daily.resource));
  assert.equal(move.changes.length, 2);
  return planOf(verbatim("Set up and move"), [...threeSteps(world).changes, ...move.changes]);
}

/** The writes that the sandbox has taken: `PUT …/mc-new` → how often. */
async function writesOf({ lab }: World): Promise<ReadonlyMap<string, number>> {
  const { json } = await lab.ask("GET", "/sandbox/requests");
  const { value } = json as { readonly value: readonly Recorded[] };
  const counts = new Map<string, number>();
  for (const { method, path } of value) {
    if (!["PUT", "PATCH", "DELETE"].includes(method)) continue;
    const name = `${method} ${path.toLowerCase()}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** Applies the plan in a window that is killed after so many awaits, and goes on with it in the next one. */
async function killedAfter(awaits: number) {
  const world = await openWorld();
  const { lab, store } = world;
  const plan = wanted(world);
  const life = new Life(awaits);
  const files = new Map<string, string>();
  const folder = folderInMemory(files);
  const dying: PlanFolder = {
    ...folder,
    create: (name, text) => life.through(() => folder.create(name, text)),
    append: (name, text) => life.through(() => folder.append(name, text)),
  };
  const first = async () => {
    const run = await journalOver(dying).begin(plan, "sandbox");
    await applyPlan(lab.azure, store, plan, { signal: never, run });
    await run.close();
  };
  lab.fault = (request, sandbox) => life.through(() => sandbox.sendRequest(request));
  await Promise.race([first(), life.ended]);
  lab.fault = undefined;

  const journal = journalOver(folderInMemory(files));
  const [kept] = await journal.plans();
  const taken = kept && kept.state !== "closed" ? await journal.takeOver(kept) : undefined;
  const ends = new Map<string, string>();
  if (taken !== undefined) {
    let waitedMs = 0;
    const azure = openAzure(lab.connection, lab.log, "9.9.9", {
      now: () => standingClock().getTime() + waitedMs,
      random: () => 0.5,
      wait: async (ms) => {
        waitedMs += ms;
        lab.turn(ms);
      },
    });
    const results = await resumePlan(azure, store, taken.plan, taken.run, { signal: never });
    await taken.run.close();
    for (const { change, outcome } of results) ends.set(change.id, outcome.status);
  } else for (const [id, outcome] of kept?.outcomes ?? []) ends.set(id, outcome.status);
  const writes = await writesOf(world);
  store.dispose();
  return { plan, life, ends, writes };
}

const methods = {
  associate: "PUT",
  createConfiguration: "PUT",
  createResourceGroup: "PUT",
  dissociate: "DELETE",
};

test("a window that is killed at any await of a plan: no write is sent twice, and each end is told as it is", async (context) => {
  const { life, ends } = await killedAfter(Infinity);
  assert.deepEqual(new Set(ends.values()), new Set(["done"]));
  let notConfirmed = 0;
  for (let awaits = 0; awaits < life.awaits; awaits++) {
    const killed = await killedAfter(awaits);
    const counts = [...killed.writes];
    assert.deepEqual(
      counts.filter(([, times]) => times > 1),
      [],
      `after ${awaits} awaits`,
    );
    if (killed.ends.size === 0) {
      assert.deepEqual(counts, [], `after ${awaits} awaits: nothing is sent before it is kept`);
      continue;
    }
    for (const { id, kind, target } of killed.plan.changes) {
      const method = methods[kind as keyof typeof methods] ?? "PATCH";
      const isMade = killed.writes.has(`${method} ${target.toLowerCase()}`);
      const end = killed.ends.get(id);
      assert.equal(end === "done", isMade, `after ${awaits} awaits, ${id}: ${end}`);
      if (isMade) continue;
      assert.match(end ?? "", /^(notConfirmed|skipped)$/, `after ${awaits} awaits, ${id}`);
      if (end === "notConfirmed") notConfirmed++;
    }
  }
  assert.ok(notConfirmed > 0, "no window was killed between its journal and the wire");
  context.diagnostic(`${life.awaits} awaits; ${notConfirmed} writes that were kept and never sent`);
});
