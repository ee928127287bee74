import type { JsonObject } from "../../core/resources/json.ts";
import { objectAt, textAt } from "../../core/resources/json.ts";
import type { ResourceManager } from "../clients/resourceManager.ts";
import { retryAfterMs, type RetryTime } from "./retry.ts";
import type { SdkCall } from "./wire.ts";

/** A long-running operation that Azure has accepted. Its URL is signed: it is kept in memory only. */
export interface Operation {
  readonly url: string;
  /** How long Azure asks to wait before the first look, in milliseconds; undefined where it does not say. */
  readonly firstLookMs: number | undefined;
}

/** Between two looks, in milliseconds, where Azure does not say. */
const pollIntervalMs = 2000;

/** An SDK's long-running call, which is polled here and not by the SDK, whose pauses know only the real clock. */
interface Poller {
  submitted(): Promise<void>;
}

/** Makes an SDK's long-running call; resolves when Azure has accepted it, to the operation if there is one to follow. */
export async function accepted(
  call: (options: Parameters<SdkCall>[0]) => Poller,
  { signal, now }: { readonly signal: AbortSignal; readonly now: () => number },
): Promise<Operation | undefined> {
  let headers: ReadonlyMap<string, string> = new Map();
  let isHeard = false;
  const poller = call({
    abortSignal: signal,
    onResponse: (response) => {
      if (isHeard) return;
      isHeard = true;
      headers = new Map(Object.entries(response.headers.toJSON()));
    },
  });
  await poller.submitted();
  const url = headers.get("azure-asyncoperation") ?? headers.get("location");
  return url === undefined
    ? undefined
    : { url, firstLookMs: retryAfterMs(headers.get("retry-after"), now()) };
}

/** Where an operation stands after one look. */
export interface Look {
  readonly isDone: boolean;
  readonly nextLookMs: number;
}

/** Looks at an operation once. Throws AzureError where it has failed or was cancelled: the pipeline reads that from the answer. */
export async function lookAt(
  manager: ResourceManager,
  { url }: Operation,
  signal: AbortSignal,
  now: () => number,
): Promise<Look> {
  const { status, retryAfter, body } = await manager.poll(url, signal);
  const nextLookMs = retryAfterMs(retryAfter, now()) ?? pollIntervalMs;
  return { isDone: status !== 202 && !isInProgress(body), nextLookMs };
}

/** Follows an operation to its end, each look once `admit` lets it. Azure has no way to cancel one: aborting the following leaves it running. */
export async function follow(
  manager: ResourceManager,
  operation: Operation,
  time: RetryTime,
  signal: AbortSignal,
  admit?: () => Promise<void>,
): Promise<void> {
  for (;;) {
    await admit?.();
    const { isDone, nextLookMs } = await lookAt(manager, operation, signal, time.now);
    if (isDone) return;
    await time.wait(nextLookMs, signal);
  }
}

/** `Azure-AsyncOperation` answers with a status of its own, `Location` with 202 until it is done. */
function isInProgress(body: unknown): boolean {
  const status = textAt(objectAt(body) as JsonObject | undefined, "status");
  return status !== undefined && !/^(succeeded|failed|cancell?ed)$/i.test(status);
}
