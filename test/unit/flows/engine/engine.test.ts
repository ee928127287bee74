import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { inEnglish, message, verbatim } from "../../../../src/core/text/message.ts";
import type { Plan } from "../../../../src/core/plans/plan.ts";
import {
  back as earlier,
  beginning,
  forward,
  positionOf,
  type Flow,
} from "../../../../src/flows/engine/engine.ts";
import type { Prompter, Question, Reply } from "../../../../src/flows/engine/question.ts";
import { takeThrough } from "../../../../src/flows/engine/takeThrough.ts";
import {
  back,
  cancel,
  go,
  leaveWith,
  look,
  memoryDrafts,
  pick,
  scripted,
  tick,
  type,
  type Move,
} from "../support.ts";

/** A journey: `luggage` is asked only by plane, `pieces` only with luggage; the seats on offer depend on the vehicle. */
interface Journey {
  readonly vehicle?: string;
  readonly luggage?: string;
  readonly pieces?: string;
  readonly seat?: string;
  readonly stops?: readonly string[];
}

const list = (title: string, ...values: readonly string[]): Question => ({
  kind: "pick",
  title: verbatim(title),
  placeholder: verbatim(""),
  rows: values.map((value) => ({ kind: "choice", value, label: verbatim(value) })),
});

const seats = (vehicle = "") => (vehicle === "plane" ? ["window", "aisle"] : ["window", "bunk"]);

function journey(given: Journey = {}): Flow<Journey> {
  return {
    id: "journey",
    title: message("Journey"),
    given,
    steps: [
      { id: "vehicle", ask: () => list("vehicle", "plane", "train") },
      {
        id: "luggage",
        applies: ({ vehicle }) => vehicle === "plane",
        ask: () => list("luggage", "yes", "no"),
      },
      {
        id: "pieces",
        applies: ({ luggage }) => luggage === "yes",
        ask: () => ({
          kind: "text",
          title: verbatim("pieces"),
          prompt: verbatim(""),
          proposed: "1",
          validate: (text) =>
            /^\d+$/.test(text) ? [] : [{ severity: "block", message: verbatim("a number") }],
        }),
      },
      { id: "seat", ask: ({ vehicle }) => list("seat", ...seats(vehicle)) },
      {
        id: "stops",
        ask: () =>
          ({ ...list("stops", "Rome", "Oslo", "Bern"), many: { none: verbatim("none") } }) as Question,
      },
    ],
    plan: (answers): Plan => ({
      title: verbatim(JSON.stringify(answers)),
      changes: [{ id: "go", kind: "associate", target: "/", title: verbatim("go"), after: {}, needs: [] }],
      leftOut: [],
      warnings: [],
    }),
    review: () => list("review", "apply") as Extract<Question, { kind: "pick" }>,
  };
}

const answersIn = (plan: Plan | undefined): unknown => plan && JSON.parse(inEnglish(plan.title));
const byPlane = [pick("plane"), pick("yes"), type("2"), pick("aisle"), tick("Oslo", "Bern")];

async function travel(
  moves: readonly Move[],
  options: { given?: Journey; drafts?: ReturnType<typeof memoryDrafts> } = {},
) {
  const prompter = scripted(...moves);
  const drafts = options.drafts ?? memoryDrafts();
  const plan = await takeThrough(journey(options.given), { prompter, drafts });
  prompter.finish();
  return { plan, drafts, titles: prompter.asked.map(({ title }) => title), asked: prompter.asked };
}

describe("going forward", () => {
  test("asks each step that applies, then the review, and returns the plan that was reviewed", async () => {
    const { plan, titles } = await travel([...byPlane, pick("apply")]);
    assert.deepEqual(titles, ["vehicle", "luggage", "pieces", "seat", "stops", "review"]);
    assert.deepEqual(answersIn(plan), {
      vehicle: "plane",
      luggage: "yes",
      pieces: "2",
      seat: "aisle",
      stops: ["Oslo", "Bern"],
    });
  });

  test("leaves out the steps that do not apply, and their answers", async () => {
    const { plan, titles } = await travel([pick("train"), pick("bunk"), tick("Rome"), pick("apply")]);
    assert.deepEqual(titles, ["vehicle", "seat", "stops", "review"]);
    assert.deepEqual(answersIn(plan), { vehicle: "train", seat: "bunk", stops: ["Rome"] });
  });

  test("does not ask what the start gave, which counts as answered", async () => {
    const { plan, titles, asked } = await travel([pick("no"), pick("aisle"), tick("Rome"), pick("apply")], {
      given: { vehicle: "plane" },
    });
    assert.deepEqual(titles, ["luggage", "seat", "stops", "review"]);
    assert.deepEqual(answersIn(plan), { vehicle: "plane", luggage: "no", seat: "aisle", stops: ["Rome"] });
    assert.equal(asked[0]?.place.canGoBack, false);
  });

  test("counts the steps anew with each answer", async () => {
    const { asked } = await travel([...byPlane, pick("apply")]);
    assert.deepEqual(
      asked.map(({ place }) => `${place.step?.number}/${place.step?.total}`),
      ["1/4", "2/5", "3/6", "4/6", "5/6", "6/6"],
    );
  });
});

describe("going back", () => {
  test("returns to the step before, which shows the answer given to it", async () => {
    const { plan } = await travel([
      pick("plane"),
      pick("yes"),
      type("2"),
      back,
      look(({ title, place }) => assert.deepEqual([title, place.remembered], ["pieces", "2"]), back),
      look(({ title, place }) => assert.deepEqual([title, place.remembered], ["luggage", "yes"]), back),
      look(({ title, place }) => assert.deepEqual([title, place.remembered], ["vehicle", "plane"]), go),
      go,
      go,
      pick("aisle"),
      tick("Rome"),
      pick("apply"),
    ]);
    assert.equal((answersIn(plan) as Journey).pieces, "2");
  });

  test("counts the steps ahead by the answers that are remembered", async () => {
    const { asked } = await travel([...byPlane.slice(0, 4), back, back, back, back, cancel]);
    assert.deepEqual(asked.at(-1)?.place.step, { number: 1, total: 6 });
  });

  test("skips the steps that were not asked", async () => {
    await travel([pick("train"), back, look(({ title }) => assert.equal(title, "vehicle"), cancel)]);
  });

  test("keeps later answers where their steps still apply, over a change and its undoing", async () => {
    const { plan } = await travel([
      ...byPlane,
      ...Array<typeof back>(5).fill(back),
      pick("train"),
      look(
        ({ title, place }) => assert.deepEqual([title, place.remembered], ["seat", "aisle"]),
        pick("bunk"),
      ),
      look(({ place }) => assert.deepEqual(place.remembered, ["Oslo", "Bern"]), go),
      ...Array<typeof back>(3).fill(back),
      pick("plane"),
      look(({ title, place }) => assert.deepEqual([title, place.remembered], ["luggage", "yes"]), go),
      go,
      pick("window"),
      go,
      pick("apply"),
    ]);
    assert.deepEqual(answersIn(plan), {
      vehicle: "plane",
      luggage: "yes",
      pieces: "2",
      seat: "window",
      stops: ["Oslo", "Bern"],
    });
  });

  test("keeps what was half done in the step that is left", async () => {
    await travel([
      pick("train"),
      pick("bunk"),
      leaveWith("back", ["Rome"]),
      go,
      look(({ place }) => assert.deepEqual(place.remembered, ["Rome"]), cancel),
    ]);
  });

  test("from anywhere, any walk of answers and backs ends with the plan of the straight path", async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat(99)), async (numbers) => {
        const draw = () => numbers.next().value as number;
        /** The walk as a stack, which is what Back is to be. */
        const stack: [string, string | readonly string[]][] = [];
        let left = draw() % 40;
        const walker: Prompter = {
          wait: () => assert.fail("nothing is read"),
          ask: async (question, { canGoBack }): Promise<Reply> => {
            assert.equal(canGoBack, stack.length > 0);
            if (canGoBack && left > 0 && draw() % 2 === 0) {
              left -= 1;
              stack.pop();
              return { kind: "back" };
            }
            left -= 1;
            const value = anyAnswer(question, draw());
            stack.push([inEnglish(question.title), value]);
            return { kind: "value", value };
          },
        };
        const walked = await takeThrough(journey(), { prompter: walker, drafts: memoryDrafts() });
        const straight: Prompter = {
          wait: () => assert.fail("nothing is read"),
          ask: async (question) => {
            const [title, value] = stack.shift() ?? assert.fail("asked more than the walk was");
            assert.equal(inEnglish(question.title), title);
            return { kind: "value", value };
          },
        };
        assert.deepEqual(
          walked,
          await takeThrough(journey(), { prompter: straight, drafts: memoryDrafts() }),
        );
        assert.equal(stack.length, 0);
      }),
    );
  });
});

function anyAnswer(question: Question, number: number): string | readonly string[] {
  if (question.kind === "text") return String(number);
  assert.ok(typeof question.rows !== "function");
  const values = question.rows.flatMap((row) => (row.kind === "choice" ? [row.value] : []));
  if (question.many !== undefined) return values.slice(number % values.length);
  return values[number % values.length] ?? assert.fail("an empty list");
}

describe("leaving", () => {
  test("returns no plan, at every step and at the review", async () => {
    for (let length = 0; length <= byPlane.length; length += 1) {
      const { plan } = await travel([...byPlane.slice(0, length), cancel]);
      assert.equal(plan, undefined, `after ${length} answers`);
    }
  });

  test("keeps the answers, and the next start offers to go on there", async () => {
    const { drafts } = await travel([...byPlane.slice(0, 3), cancel]);
    const { plan, titles } = await travel([pick("resume"), pick("aisle"), tick("Rome"), pick("apply")], {
      drafts,
    });
    assert.deepEqual(titles, ["Continue where you left off?", "seat", "stops", "review"]);
    assert.equal((answersIn(plan) as Journey).pieces, "2");
  });

  test("after going back, resumes at the step where the user stood, with what lay ahead", async () => {
    const { drafts } = await travel([...byPlane, back, back, back, cancel]);
    const { plan } = await travel(
      [
        pick("resume"),
        look(({ title, place }) => assert.deepEqual([title, place.remembered], ["pieces", "2"]), go),
        go,
        go,
        pick("apply"),
      ],
      { drafts },
    );
    assert.deepEqual((answersIn(plan) as Journey).stops, ["Oslo", "Bern"]);
  });

  test("keeps what was half typed", async () => {
    const { drafts } = await travel([pick("plane"), pick("yes"), leaveWith("cancel", "two")]);
    await travel([pick("resume"), look(({ place }) => assert.equal(place.remembered, "two"), cancel)], {
      drafts,
    });
  });

  test("every answer is saved at once, so that a window that is closed loses none", async () => {
    const drafts = memoryDrafts();
    const kept = () => Object.keys(drafts.load("journey")?.answers ?? {});
    await travel(
      [
        pick("train"),
        look(() => assert.deepEqual(kept(), ["vehicle"]), pick("bunk")),
        look(() => assert.deepEqual(kept(), ["vehicle", "seat"]), cancel),
      ],
      { drafts },
    );
  });

  test("a confirmed plan leaves no draft", async () => {
    const { drafts } = await travel([...byPlane, pick("apply")]);
    assert.equal(drafts.kept.size, 0);
  });

  test("a flow that is left before its first answer leaves no draft", async () => {
    assert.equal((await travel([cancel])).drafts.kept.size, 0);
  });
});

describe("resuming", () => {
  const leftAtTheReview = async () => (await travel([...byPlane, cancel])).drafts;

  test("starts anew where the user wants it, without the kept answers", async () => {
    const drafts = await leftAtTheReview();
    await travel([pick("anew"), look(({ place }) => assert.equal(place.remembered, undefined), cancel)], {
      drafts,
    });
    assert.equal(drafts.kept.size, 0);
  });

  test("is offered once: an offer that is left, declined or left again without a new answer is the last", async () => {
    for (const moves of [
      [cancel],
      [pick("anew"), cancel],
      [pick("resume"), cancel],
      [pick("resume"), back, cancel],
      [pick("resume"), back, go, cancel],
    ]) {
      const drafts = await leftAtTheReview();
      const { plan } = await travel(moves, { drafts });
      assert.equal(plan, undefined);
      assert.equal(drafts.kept.size, 0);
    }
  });

  test("is offered again where an answer is new", async () => {
    const drafts = await leftAtTheReview();
    await travel([pick("resume"), back, tick("Rome"), cancel], { drafts });
    const { titles } = await travel([pick("resume"), cancel], { drafts });
    assert.deepEqual(titles, ["Continue where you left off?", "review"]);
  });

  test("keeps the draft as long as the flow is under way, for a window that is closed", async () => {
    const drafts = await leftAtTheReview();
    await travel([pick("resume"), look(() => assert.equal(drafts.kept.size, 1), cancel)], { drafts });
  });

  test("every step can be gone back to", async () => {
    const { titles } = await travel([pick("resume"), back, back, back, back, back, cancel], {
      drafts: await leftAtTheReview(),
    });
    assert.deepEqual(titles.slice(1), ["review", "stops", "seat", "pieces", "luggage", "vehicle"]);
  });

  test("asks again from the first answer that can no longer be given, with the later ones remembered", async () => {
    const drafts = await leftAtTheReview();
    const draft = drafts.load("journey") ?? assert.fail();
    await drafts.save("journey", { ...draft, answers: { ...draft.answers, seat: "cockpit" } });
    await travel(
      [
        pick("resume"),
        look(({ title }) => assert.equal(title, "seat"), pick("aisle")),
        look(({ place }) => assert.deepEqual(place.remembered, ["Oslo", "Bern"]), cancel),
      ],
      { drafts },
    );
  });

  test("a draft of a start with other things given is not offered", async () => {
    const { titles } = await travel([cancel], {
      given: { vehicle: "plane" },
      drafts: await leftAtTheReview(),
    });
    assert.deepEqual(titles, ["luggage"]);
  });

  test("a draft stays where a start with other things given is left before its first answer", async () => {
    const drafts = await leftAtTheReview();
    await travel([cancel], { given: { vehicle: "plane" }, drafts });
    assert.equal(drafts.kept.size, 1);
  });
});

test("a position is the same, however often it is asked for, and progress is never changed in place", () => {
  const flow = journey();
  const one = forward(flow, beginning, "vehicle", "train");
  const two = forward(flow, one, "seat", "bunk");
  assert.deepEqual(positionOf(flow, two), positionOf(flow, two));
  assert.equal(positionOf(flow, earlier(two)).step?.id, "seat");
  assert.deepEqual(one, { answers: { vehicle: "train" }, path: ["vehicle"], filled: {} });
  assert.deepEqual(beginning, { answers: {}, path: [], filled: {} });
});

describe("a plan with nothing to do", () => {
  const flow = journey();
  const nothing = { ...flow, plan: (answers: Journey) => ({ ...flow.plan(answers), changes: [] }) };
  const unknown = { ...flow, load: async () => undefined };
  const end = async (idle: Flow<Journey>, move: Move) => {
    const prompter = scripted(...byPlane, move);
    const drafts = memoryDrafts();
    assert.equal(await takeThrough(idle, { prompter, drafts }), undefined);
    prompter.finish();
    return drafts.kept.size;
  };

  test("returns none, and leaves no draft, whether it is closed by its row or left", async () => {
    assert.equal(await end(nothing, pick("apply")), 0);
    assert.equal(await end(nothing, cancel), 0);
    assert.equal(await end({ ...nothing, load: unknown.load }, cancel), 0);
  });

  test("leaves a draft where it was left before that was known", async () => {
    const load = () => assert.fail("not asked");
    const prompter = scripted(...byPlane);
    const drafts = memoryDrafts();
    const asking: Prompter = {
      ...prompter,
      ask: async (question, place) =>
        question.title.template === "{0}" && question.kind === "pick" && typeof question.rows === "function"
          ? { kind: "cancel" }
          : prompter.ask(question, place),
    };
    await takeThrough({ ...nothing, load }, { prompter: asking, drafts });
    assert.equal(drafts.kept.size, 1);
  });
});

describe("a review", () => {
  const turning = (): Flow<Journey & { readonly class?: string }> => ({
    ...journey(),
    review: () => list("review", "apply", "upgrade") as Extract<Question, { kind: "pick" }>,
    turn: (value) => (value === "upgrade" ? { class: "first" } : undefined),
  });

  test("turns to another plan by a row, which no step asks for and Back does not undo", async () => {
    const prompter = scripted(
      pick("train"),
      pick("bunk"),
      tick("Rome"),
      pick("upgrade"),
      look(({ title }) => assert.equal(title, "review"), back),
      look(({ title }) => assert.equal(title, "stops"), go),
      pick("apply"),
    );
    const plan = await takeThrough(turning(), { prompter, drafts: memoryDrafts() });
    prompter.finish();
    assert.deepEqual(answersIn(plan), { class: "first", vehicle: "train", seat: "bunk", stops: ["Rome"] });
  });

  test("keeps a turn over a draft", async () => {
    const drafts = memoryDrafts();
    const leaving = scripted(pick("train"), pick("bunk"), tick("Rome"), pick("upgrade"), cancel);
    await takeThrough(turning(), { prompter: leaving, drafts });
    const prompter = scripted(pick("resume"), pick("apply"));
    const plan = await takeThrough(turning(), { prompter, drafts });
    assert.equal((answersIn(plan) as { readonly class?: string }).class, "first");
  });

  test("is asked with what the flow loads, also where a draft skips the steps; a failed load is not the end", async () => {
    const drafts = memoryDrafts();
    await travel([...byPlane, cancel], { drafts });
    let loaded = 0;
    const loading: Flow<Journey> = {
      ...journey(),
      load: async ({ seat }) => {
        assert.equal(seat, "aisle");
        loaded += 1;
      },
      plan: (answers) => ({ ...journey().plan(answers), title: verbatim(JSON.stringify({ loaded })) }),
    };
    const prompter = scripted(pick("resume"), pick("apply"));
    assert.deepEqual(answersIn(await takeThrough(loading, { prompter, drafts })), { loaded: 1 });
  });
});
