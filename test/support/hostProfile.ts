import { get as httpGet } from "node:http";
import { eventually } from "./eventually.ts";

/** For one call of the inspector, in milliseconds. */
const patienceMs = 60_000;

/** How often the profiler looks at the host's stack, and how often its event loop says that it has come round, in microseconds. */
const intervalUs = 1000;

/** As much as is read of https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile; times in microseconds. */
interface Profile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  readonly startTime: number;
}

interface Node {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children?: readonly number[];
}

/** What the host wrote down of its event loop: when it came round, and how much processor time its thread had had by then. Microseconds. */
interface Turns {
  /** One moment by the wall clock, and by the clock that the rest is in. */
  readonly wall: number;
  readonly monotonic: number;
  readonly ends: readonly number[];
  readonly processor: readonly number[];
}

/** A look at the host's stack. */
interface Sample {
  /** By the wall clock, in milliseconds. */
  readonly at: number;
  /** The processor time that it stands for, in milliseconds. */
  readonly ms: number;
  readonly isOwn: boolean;
  readonly node: Node;
}

/** What the host worked in a span of time, in milliseconds of the processor. */
export interface Work {
  /** In functions of the extension, and in what they called. */
  readonly own: number;
  /** The most of it for which the event loop was held at a stretch. */
  readonly longestOwn: number;
  /** The longest for which the loop was held at all, by whomever. */
  readonly longest: number;
  /** All that the host's thread worked. */
  readonly all: number;
  /** The extension's functions that took most themselves, with what they took. */
  readonly heaviest: readonly (readonly [name: string, ms: number])[];
}

/** Where the loop came round: the turn before it. */
interface Turn {
  readonly from: number;
  readonly to: number;
  readonly ms: number;
}

/**
 * What an extension host did while it was recorded. Milliseconds of work are such of the processor: how often the profiler met a function
 * says which share of the thread's own processor time it had, so that it does not matter what else the machine has to do.
 */
export class HostRecord {
  readonly #samples: readonly Sample[];
  readonly #turns: readonly Turn[];

  constructor(
    profile: Profile,
    { wall, monotonic, ends, processor }: Turns,
    isOwn: (url: string) => boolean,
  ) {
    const wallMs = (us: number) => (us - monotonic + wall) / 1000;
    this.#turns = ends.slice(1).map((end, index) => ({
      from: wallMs(ends[index] ?? end),
      to: wallMs(end),
      ms: ((processor[index + 1] ?? 0) - (processor[index] ?? 0)) / 1000,
    }));
    this.#samples = samplesOf(profile, wallMs, isOwn);
    const [first, last] = [processor[0] ?? 0, processor.at(-1) ?? 0];
    const inTurns = this.#samples.filter(
      ({ at }) => at >= wallMs(ends[0] ?? 0) && at < wallMs(ends.at(-1) ?? 0),
    );
    const each = (last - first) / 1000 / Math.max(1, inTurns.length);
    this.#samples = this.#samples.map((sample) => ({ ...sample, ms: each }));
  }

  /** What was worked between two moments of the wall clock, in milliseconds since the epoch. */
  between(from: number, to: number): Work {
    const samples = this.#samples.filter(({ at }) => at >= from && at < to);
    const turns = this.#turns.filter((turn) => turn.to > from && turn.from < to);
    const own = samples.filter((sample) => sample.isOwn);
    const sum = (of: readonly Sample[]) => of.reduce((ms, sample) => ms + sample.ms, 0);
    const selfMs = new Map<string, number>();
    for (const { node, ms } of own) {
      const { functionName, url, lineNumber, columnNumber } = node.callFrame;
      const name = `${functionName || "(anonymous)"} ${url.slice(url.lastIndexOf("/") + 1)}:${lineNumber + 1}:${columnNumber + 1}`;
      selfMs.set(name, (selfMs.get(name) ?? 0) + ms);
    }
    return {
      own: sum(own),
      longestOwn: Math.max(0, ...turns.map((turn) => turn.ms * ownShareOf(turn, samples))),
      longest: Math.max(0, ...turns.map(({ ms }) => ms)),
      all: sum(samples),
      heaviest: [...selfMs].sort((a, b) => b[1] - a[1]).slice(0, 10),
    };
  }
}

/** Which part of the looks at a turn found the extension at work, from 0 to 1. */
function ownShareOf({ from, to }: Turn, samples: readonly Sample[]): number {
  const within = samples.filter(({ at }) => at >= from && at < to);
  return within.length === 0 ? 0 : within.filter(({ isOwn }) => isOwn).length / within.length;
}

/** The looks at a stack with something on it; what collects garbage works for whom was at work before. */
function samplesOf(
  { nodes, samples, timeDeltas, startTime }: Profile,
  wallMs: (us: number) => number,
  isOwn: (url: string) => boolean,
): readonly Sample[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Set<number>();
  const visit = (id: number, isBelowOwn: boolean) => {
    const node = byId.get(id);
    if (node === undefined) return;
    const is = isBelowOwn || isOwn(node.callFrame.url);
    if (is) own.add(id);
    for (const child of node.children ?? []) visit(child, is);
  };
  const [root] = nodes;
  if (root !== undefined) visit(root.id, false);
  let at = startTime;
  let wasOwn = false;
  return samples.flatMap((id, index) => {
    at += timeDeltas[index] ?? 0;
    const node = byId.get(id);
    if (node === undefined || node.callFrame.functionName === "(idle)") return [];
    if (node.callFrame.functionName !== "(garbage collector)") wasOwn = own.has(id);
    return [{ at: wallMs(at), ms: 0, isOwn: wasOwn, node }];
  });
}

/** The extension host of a window, through the inspector that it listens with. */
export class HostProfile implements Disposable {
  readonly #socket: WebSocket;
  readonly #isOwn: (url: string) => boolean;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #calls = 0;

  private constructor(socket: WebSocket, isOwn: (url: string) => boolean) {
    this.#socket = socket;
    this.#isOwn = isOwn;
    socket.addEventListener("message", ({ data }) => this.#answered(String(data)));
  }

  /** @param isOwn whether a script of this address is one of those that are measured */
  static async connect(port: number, isOwn: (url: string) => boolean): Promise<HostProfile> {
    const address = await eventually(() => inspectorAt(port), patienceMs);
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve);
      socket.addEventListener("error", reject);
    });
    return new HostProfile(socket, isOwn);
  }

  /** Records what the host does during `work`. */
  async record<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly record: HostRecord }> {
    await this.#send("Profiler.enable");
    await this.#send("Profiler.setSamplingInterval", { interval: intervalUs });
    await this.#send("Profiler.start");
    await this.#evaluate(`(${watchTurns.toString()})(${intervalUs / 1000})`);
    let result: T;
    let ended: [Turns, { profile: Profile }];
    try {
      result = await work();
    } finally {
      const turns = (await this.#evaluate("globalThis.endTurns()")) as Turns;
      ended = [turns, (await this.#send("Profiler.stop")) as { profile: Profile }];
    }
    const [turns, { profile }] = ended;
    return { result, record: new HostRecord(profile, turns, this.#isOwn) };
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  async #evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = (await this.#send("Runtime.evaluate", {
      expression,
      returnByValue: true,
    })) as { result: { value?: unknown }; exceptionDetails?: unknown };
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  }

  #send(method: string, params: object = {}): Promise<unknown> {
    const id = (this.#calls += 1);
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    this.#socket.send(JSON.stringify({ id, method, params }));
    return waiting.promise;
  }

  #answered(text: string): void {
    const { id, result, error } = JSON.parse(text) as { id?: number; result?: unknown; error?: object };
    if (id === undefined) return;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(JSON.stringify(error)));
  }
}

/** Runs in the host: has the event loop say each time that it comes round, at most once in the interval, in milliseconds. */
function watchTurns(intervalMs: number): void {
  const host = globalThis as unknown as { endTurns: () => Turns };
  const us = () => Number(process.hrtime.bigint() / 1000n);
  const [wall, monotonic] = [Date.now() * 1000, us()];
  const [ends, processor]: number[][] = [[], []];
  let timer: NodeJS.Timeout;
  const turn = () => {
    const { user, system } = process.threadCpuUsage();
    ends?.push(us());
    processor?.push(user + system);
    timer = setTimeout(turn, intervalMs);
  };
  turn();
  host.endTurns = () => {
    clearTimeout(timer);
    return { wall, monotonic, ends: ends ?? [], processor: processor ?? [] };
  };
}

function inspectorAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = httpGet(`http://127.0.0.1:${port}/json/list`, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("error", reject).on("end", () => {
        const [target] = JSON.parse(text) as { webSocketDebuggerUrl: string }[];
        if (target === undefined) reject(new Error("no target"));
        else resolve(target.webSocketDebuggerUrl);
      });
    });
    call.on("error", reject);
  });
}
