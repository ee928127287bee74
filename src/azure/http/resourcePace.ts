import type { PipelinePolicy, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import type { Log } from "../../core/log.ts";
import { isRead } from "./methods.ts";
import { longestWaitMs, throwIfAborted, untilAborted } from "./pause.ts";
import { askedPauseMs, type RetryTime } from "./retry.ts";
import type { WaitBoard } from "./waits.ts";

/** What the pace takes from the outside world. */
interface PaceEnvironment extends Pick<RetryTime, "now" | "wait"> {
  readonly log: Log;
  readonly waits: WaitBoard;
}

/** A wait that is reckoned is never longer: the answer to what is sent then tells what the bucket really has. */
const longestReckonedMs = 10_000;
/** A wait that is shorter is not shown. */
const shortestShownMs = 1000;

/** Reads of a subscription at Resource Manager: so many in a bucket, which fills in so long (FACTS §5). */
const armReads = { size: 250, windowMs: 10_000 };

interface Bucket {
  readonly name: string;
  /** In how many milliseconds it fills. */
  readonly windowMs: number;
  /** The most that an answer has told of. */
  size: number;
  left: number;
  /** When `left` was so, in milliseconds since the epoch. */
  at: number;
  /** Sent and not answered. */
  underWay: number;
}

/** Requests that take from the same buckets, as far as their answers have told. */
interface Group {
  readonly buckets: Set<Bucket>;
  /** Until when Azure has asked to wait. */
  closedUntil: number;
  /** The one that is waited for before the next. */
  turn: Promise<void>;
}

/** What an answer says of one bucket. */
interface Quota {
  readonly name: string;
  readonly left: number;
  readonly windowMs: number;
  readonly size: number;
}

/**
 * Lets requests through as fast as the buckets allow that Azure tells of in its answers, so that few are refused: those of Microsoft.Compute,
 * several in a header, each for some operations of a subscription in 3 or 30 minutes
 * (https://learn.microsoft.com/troubleshoot/azure/virtual-machines/troubleshooting-throttling-errors), and Resource Manager's for the reads of a
 * subscription. Which of them a request takes from is what the answer to the one before it of the same kind said. Compute has them for each region and does not
 * say which: the latest answer counts. Resource Manager's for writes are `WriteQuota`'s.
 */
export class ResourcePace {
  readonly #environment: PaceEnvironment;
  readonly #groups = new Map<string, Group>();
  readonly #buckets = new Map<string, Bucket>();

  constructor(environment: PaceEnvironment) {
    this.#environment = environment;
  }

  /** Lets everything through that is asked of no subscription. */
  policy(): PipelinePolicy {
    return {
      name: "scaleSetMaintenance.resourcePace",
      sendRequest: async (request, next) => {
        const subscription = /^https?:\/\/[^/]+\/subscriptions\/([^/?]+)/i
          .exec(request.url)?.[1]
          ?.toLowerCase();
        if (subscription === undefined) return next(request);
        const own = this.#group(ownKindOf(request, subscription));
        const reads = this.#group(isRead(request) ? `${subscription} reads` : undefined);
        const groups = [own, reads].filter((group) => group !== undefined);
        for (const group of groups) await this.#admit(group, request.abortSignal as AbortSignal | undefined);
        const taken = groups.flatMap(({ buckets }) => [...buckets]);
        for (const bucket of taken) bucket.underWay += 1;
        try {
          const response = await next(request);
          for (const bucket of taken) bucket.underWay -= 1;
          this.#learn(subscription, { own, reads }, response);
          return response;
        } catch (error) {
          for (const bucket of taken) bucket.underWay -= 1;
          throw error;
        }
      },
    };
  }

  #group(name: string | undefined): Group | undefined {
    if (name === undefined) return undefined;
    const group = this.#groups.get(name) ?? {
      buckets: new Set(),
      closedUntil: 0,
      turn: Promise.resolve(),
    };
    this.#groups.set(name, group);
    return group;
  }

  async #admit(group: Group, signal: AbortSignal | undefined): Promise<void> {
    if (group.buckets.size === 0 && group.closedUntil === 0) return;
    const turn = group.turn.then(() => this.#untilThrough(group, signal));
    group.turn = turn.catch(() => undefined);
    await untilAborted(turn, signal);
  }

  async #untilThrough(group: Group, signal: AbortSignal | undefined): Promise<void> {
    throwIfAborted(signal);
    const { now, wait, waits, log } = this.#environment;
    const reckoned = [...group.buckets].map((bucket) => ({ bucket, ms: untilOne(bucket, now()) }));
    const longest = reckoned.reduce((a, b) => (b.ms > a.ms ? b : a), { bucket: undefined, ms: 0 } as {
      readonly bucket: Bucket | undefined;
      readonly ms: number;
    });
    const ms = Math.max(group.closedUntil - now(), Math.min(longest.ms, longestReckonedMs));
    if (ms > 0) {
      log.info(`Waits ${(ms / 1000).toFixed(1)} s for ${longest.bucket?.name ?? "Azure"}, which is used up.`);
      const waiting = wait(ms, signal);
      await (ms < shortestShownMs ? waiting : waits.during(now() + ms, waiting));
    }
    for (const bucket of group.buckets) {
      bucket.left = leftAt(bucket, now()) - 1;
      bucket.at = now();
    }
  }

  #learn(
    subscription: string,
    { own, reads }: { readonly own: Group | undefined; readonly reads: Group | undefined },
    response: PipelineResponse,
  ): void {
    const { now } = this.#environment;
    const asked = response.status === 429 ? askedPauseMs(response, now()) : undefined;
    // A longer one is told to the user by each request itself.
    if (own !== undefined && asked !== undefined && asked <= longestWaitMs)
      own.closedUntil = Math.max(own.closedUntil, now() + asked);
    for (const quota of computeBuckets(response)) this.#take(subscription, quota, own);
    for (const quota of readBuckets(response)) this.#take(subscription, quota, reads);
  }

  #take(subscription: string, { name, left, windowMs, size }: Quota, group: Group | undefined): void {
    if (group === undefined) return;
    const key = `${subscription} ${name.toLowerCase()}`;
    const at = this.#environment.now();
    const bucket = this.#buckets.get(key) ?? { name, windowMs, size, left, at, underWay: 0 };
    this.#buckets.set(key, bucket);
    group.buckets.add(bucket);
    // What told it has been taken from it already.
    bucket.size = Math.max(bucket.size, size);
    bucket.left = left - bucket.underWay;
    bucket.at = at;
  }
}

/** What requests of one kind have in common, by method, type and what they expand; undefined where they are not Compute's. */
function ownKindOf({ method, url }: PipelineRequest, subscription: string): string | undefined {
  const { pathname, searchParams } = new URL(url);
  const [, ...providers] = pathname.toLowerCase().split("/providers/");
  const [namespace, ...below] = providers.at(-1)?.split("/") ?? [];
  if (namespace !== "microsoft.compute") return undefined;
  const types = below.filter((_, place) => place % 2 === 0);
  return [subscription, method, ...types, searchParams.get("$expand") ?? ""].join(" ").toLowerCase();
}

/** `Microsoft.Compute/HighCostGetVMScaleSet3Min;179`, several in a header. One without a time is no rate, and says nothing of when to go on. */
function computeBuckets({ headers }: PipelineResponse): readonly Quota[] {
  const header = headers.get("x-ms-ratelimit-remaining-resource") ?? "";
  return header.split(",").flatMap((part) => {
    const [name = "", quota = ""] = part.split(";").map((text) => text.trim());
    const minutes = Number(/(\d{1,4})min$/i.exec(name)?.[1]);
    const left = /^\d+$/.test(quota) ? Number(quota) : NaN;
    // This one is taken off already.
    return minutes > 0 && left >= 0 ? [{ name, left, windowMs: minutes * 60_000, size: left + 1 }] : [];
  });
}

function readBuckets({ headers }: PipelineResponse): readonly Quota[] {
  return ["subscription-reads", "subscription-global-reads"].flatMap((name) => {
    const left = Number(headers.get(`x-ms-ratelimit-remaining-${name}`) ?? NaN);
    const { size, windowMs } = armReads;
    return left >= 0 ? [{ name, left, windowMs, size: Math.max(size, left + 1) }] : [];
  });
}

function leftAt({ left, size, windowMs, at }: Bucket, now: number): number {
  return Math.min(size, left + (Math.max(0, now - at) / windowMs) * size);
}

/** How long until a bucket has one again, in milliseconds. */
function untilOne(bucket: Bucket, now: number): number {
  const left = leftAt(bucket, now);
  return left >= 1 ? 0 : Math.ceil(((1 - left) / bucket.size) * bucket.windowMs);
}
