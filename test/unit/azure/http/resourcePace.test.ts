import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createEmptyPipeline, createPipelineRequest, type HttpMethods } from "@azure/core-rest-pipeline";
import { ResourcePace } from "../../../../src/azure/http/resourcePace.ts";
import { WaitBoard } from "../../../../src/azure/http/waits.ts";
import { inEnglish, verbatim } from "../../../../src/core/text/message.ts";
import { turnedClock } from "../../../support/turnedClock.ts";
import { answer, createLab, never, recordingLog, scaleSet } from "../support.ts";
import { at } from "../../../../src/core/resources/json.ts";

const set = (name: string) =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
const instances = (name: string) =>
  `${set(name)}/virtualMachines?api-version=2026-04-01&$expand=instanceView`;

/** What a bucket of Azure's has: so many, which come back in so many minutes. */
class Bucket {
  readonly #name: string;
  readonly #size: number;
  readonly #perMs: number;
  #left: number;
  #at: number;

  constructor(name: string, size: number, minutes: number, now: number) {
    [this.#name, this.#size, this.#perMs] = [name, size, size / (minutes * 60_000)];
    [this.#left, this.#at] = [size, now];
  }

  fill(now: number): void {
    this.#left = Math.min(this.#size, this.#left + (now - this.#at) * this.#perMs);
    this.#at = now;
  }

  get isEmpty(): boolean {
    return this.#left < 1;
  }

  take(): void {
    this.#left -= 1;
  }

  toString(): string {
    return `Microsoft.Compute/${this.#name};${Math.max(0, Math.floor(this.#left))}`;
  }
}

/** A connection whose clock jumps, over a service with these buckets; each call takes 80 ms. */
function connection(
  sizes: Readonly<Record<string, readonly [size: number, minutes: number]>>,
  isPaced = true,
) {
  const clock = turnedClock("2026-11-26T12:00:00Z");
  const start = clock.now();
  const { log, lines } = recordingLog();
  const waits = new WaitBoard();
  const buckets = Object.entries(sizes).map(
    ([name, [size, minutes]]) => new Bucket(name, size, minutes, start),
  );
  const pipeline = createEmptyPipeline();
  if (isPaced) pipeline.addPolicy(new ResourcePace({ ...clock, log, waits }).policy());
  let refused = 0;
  const send = async (url: string, method: HttpMethods = "GET", abortSignal?: AbortSignal) => {
    const request = createPipelineRequest({
      ...{ method, url: `https://host.invalid${url}` },
      ...(abortSignal && { abortSignal }),
    });
    const sendRequest = async () => {
      await clock.wait(80);
      for (const bucket of buckets) bucket.fill(clock.now());
      const isRefused = buckets.some(({ isEmpty }) => isEmpty);
      if (isRefused) refused += 1;
      else for (const bucket of buckets) bucket.take();
      const headers = {
        "x-ms-ratelimit-remaining-resource": `${buckets.join(",")},Microsoft.Compute/VmssQueuedVMOperations;0`,
      };
      return answer(request, isRefused ? 429 : 200, {}, headers);
    };
    return pipeline.sendRequest({ sendRequest }, request);
  };
  return { send, lines, clock, elapsedMs: () => clock.now() - start, refused: () => refused };
}

/** So many calls, six at a time. */
async function sendAll(count: number, send: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const one = async () => {
    while (next < count) await send(next++);
  };
  await Promise.all(Array.from({ length: 6 }, one));
}

describe("the buckets that Compute's answers tell of", () => {
  const sizes = { HighCostGetVMScaleSet3Min: [60, 3], HighCostGetVMScaleSet30Min: [300, 30] } as const;

  it("slow down what takes from them, so that hardly anything is refused", async () => {
    const unpaced = connection(sizes, false);
    await sendAll(150, (index) => unpaced.send(instances(`set${index}`)));
    assert.ok(unpaced.refused() > 50, `${unpaced.refused()} would be`);
    const paced = connection(sizes);
    await sendAll(150, (index) => paced.send(instances(`set${index}`)));
    assert.ok(paced.refused() <= 6, `${paced.refused()} refused`);
    // 90 more than the first bucket holds, which come back at one in three seconds.
    assert.ok(paced.elapsedMs() < 1.25 * 90 * 3000, `${paced.elapsedMs()} ms`);
    assert.match(paced.lines.join("\n"), /Waits \d+\.\d s for Microsoft\.Compute\/HighCostGetVMScaleSet3Min/);
  });

  it("slow down changes as well, and each kind of request by its own", async () => {
    const { send, refused, elapsedMs } = connection({ PatchVMScaleSet3Min: [30, 3] });
    await sendAll(45, (index) => send(`${set(`set${index}`)}?api-version=2026-04-01`, "PATCH"));
    assert.ok(refused() <= 6, `${refused()} refused`);
    const before = elapsedMs();
    await send(`${set("a")}/instanceView?api-version=2026-04-01`);
    assert.equal(elapsedMs() - before, 80, "no answer has told of its buckets yet");
  });

  it("hold nothing for longer than ten seconds, since the answer tells what they really have", async () => {
    const { send, clock, elapsedMs } = connection({ HighCostGetVMScaleSet30Min: [1, 30] });
    await send(instances("a"));
    const before = elapsedMs();
    await send(instances("b"));
    assert.equal(elapsedMs() - before, 10_080);
    const controller = new AbortController();
    const third = send(instances("c"), "GET", controller.signal);
    controller.abort();
    await assert.rejects(third, { name: "AbortError" });
    assert.ok(clock.now() > 0);
  });

  it("are heard among parts that are none, which change nothing about them", async () => {
    const lab = createLab();
    const headers = ["X3Min;Infinity,;;,X3Min,Y30Min;-1,Z3Min;1e400", "Y30Min;NaN, X3Min;0 ,W0Min;0,V;0"];
    lab.fault = async (request, sandbox) => {
      const response = await sandbox.sendRequest(request);
      if (/microsoft\.compute/i.test(request.url))
        response.headers.set("x-ms-ratelimit-remaining-resource", headers.shift() ?? "");
      return response;
    };
    for (let count = 0; count < 3; count++) await lab.azure.read(scaleSet("vmss-web-prod"), never);
    const waited = lab.lines.filter((line) => line.includes("Waits"));
    assert.deepEqual(
      waited.map((line) => /for (\S+),/.exec(line)?.[1]),
      ["X3Min"],
    );
  });

  it("pace the checking of images", async () => {
    const lab = createLab();
    lab.fault = async (request, sandbox) => {
      const response = await sandbox.sendRequest(request);
      const isHighCost = /\/virtualMachines\?/.test(request.url);
      const buckets = `Microsoft.Compute/GetVMScaleSet3Min;2000${isHighCost ? ",Microsoft.Compute/HighCostGetVMScaleSet3Min;0" : ""}`;
      response.headers.set("x-ms-ratelimit-remaining-resource", buckets);
      return response;
    };
    for (const name of ["vmss-web-prod", "vmss-cache-prod"]) {
      const { facts } = await lab.azure.eligibilityFacts(await lab.azure.read(scaleSet(name), never), never);
      assert.ok(Array.isArray(at(facts, "instances")));
    }
    const waited = lab.lines.filter((line) => /Waits .*HighCostGetVMScaleSet3Min/.test(line));
    assert.equal(waited.length, 1, "the second has to wait for what the first has used up");
  });
});

describe("an instance list that is refused for longer", () => {
  const refusing = (seconds: number) => {
    const lab = createLab();
    let refused = 0;
    lab.fault = (request) => {
      if (!/\/virtualMachines\?/.test(request.url) || (seconds < 1000 && refused > 0)) return undefined;
      refused += 1;
      const body = { error: { code: "OperationNotAllowed", message: "The server rejected the request." } };
      return answer(request, 429, body, {
        "retry-after": String(seconds),
        "x-ms-ratelimit-remaining-resource": "Microsoft.Compute/HighCostGetVMScaleSet3Min;0",
      });
    };
    return { lab, refused: () => refused };
  };

  it("waits once for the 120 s that Azure asks for", async () => {
    const { lab, refused } = refusing(120);
    const { facts, unread } = await lab.azure.eligibilityFacts(
      await lab.azure.read(scaleSet("vmss-web-prod"), never),
      never,
    );
    assert.ok(Array.isArray(facts.instances));
    assert.deepEqual([refused(), unread], [1, {}]);
  });

  it("fails as throttled where Azure asks for 1200 s, and says for how long", async () => {
    const { lab, refused } = refusing(1200);
    const model = await lab.azure.read(scaleSet("vmss-web-prod"), never);
    const { unread } = await lab.azure.eligibilityFacts(model, never);
    assert.equal(unread.instances?.kind, "throttled");
    assert.match(inEnglish(unread.instances.wayOut ?? verbatim("")), /Wait 1200 s/);
    assert.equal(refused(), 1);
  });
});

it("lets the reads of a subscription through as Resource Manager says what is left, for all callers too", async () => {
  for (const name of ["subscription-reads", "subscription-global-reads"]) {
    const clock = turnedClock("2026-11-26T12:00:00Z");
    const { log } = recordingLog();
    const pipeline = createEmptyPipeline();
    pipeline.addPolicy(new ResourcePace({ ...clock, log, waits: new WaitBoard() }).policy());
    const read = async (subscription: string) => {
      const start = clock.now();
      const url = `https://host.invalid/subscriptions/${subscription}/resourcegroups?api-version=2021-04-01`;
      const request = createPipelineRequest({ method: "GET", url });
      const headers = { [`x-ms-ratelimit-remaining-${name}`]: "0" };
      await pipeline.sendRequest({ sendRequest: async () => answer(request, 200, {}, headers) }, request);
      return clock.now() - start;
    };
    assert.equal(await read("s"), 0, name);
    assert.equal(await read("s"), 40, "25 come back a second");
    assert.equal(await read("t"), 0);
  }
});
