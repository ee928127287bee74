import type { PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import type { Log } from "../../core/log.ts";
import { isRead } from "./methods.ts";
import { ownPauseMs, throwIfAborted, untilAborted } from "./pause.ts";
import type { WaitBoard } from "./waits.ts";

/** What the quota takes from the outside world; see `RetryEnvironment`. */
export interface QuotaEnvironment {
  readonly log: Log;
  readonly waits: WaitBoard;
  random(): number;
  wait(ms: number, signal: AbortSignal | undefined): Promise<void>;
  now(): number;
}

/** How many writes, and how many deletions, come back to a bucket a second (FACTS: Resource Manager's token buckets since 2024). */
const refillPerSecond = 10;
/** How many a bucket holds, unless an answer tells of more. */
const usualSize = 200;

/** So often in a row a write is refused before it fails; not counted are refusals while others of its bucket were taken. */
const maxRefusals = 10;
/** A longer wait is the user's to decide. A plan of thousands has no other way on than to wait, and the user sees it and can cancel. */
const longestWaitMs = 900_000;

/** Of one subscription: its writes, or its deletions. */
export interface Bucket {
  /** Those in which answers tell what is left: of the caller, and of all who write there. The less counts. */
  readonly headers: readonly string[];
  /** How many may be sent, as far as answers have told; without limit before the first of them. */
  left: number;
  size: number;
  /** When `left` was so, in milliseconds since the epoch. */
  at: number;
  /** Until when Azure has asked to wait. */
  closedUntil: number;
  /** How many were let through, and how many of them were sent. */
  admitted: number;
  sent: number;
  /** The latest one whose answer told what is left. */
  newest: number;
  /** How many Azure has taken. */
  passed: number;
  /** The one that is waited for before the next. */
  turn: Promise<void>;
}

/** How a write has been refused so far. */
export interface Refusals {
  readonly bucket: Bucket;
  inARow: number;
  /** How many its bucket had taken at the latest refusal. */
  passed: number;
}

/** A write that was sent, by its number in its bucket. */
export interface SentWrite {
  readonly bucket: Bucket;
  readonly number: number;
}

/**
 * Lets writes through as Resource Manager's token buckets allow, so that few are refused: one bucket for each subscription's writes and one
 * for its deletions. What a bucket still has comes from the answers' headers, and what comes back to it is reckoned; where Azure refuses one
 * all that belong to the bucket wait. They go on in the order in which they came.
 */
export class WriteQuota {
  readonly #environment: QuotaEnvironment;
  readonly #buckets = new Map<string, Bucket>();

  constructor(environment: QuotaEnvironment) {
    this.#environment = environment;
  }

  /** The bucket of a request; undefined for reads, and for what is asked of no subscription. */
  bucketOf(request: Pick<PipelineRequest, "method" | "url">): Bucket | undefined {
    const subscriptionId = /^https?:\/\/[^/]+\/subscriptions\/([^/?]+)/i.exec(request.url)?.[1];
    if (isRead(request) || subscriptionId === undefined) return undefined;
    return this.bucket(subscriptionId, request.method === "DELETE");
  }

  bucket(subscriptionId: string, isDeletion: boolean): Bucket {
    const kind = isDeletion ? "deletes" : "writes";
    const key = `${subscriptionId.toLowerCase()} ${kind}`;
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    const bucket: Bucket = {
      headers: [kind, `global-${kind}`].map((name) => `x-ms-ratelimit-remaining-subscription-${name}`),
      left: Infinity,
      size: usualSize,
      at: this.#environment.now(),
      closedUntil: 0,
      admitted: 0,
      sent: 0,
      newest: 0,
      passed: 0,
      turn: Promise.resolve(),
    };
    this.#buckets.set(key, bucket);
    return bucket;
  }

  /** Resolves when a write may be sent. Rejects with an AbortError as soon as `signal` is aborted. */
  async admit(bucket: Bucket, signal: AbortSignal | undefined): Promise<void> {
    const turn = bucket.turn.then(() => this.#untilThrough(bucket, signal));
    bucket.turn = turn.catch(() => undefined);
    await untilAborted(turn, signal);
  }

  /** Notes that a write goes out, with or without having been let through. */
  send(bucket: Bucket): SentWrite {
    bucket.sent += 1;
    bucket.admitted = Math.max(bucket.admitted, bucket.sent);
    return { bucket, number: bucket.sent };
  }

  /** Takes from an answer how much is left. */
  learn({ bucket, number }: SentWrite, { status, headers }: PipelineResponse): void {
    if (status !== 429) bucket.passed += 1;
    const remaining = bucket.headers
      .map((name) => Number(headers.get(name) ?? NaN))
      .filter((left) => left >= 0);
    const left = Math.min(...remaining);
    // Of answers that overtake one another the one to the latest write knows best.
    if (remaining.length === 0 || number < bucket.newest) return;
    bucket.newest = number;
    bucket.size = Math.max(bucket.size, left);
    bucket.left = left - (bucket.admitted - number);
    bucket.at = this.#environment.now();
  }

  /** Of one write that is about to be sent. */
  refusalsIn(bucket: Bucket): Refusals {
    return { bucket, inARow: 0, passed: bucket.passed };
  }

  /**
   * After a refusal with 429: keeps back all that the bucket is for, and resolves when the write may be sent again, to whether it may.
   * `askedMs`: how long Azure asks to wait. Rejects with an AbortError as soon as `signal` is aborted.
   */
  async mayGoOn(refusals: Refusals, askedMs: number | undefined, signal: AbortSignal): Promise<boolean> {
    const { bucket } = refusals;
    refusals.inARow = bucket.passed === refusals.passed ? refusals.inARow + 1 : 1;
    refusals.passed = bucket.passed;
    const ms = askedMs ?? ownPauseMs(refusals.inARow, this.#environment.random);
    if (refusals.inARow >= maxRefusals || ms > longestWaitMs) return false;
    this.#close(bucket, ms);
    this.#environment.log.info(
      `A write was refused, ${refusals.inARow} times in a row; again in ${(ms / 1000).toFixed(1)} s or later`,
    );
    await this.admit(bucket, signal);
    return true;
  }

  /** Nothing more goes through for so long. */
  #close(bucket: Bucket, ms: number): void {
    const now = this.#environment.now();
    bucket.left = Math.min(bucket.left, 0);
    bucket.at = now;
    bucket.closedUntil = Math.max(bucket.closedUntil, now + ms);
  }

  async #untilThrough(bucket: Bucket, signal: AbortSignal | undefined): Promise<void> {
    const { now, wait, waits } = this.#environment;
    for (;;) {
      throwIfAborted(signal);
      const closedFor = bucket.closedUntil - now();
      if (closedFor > 0) await waits.during(bucket.closedUntil, wait(closedFor, signal));
      else {
        const left = leftAt(bucket, now());
        if (left >= 1) break;
        await wait(Math.ceil(((1 - left) / refillPerSecond) * 1000), signal);
      }
    }
    bucket.admitted += 1;
    bucket.left -= 1;
  }
}

function leftAt({ left, size, at }: Bucket, now: number): number {
  if (left === Infinity) return left;
  return Math.min(size, left + (Math.max(0, now - at) / 1000) * refillPerSecond);
}
