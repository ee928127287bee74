import type { Json } from "../../core/resources/json.ts";
import type { Log } from "../../core/log.ts";
import { inSlices } from "../../core/slices.ts";
import { message } from "../../core/text/message.ts";
import { AzureError, problemOf } from "../errors/errors.ts";
import type { FleetAnswer, FleetAnswers } from "./fleetAnswers.ts";
import { type FleetPage, fleetQuery } from "./fleetQuery.ts";
import type { Limit } from "../../core/limit.ts";
import { throwIfAborted } from "../http/pause.ts";
import { endless, maxPages } from "../http/wire.ts";
import { type GraphAnswer, maxPageRows, type ResourceGraph } from "./resourceGraph.ts";

/** What reads the fleet of some subscriptions from Resource Graph. */
export interface FleetReading {
  readonly graph: Pick<ResourceGraph, "query">;
  readonly subscriptions: readonly string[];
  readonly answers: FleetAnswers;
  readonly limit: Limit;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Called for each page as it comes. */
  onPage(page: FleetPage): void;
}

/**
 * Reads all pages of the fleet's query: the first tells how many rows there are, and the others are asked for at once by what they skip.
 * Resolves when all have come; throws AzureError where one did not, after the others. Where the pages show that something came or went
 * between them, so that a row may have slipped from one page into another, they are read once more: rows may come twice.
 */
export async function readFleet(reading: FleetReading): Promise<void> {
  if ((await readOnce(reading)) === "whole") return;
  reading.log.info("The fleet changed while its pages were read; they are read again.");
  const outcome = await readOnce(reading);
  if (outcome === "changing")
    reading.log.warn("The fleet changes while its pages are read; rows may be missing.");
  if (outcome === "lacking") throw lacking();
}

/** `changing`: not every page told of the same number of rows. `lacking`: they did, and fewer came. */
type Outcome = "whole" | "changing" | "lacking";

async function readOnce(reading: FleetReading): Promise<Outcome> {
  const { graph, subscriptions, answers, limit, signal, onPage } = reading;
  const totals = new Set<number>();
  const pages: (readonly Json[])[] = [];

  const ask = async (from: number | string, top: number): Promise<GraphAnswer> => {
    const answer = await limit(async () => {
      throwIfAborted(signal);
      return graph.query({ query: fleetQuery, subscriptions, top, from }, signal);
    });
    totals.add(answer.total);
    return answer;
  };

  const take = async (answer: GraphAnswer): Promise<FleetAnswer> => {
    // Reading the rows takes long: what else has come tells first what there is to ask for.
    await new Promise((resolve) => setImmediate(resolve));
    throwIfAborted(signal);
    const read = await inSlices(answers.read(answer));
    throwIfAborted(signal);
    pages.push(read.ids);
    onPage(read.page);
    return read;
  };

  /** Reads the rows from `from` up to `to`, and answers with the last page of them. Tells how many there are as soon as that is known. */
  const readRange = async (
    from: number,
    to: number,
    onTotal: (total: number) => void = () => {},
  ): Promise<FleetAnswer> => {
    let answer: GraphAnswer;
    try {
      answer = await ask(from, to - from);
    } catch (error) {
      if (!isTooLarge(error) || to - from < 2) throw error;
      const middle = Math.ceil((from + to) / 2);
      const [, last] = await all([readRange(from, middle, onTotal), readRange(middle, to)]);
      return last;
    }
    onTotal(answer.total);
    const read = await take(answer);
    // It has been seen to give fewer than it was asked for: https://github.com/Azure/azure-cli-extensions/issues/4144.
    const end = from + read.ids.length;
    const isShort = read.ids.length > 0 && end < to && end < answer.total;
    return isShort ? readRange(end, to) : read;
  };

  let total: number | undefined;
  let others: Promise<readonly FleetAnswer[]> = Promise.resolve([]);
  const askForOthers = (counted: number) => {
    if (total !== undefined) return;
    if (counted > maxPages * maxPageRows) throw endless();
    total = counted;
    const starts = Array.from({ length: Math.max(0, Math.ceil(counted / maxPageRows) - 1) }, (_, n) => n + 1);
    others = all(starts.map((n) => readRange(n * maxPageRows, (n + 1) * maxPageRows)));
    // It is waited for below, after the first page.
    others.catch(() => {});
  };
  const [first] = await Promise.allSettled([readRange(0, maxPageRows, askForOthers)]);
  const rest = await others;
  if (first.status === "rejected") throw first.reason;
  let last = rest.at(-1) ?? first.value;
  // What has come meanwhile stands behind what the first page counted.
  while (last.skipToken !== undefined) {
    if (pages.length >= maxPages) throw endless();
    last = await take(await ask(last.skipToken, maxPageRows));
  }
  if (totals.size > 1) return "changing";
  return differentIn(pages) < (total ?? 0) ? "lacking" : "whole";
}

/** How many different ids pages have. Only what comes in several can come twice, and telling takes longer than counting. */
function differentIn(pages: readonly (readonly Json[])[]): number {
  const ids = pages.flat();
  return pages.length > 1 ? new Set(ids).size : ids.length;
}

/** What all come to, or the first failure once all have ended. */
async function all<T extends readonly Promise<unknown>[]>(
  promises: readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** Whether an answer would have been above 16 MB: https://github.com/Azure/cosmos-explorer/pull/1877. */
function isTooLarge(error: unknown): boolean {
  return problemOf(error).code === "ResponsePayloadTooLarge";
}

function lacking(): AzureError {
  return new AzureError({
    kind: "malformed",
    summary: message("Azure Resource Graph returned fewer resources than it counted."),
    wayOut: message("Try again. If it keeps failing, give Microsoft support the request ID from the log."),
  });
}
