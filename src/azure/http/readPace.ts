import { throwIfAborted } from "./pause.ts";
import type { RetryTime } from "./retry.ts";

/** How many reads of a subscription a bucket holds, and how many come back a second (FACTS §5: token buckets since 2024). */
const bucketSize = 250;
const refillPerSecond = 25;

interface Bucket {
  left: number;
  /** When `left` was so, in milliseconds since the epoch. */
  at: number;
}

/**
 * Lets the reads around a plan's changes through as Resource Manager's token buckets allow: a plan of thousands reads several times for each
 * change, and a read that is refused too often would fail the change.
 */
export class ReadPace {
  readonly #time: Pick<RetryTime, "now" | "wait">;
  readonly #buckets = new Map<string, Bucket>();

  constructor(time: Pick<RetryTime, "now" | "wait">) {
    this.#time = time;
  }

  /** Resolves when a read of a subscription may be sent. Rejects with an AbortError as soon as `signal` is aborted. */
  async admit(subscriptionId: string, signal: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    const now = this.#time.now();
    const bucket = this.#buckets.get(subscriptionId) ?? { left: bucketSize, at: now };
    this.#buckets.set(subscriptionId, bucket);
    bucket.left = Math.min(bucketSize, bucket.left + ((now - bucket.at) / 1000) * refillPerSecond) - 1;
    bucket.at = now;
    // Below zero it is owed: who comes later waits longer, so that all go on in the order in which they came.
    if (bucket.left < 0) await this.#time.wait(Math.ceil((-bucket.left / refillPerSecond) * 1000), signal);
  }
}
