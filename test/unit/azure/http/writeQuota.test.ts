import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  createEmptyPipeline,
  createPipelineRequest,
  type HttpMethods,
  type PipelineRequest,
} from "@azure/core-rest-pipeline";
import { unending } from "../../../../src/azure/http/pause.ts";
import { askedPauseMs, retryEnvironment, retryPolicy } from "../../../../src/azure/http/retry.ts";
import { WaitBoard } from "../../../../src/azure/http/waits.ts";
import { turnedClock } from "../../../support/turnedClock.ts";
import { answer, recordingLog } from "../support.ts";

/** Resource Manager's bucket of one subscription, or what takes its place. */
type Server = (request: PipelineRequest, now: number) => { status: number; headers?: Record<string, string> };

/** As documented: 200, and 10 come back a second. */
function tokenBucket({ size = 200, perSecond = 10 } = {}): Server {
  let left = size;
  let at: number | undefined;
  return (_, now) => {
    left = Math.min(size, left + ((now - (at ?? now)) / 1000) * perSecond);
    at = now;
    if (left < 1) return { status: 429, headers: { "retry-after": "1" } };
    left -= 1;
    return {
      status: 200,
      headers: { "x-ms-ratelimit-remaining-subscription-writes": `${Math.floor(left)}` },
    };
  };
}

/** A connection over `server`, whose clock jumps; each call takes 80 ms. */
function connection(server: Server) {
  const clock = turnedClock("2026-11-26T12:00:00Z");
  const start = clock.now();
  const { log, lines } = recordingLog();
  const waits = new WaitBoard();
  const shown: (number | undefined)[] = [];
  waits.onDidChange(() => shown.push(waits.endsAt === undefined ? undefined : waits.endsAt - start));
  const environment = retryEnvironment(log, waits, { ...clock, random: () => 0 });
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(retryPolicy(environment));
  const sent: { readonly at: number; readonly path: string; readonly status: number }[] = [];
  const sendRequest = async (request: PipelineRequest) => {
    const at = clock.now() - start;
    const { status, headers } = server(request, clock.now());
    sent.push({ at, path: new URL(request.url).pathname, status });
    await clock.wait(80);
    return answer(request, status, {}, headers);
  };
  const write = async (path: string, method: HttpMethods = "PUT", signal?: AbortSignal) => {
    const request = createPipelineRequest({
      method,
      url: `https://host.invalid${path}`,
      ...(signal && { abortSignal: signal }),
    });
    const { quota } = environment;
    const bucket = quota.bucketOf(request);
    if (bucket !== undefined) await quota.admit(bucket, signal);
    const refusals = bucket && quota.refusalsIn(bucket);
    for (;;) {
      const response = await pipeline.sendRequest({ sendRequest }, request);
      const { status } = response;
      const isRefused = status === 429 && refusals !== undefined;
      const asked = askedPauseMs(response, clock.now());
      if (!isRefused || !(await quota.mayGoOn(refusals, asked, signal ?? unending)))
        return { status, at: clock.now() - start };
    }
  };
  return { write, sent, shown, lines, clock, elapsed: () => clock.now() - start };
}

/** As many writes, 8 at a time. */
async function writeAll(count: number, write: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const one = async () => {
    while (next < count) await write(next++);
  };
  await Promise.all(Array.from({ length: 8 }, one));
}

describe("the quota of writes", () => {
  it("sends 1,000 as fast as the bucket refills, and has almost none refused", async () => {
    const { write, sent, elapsed } = connection(tokenBucket());
    await writeAll(1000, (index) => write(`/subscriptions/A/sets/${index}`));
    assert.equal(sent.filter(({ status }) => status === 200).length, 1000);
    assert.ok(sent.length <= 1002, `${sent.length} calls`);
    assert.ok(elapsed() >= 80_000 && elapsed() <= 84_000, `${elapsed()} ms`);
  });

  it("goes by what is left to all who write there, where that is less than what is left to the caller", async () => {
    const ofCaller = tokenBucket();
    const ofAll = tokenBucket({ size: 50 });
    const { write, sent } = connection((request, now) => {
      const [own, all] = [ofCaller(request, now), ofAll(request, now)];
      const left = all.headers?.["x-ms-ratelimit-remaining-subscription-writes"];
      if (left === undefined) return all;
      return {
        ...own,
        headers: { ...own.headers, "x-ms-ratelimit-remaining-subscription-global-writes": left },
      };
    });
    await writeAll(200, (index) => write(`/subscriptions/A/sets/${index}`));
    assert.equal(sent.filter(({ status }) => status === 200).length, 200);
    assert.ok(sent.length <= 202, `${sent.length} calls`);
  });

  it("also where the bucket is smaller and slower than documented, waiting as asked", async () => {
    const { write, sent, elapsed } = connection(tokenBucket({ size: 20, perSecond: 2 }));
    await writeAll(100, (index) => write(`/subscriptions/A/sets/${index}`));
    assert.equal(sent.filter(({ status }) => status === 200).length, 100);
    assert.ok(elapsed() >= 40_000 && elapsed() <= 50_000, `${elapsed()} ms`);
  });

  it("keeps all writes of a subscription back when one is refused; deletions and other subscriptions go on", async () => {
    let refused = false;
    const { write, sent, shown } = connection(({ url }) => {
      if (refused || !url.includes("/A/sets/0")) return { status: 200 };
      refused = true;
      return { status: 429, headers: { "retry-after": "30" } };
    });
    const first = write("/subscriptions/A/sets/0");
    while (!refused) await new Promise((resolve) => setImmediate(resolve));
    const [again, other, deletion, elsewhere] = await Promise.all([
      first,
      write("/subscriptions/a/sets/1").then(() => write("/subscriptions/A/sets/2")),
      write("/subscriptions/A/sets/3", "DELETE"),
      write("/subscriptions/B/sets/4"),
    ]);
    assert.ok(deletion.at < 1000 && elsewhere.at < 1000);
    assert.ok(again.at >= 30_000 && other.at >= 30_000);
    assert.deepEqual(
      sent.filter(({ at }) => at > 1000 && at < 30_000),
      [],
    );
    assert.equal(shown.at(-1), undefined);
    assert.ok(Number(shown[0]) >= 30_000, "the wait is shown while it lasts");
  });

  it("lets a write wait as often as it is refused while others pass", async () => {
    let count = 0;
    const { write, sent } = connection(({ url }) =>
      url.endsWith("/unlucky") && ++count <= 30
        ? { status: 429, headers: { "retry-after": "1" } }
        : { status: 200 },
    );
    const others = writeAll(300, (index) => write(`/subscriptions/A/sets/${index}`));
    const { status } = await write("/subscriptions/A/unlucky");
    await others;
    assert.equal(status, 200);
    assert.equal(sent.filter(({ path }) => path.endsWith("/unlucky")).length, 31);
  });

  it("gives the refusal back when nothing passes ten times in a row, or Azure asks for more than a quarter of an hour", async () => {
    const refusing = connection(() => ({ status: 429, headers: { "retry-after": "2" } }));
    assert.equal((await refusing.write("/subscriptions/A/x")).status, 429);
    assert.equal(refusing.sent.length, 10);
    const slow = connection(() => ({ status: 429, headers: { "retry-after": "901" } }));
    assert.equal((await slow.write("/subscriptions/A/x")).status, 429);
    assert.equal(slow.sent.length, 1);
  });

  it("ends its waits at once when the user cancels", async () => {
    const { write, sent, shown, clock } = connection(() => ({
      status: 429,
      headers: { "retry-after": "600" },
    }));
    const controller = new AbortController();
    const writes = [1, 2, 3].map((index) =>
      write(`/subscriptions/A/${index}`, "PUT", controller.signal).catch((error: Error) => error.name),
    );
    await clock.wait(200);
    controller.abort();
    assert.deepEqual(await Promise.all(writes), Array(3).fill("AbortError"));
    assert.equal(sent.length, 3);
    assert.equal(shown.at(-1), undefined);
  });

  it("does not slow down what it knows nothing of: reads, and what no subscription is asked", async () => {
    const { write, elapsed } = connection(() => ({
      status: 200,
      headers: { "x-ms-ratelimit-remaining-subscription-writes": "0" },
    }));
    await writeAll(50, () => write("/subscriptions/A/x", "GET"));
    await writeAll(50, () => write("/providers/Microsoft.ResourceGraph/resources", "POST"));
    assert.ok(elapsed() <= 1200, `${elapsed()} ms`);
  });
});
