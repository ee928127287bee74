import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inEnglish, message, verbatim } from "../../../../src/core/text/message.ts";
import type { Plan } from "../../../../src/core/plans/plan.ts";
import type { Flow, LoadProposal, Proposal } from "../../../../src/flows/engine/engine.ts";
import { eachStep, opens } from "../../../../src/flows/engine/fromReview.ts";
import type { PickQuestion, TextQuestion } from "../../../../src/flows/engine/question.ts";
import { choice } from "../../../../src/flows/engine/rows.ts";
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
  type,
  type Move,
} from "../support.ts";

/** A parcel: who gets it is asked, all else has a proposal; the street is one of the city, `note` is asked for a gift. */
interface Parcel {
  readonly to?: string;
  readonly city?: string;
  readonly street?: string;
  readonly kind?: string;
  readonly note?: string;
  readonly packer?: string;
}

const list = (title: string, ...values: readonly string[]): PickQuestion => ({
  kind: "pick",
  title: verbatim(title),
  placeholder: verbatim(""),
  rows: values.map((value) => choice(value, "blank", verbatim(value))),
});

const text = (title: string): TextQuestion => ({
  kind: "text",
  title: verbatim(title),
  prompt: verbatim(""),
  validate: (value) => (value === "" ? [{ severity: "block", message: verbatim("a text") }] : []),
});

const streetsOf = (city = "") => (city === "Rome" ? ["Via A", "Via B"] : ["Gate 1", "Gate 2"]);

function parcel(street?: (city: string) => Proposal): Flow<Parcel> {
  return {
    id: "parcel",
    title: message("Parcel"),
    given: {},
    steps: [
      { id: "to", ask: () => list("to", "Ann", "Bob") },
      {
        id: "city",
        ask: () => list("city", "Rome", "Oslo"),
        propose: ({ to }) => (to === "Ann" ? "Rome" : "Oslo"),
      },
      {
        id: "street",
        within: "city",
        ask: ({ city }) => list("street", ...streetsOf(city)),
        propose: ({ city = "" }) => (street === undefined ? streetsOf(city)[0] : street(city)),
      },
      { id: "kind", ask: () => list("kind", "goods", "gift"), propose: () => "goods" },
      {
        id: "note",
        applies: ({ kind }) => kind === "gift",
        ask: () => text("note"),
        propose: () => undefined,
      },
      { id: "packer", ask: () => list("packer", "Cid", "Dee") },
    ],
    plan: (answers): Plan => ({
      title: verbatim(JSON.stringify(answers)),
      changes: [{ id: "go", kind: "associate", target: "/", title: verbatim("go"), after: {}, needs: [] }],
      leftOut: [],
      warnings: [],
    }),
    review: () => list("review", "apply", opens("city"), opens("street"), opens("kind", "note"), eachStep),
  };
}

const answersIn = (plan: Plan | undefined): unknown => plan && JSON.parse(inEnglish(plan.title));

async function send(moves: readonly Move[], { flow = parcel(), drafts = memoryDrafts() } = {}) {
  const prompter = scripted(...moves);
  const plan = await takeThrough(flow, { prompter, drafts });
  prompter.finish();
  const { asked } = prompter;
  return { answers: answersIn(plan), drafts, asked, titles: asked.map(({ title }) => title) };
}

const toTheReview = [pick("Ann"), pick("Cid")];
const proposed = { to: "Ann", city: "Rome", street: "Via A", kind: "goods", packer: "Cid" };

describe("steps with a proposal", () => {
  test("are not asked, and count as answered", async () => {
    const { answers, titles, asked } = await send([...toTheReview, pick("apply")]);
    assert.deepEqual(titles, ["to", "packer", "review"]);
    assert.deepEqual(answers, proposed);
    assert.deepEqual(
      asked.map(({ place }) => place.step && `${place.step.number}/${place.step.total}`),
      ["1/3", "2/3", "3/3"],
    );
  });

  test("are passed by Back, and proposed anew after another answer", async () => {
    const { answers, titles } = await send([...toTheReview, back, back, pick("Bob"), go, pick("apply")]);
    assert.deepEqual(titles, ["to", "packer", "review", "packer", "to", "packer", "review"]);
    assert.deepEqual(answers, { ...proposed, to: "Bob", city: "Oslo", street: "Gate 1" });
  });

  test("are asked where nothing is proposed", async () => {
    const flow = parcel(() => undefined);
    const { answers, titles } = await send([pick("Ann"), pick("Via B"), pick("Cid"), pick("apply")], {
      flow,
    });
    assert.deepEqual(titles, ["to", "street", "packer", "review"]);
    assert.deepEqual(answers, { ...proposed, street: "Via B" });
  });

  test("may be read, and are asked where that fails", async () => {
    const read: LoadProposal = async (_, say) => {
      say(verbatim("reading"));
      return "Via B";
    };
    const { answers } = await send([...toTheReview, pick("apply")], { flow: parcel(() => read) });
    assert.deepEqual(answers, { ...proposed, street: "Via B" });
    const failing: LoadProposal = () => Promise.reject(new Error("no network"));
    const { titles } = await send([pick("Ann"), cancel], { flow: parcel(() => failing) });
    assert.deepEqual(titles, ["to", "street"]);
  });

  test("end the flow where the user leaves while one is read, with the answers kept", async () => {
    const drafts = memoryDrafts();
    const prompter = { ...scripted(pick("Ann")), wait: async () => undefined };
    const flow = parcel(() => async () => "Via B");
    assert.equal(await takeThrough(flow, { prompter, drafts }), undefined);
    assert.deepEqual(drafts.load("parcel")?.answers, { to: "Ann" });
  });
});

describe("a row of the review that opens a step", () => {
  test("asks it with what stands there, and comes back with all else as it was", async () => {
    const { answers, titles, asked } = await send([
      ...toTheReview,
      pick(opens("street")),
      look(({ place }) => {
        assert.deepEqual([place.remembered, place.step, place.canGoBack], ["Via A", undefined, true]);
      }, pick("Via B")),
      pick(opens("kind", "note")),
      pick("gift"),
      type("for you"),
      pick("apply"),
    ]);
    assert.deepEqual(titles.slice(2), ["review", "street", "review", "kind", "note", "review"]);
    assert.deepEqual(answers, { ...proposed, street: "Via B", kind: "gift", note: "for you" });
    assert.deepEqual(asked.at(-1)?.place.step, { number: 3, total: 3 });
  });

  test("leads back to the review, whose answers are as they were", async () => {
    const { answers, titles } = await send([
      ...toTheReview,
      pick(opens("kind", "note")),
      pick("gift"),
      leaveWith("back", "half a no"),
      back,
      pick("apply"),
    ]);
    assert.deepEqual(titles.slice(2), ["review", "kind", "note", "kind", "review"]);
    assert.deepEqual(answers, proposed);
  });

  test("drops an answer within the one that was changed, and keeps it where that is given again", async () => {
    const own = [...toTheReview, pick(opens("street")), pick("Via B"), pick(opens("city"))];
    assert.deepEqual((await send([...own, pick("Oslo"), pick("apply")])).answers, {
      ...proposed,
      city: "Oslo",
      street: "Gate 1",
    });
    assert.deepEqual((await send([...own, pick("Rome"), pick("apply")])).answers, {
      ...proposed,
      street: "Via B",
    });
  });

  test("is resumed at the review, with the user's own answers and new proposals", async () => {
    const drafts = memoryDrafts();
    await send([...toTheReview, pick(opens("kind", "note")), pick("gift"), type("for you"), cancel], {
      drafts,
    });
    const flow = parcel(() => "Via B");
    const { answers, titles } = await send([pick("resume"), pick("apply")], { flow, drafts });
    assert.deepEqual(titles, ["Continue where you left off?", "review"]);
    assert.deepEqual(answers, { ...proposed, street: "Via B", kind: "gift", note: "for you" });
  });

  test("may as well answer steps by itself, which those after them then go by", async () => {
    const flow: Flow<Parcel> = {
      ...parcel(),
      turn: (value) => (value === opens("city") ? { city: "Oslo" } : undefined),
    };
    const { answers } = await send([...toTheReview, pick(opens("city")), pick("apply")], { flow });
    assert.deepEqual(answers, { ...proposed, city: "Oslo", street: "Gate 1" });
  });

  test("left as it was leaves no answers to keep", async () => {
    const drafts = memoryDrafts();
    const flow = { ...parcel(), given: { to: "Ann", packer: "Cid" } };
    const { asked } = await send([pick(opens("street")), back, cancel], { flow, drafts });
    assert.equal(drafts.kept.size, 0);
    assert.deepEqual([asked[0]?.place.step, asked[0]?.place.canGoBack], [undefined, false]);
  });
});

describe("step by step", () => {
  const all = [pick("Oslo"), go, go, go];

  test("asks every step from the first with a proposal on, each proposing by the answers before it", async () => {
    const { answers, titles, asked } = await send([...toTheReview, pick(eachStep), ...all, pick("apply")]);
    assert.deepEqual(titles.slice(3), ["city", "street", "kind", "packer", "review"]);
    assert.deepEqual(
      asked.slice(3, 5).map(({ question }) => question.proposed),
      ["Rome", "Gate 1"],
    );
    assert.deepEqual(answers, { ...proposed, city: "Oslo", street: "Gate 1" });
  });

  test("goes back step by step too, also after a row of the review", async () => {
    const { titles } = await send([
      ...toTheReview,
      pick(eachStep),
      ...all,
      pick(opens("kind", "note")),
      pick("gift"),
      type("for you"),
      ...Array<Move>(6).fill(back),
      cancel,
    ]);
    assert.deepEqual(titles.slice(-7), ["review", "packer", "note", "kind", "street", "city", "to"]);
  });

  test("goes on where it was left", async () => {
    const drafts = memoryDrafts();
    await send([...toTheReview, pick(eachStep), pick("Oslo"), cancel], { drafts });
    const { titles } = await send([pick("resume"), go, cancel], { drafts });
    assert.deepEqual(titles, ["Continue where you left off?", "street", "kind"]);
  });
});
