import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AzureError, problemOf } from "../../../../src/azure/errors/errors.ts";
import { readFleet } from "../../../../src/azure/inventory/fleetPages.ts";
import { FleetAnswers } from "../../../../src/azure/inventory/fleetAnswers.ts";
import { createLimit } from "../../../../src/core/limit.ts";
import type { GraphAnswer, GraphPage, GraphQuestion } from "../../../../src/azure/inventory/resourceGraph.ts";
import { textAt } from "../../../../src/core/resources/json.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import type { Problem } from "../../../../src/core/text/problem.ts";
import { never, recordingLog } from "../support.ts";

const part = "configurations";
const columns = ["id", "part", "subscriptionId"];

/** So many rows, in the order of their ids. */
const many = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => [`/c${String(first + index).padStart(6, "0")}`, part, "s"]);

type Said = Partial<GraphPage & Pick<GraphAnswer, "total">>;
type Answers = (question: GraphQuestion, call: number) => Said | Promise<Said>;

/** A service that has these rows and pages them as asked; `over` says what it does otherwise. */
function service(rows: readonly (readonly string[])[], over: Answers = () => ({})) {
  const asked: (readonly [from: number | string, top: number])[] = [];
  const query = async (question: GraphQuestion): Promise<GraphAnswer> => {
    const { from, top } = question;
    const call = asked.push([from, top]);
    await new Promise((resolve) => setImmediate(resolve));
    const start = typeof from === "number" ? from : Number(from);
    const end = start + top;
    const skipToken = end < rows.length ? `${end}` : undefined;
    const said = await over(question, call);
    const page = { columns, rows: rows.slice(start, end), skipToken, ...said };
    const total = said.total ?? rows.length;
    return { total, digest: JSON.stringify({ total, page }), page: () => page };
  };
  return { query, asked };
}

async function read(graph: ReturnType<typeof service>, signal = never) {
  const pages: (readonly string[])[] = [];
  const { log, lines } = recordingLog();
  let inFlight = 0;
  let most = 0;
  const counted = async (question: GraphQuestion) => {
    most = Math.max(most, ++inFlight);
    try {
      return await graph.query(question);
    } finally {
      inFlight--;
    }
  };
  const end = await readFleet({
    graph: { query: counted },
    subscriptions: ["s"],
    answers: new FleetAnswers(),
    limit: createLimit(6),
    log,
    signal,
    onPage: ({ rows }) => pages.push(rows.map(({ resource }) => textAt(resource, "id") ?? "")),
  }).then(
    () => undefined,
    (error: unknown) => problemOf(error),
  );
  return { pages, ids: pages.flat(), end, lines, most, asked: graph.asked };
}

const failure = (problem: Partial<Problem>) =>
  new AzureError({ kind: "server", summary: verbatim("No."), ...problem });

describe("the pages of the fleet", () => {
  it("are asked for at once as soon as the first has told how many there are", async () => {
    const { ids, end, asked, most } = await read(service(many(4300)));
    assert.equal(end, undefined);
    assert.deepEqual(
      asked,
      [0, 1000, 2000, 3000, 4000].map((from) => [from, 1000]),
    );
    assert.deepEqual(
      ids.toSorted(),
      many(4300).map(([id]) => id),
    );
    assert.equal(most, 4);
  });

  it("are left where there is no end of them: a token that always differs, or a number that no fleet has", async () => {
    const endlessTokens: Answers = (_, call) => ({ total: 1, skipToken: String(call) });
    const numberless: Answers = () => ({ total: 1e12 });
    for (const [over, most] of [
      [endlessTokens, 1000],
      [numberless, 1],
    ] as const) {
      const { end, asked } = await read(service(many(1), over));
      assert.equal(end?.kind, "malformed");
      assert.match(inEnglish(end.summary), /^The list has more than 1000 pages/);
      assert.equal(asked.length, most);
    }
  });

  it("are one where one holds everything, and one where there is nothing", async () => {
    for (const count of [0, 1, 1000]) {
      const { ids, asked } = await read(service(many(count)));
      assert.deepEqual([ids.length, asked.length], [count, 1]);
    }
  });

  it("are asked for before the rows of the first are read, which takes long", async () => {
    let readAfter = 0;
    const graph = service(many(3000));
    const query = async (question: GraphQuestion): Promise<GraphAnswer> => {
      const answer = await graph.query(question);
      const page = () => {
        readAfter ||= graph.asked.length;
        return answer.page();
      };
      return { ...answer, page };
    };
    await read({ ...graph, query });
    assert.equal(readAfter, 3);
  });

  it("come as they are answered, not in their order", async () => {
    const late = Promise.withResolvers<void>();
    const graph = service(many(3000), async ({ from }) => {
      if (from === 1000) await late.promise;
      if (from === 2000) late.resolve();
      return {};
    });
    const { pages } = await read(graph);
    assert.deepEqual(
      pages.map(([first]) => first),
      ["/c000000", "/c002000", "/c001000"],
    );
  });

  it("may hold fewer rows than were asked for: the rest is asked for", async () => {
    const rows = many(2300);
    const graph = service(rows, ({ from }) =>
      typeof from === "number"
        ? { rows: rows.slice(from, Math.min(from + 500, from - (from % 1000) + 1000)) }
        : {},
    );
    const { ids, end, asked } = await read(graph);
    assert.equal(end, undefined);
    assert.deepEqual(
      ids.toSorted(),
      rows.map(([id]) => id),
    );
    assert.deepEqual(
      asked.map(([from]) => from).toSorted((a, b) => Number(a) - Number(b)),
      [0, 500, 1000, 1500, 2000],
    );
  });

  it("are halved where an answer would be too large, as often as it takes", async () => {
    const rows = many(1700);
    const graph = service(rows, ({ top }) => {
      if (top > 300) throw failure({ kind: "validation", code: "ResponsePayloadTooLarge" });
      return {};
    });
    const { ids, end } = await read(graph);
    assert.equal(end, undefined);
    assert.deepEqual(
      ids.toSorted(),
      rows.map(([id]) => id),
    );
  });

  it("fail where a single row is too large, instead of being halved for ever", async () => {
    const graph = service(many(10), () => {
      throw failure({ kind: "validation", code: "ResponsePayloadTooLarge" });
    });
    const { end, asked } = await read(graph);
    assert.equal(end?.code, "ResponsePayloadTooLarge");
    assert.ok(asked.some(([, top]) => top === 1));
  });

  it("go on behind what the first one counted, where more has come meanwhile, and are then read once more", async () => {
    const rows = many(2001);
    const graph = service(rows, ({ from, top }, call) =>
      call === 1 ? { total: 1999 } : from === 1000 ? { rows: rows.slice(1000, 1000 + top) } : {},
    );
    const { ids, end, asked } = await read(graph);
    assert.equal(end, undefined);
    assert.deepEqual(
      asked.slice(0, 3).map(([from]) => from),
      [0, 1000, "2000"],
    );
    assert.equal(new Set(ids).size, 2001);
    assert.equal(asked.length, 3 + 3);
  });

  it("are read again where something went between two of them, so that no row has slipped through", async () => {
    const before = many(2000);
    const after = before.filter((_, index) => index !== 5);
    const graph = service(after, ({ from, top }, call) =>
      call === 1 ? { total: before.length, rows: before.slice(Number(from), top) } : {},
    );
    const { ids, end, lines } = await read(graph);
    assert.equal(end, undefined);
    assert.ok(
      after.every(([id]) => ids.includes(id ?? "")),
      "the row at the seam is there",
    );
    assert.match(lines.join("\n"), /read again/);
  });

  it("are taken as they are where the fleet changes each time, and the log says so", async () => {
    let total = 1500;
    const { end, asked, lines } = await read(service(many(1500), () => ({ total: total++ })));
    assert.equal(end, undefined);
    assert.deepEqual(
      asked.map(([from]) => from),
      [0, 1000, 1500, 0, 1000, 1500],
    );
    assert.match(lines.join("\n"), /warn .*rows may be missing/);
  });

  for (const [what, lies] of Object.entries<Answers>({
    "the same page each time": () => ({ rows: many(1000) }),
    "nothing on a page that should have rows": ({ from }) => (from === 1000 ? { rows: [] } : {}),
  })) {
    test(what, lies);
  }

  function test(what: string, lies: Answers) {
    it(`fail as malformed where they lack rows that they say there are: ${what}`, async () => {
      const { end } = await read(service(many(3000), lies));
      assert.equal(end?.kind, "malformed");
    });
  }

  it("fail where one of them does, once the others have come", async () => {
    const graph = service(many(4000), ({ from }) => {
      if (from === 2000) throw failure({ kind: "network" });
      return {};
    });
    const { end, ids } = await read(graph);
    assert.equal(end?.kind, "network");
    assert.equal(ids.length, 3000);
  });

  it("end when they are cancelled: nothing is asked any more and nothing is told", async () => {
    const controller = new AbortController();
    const graph = service(many(9000), (_, call) => {
      if (call === 3) controller.abort();
      return {};
    });
    const { end, pages, asked } = await read(graph, controller.signal);
    assert.equal(end?.kind, "cancelled");
    assert.ok(pages.length <= 2);
    assert.ok(asked.length < 9, `${asked.length}`);
  });
});
