import { Agent, request as send } from "node:https";
import { loopbackCertificate } from "../../../scripts/lib/certificate.ts";
import { connectToEndpoint } from "../../../src/azure/accounts/endpointConnection.ts";
import type { Azure } from "../../../src/azure/contracts.ts";
import { throwIfAborted } from "../../../src/azure/http/pause.ts";
import { openAzure } from "../../../src/azure/open.ts";
import type { JsonObject } from "../../../src/core/resources/json.ts";
import { serve } from "../../../src/sandbox/http/server.ts";
import { Sandbox, sandboxHttpClient } from "../../../src/sandbox/sandbox.ts";
import type { Surroundings } from "../az/run.ts";

const token = "sandbox";
const begins = Date.parse("2026-11-23T09:00:00Z");
const version = "api-version=2024-11-01";
/** Scale sets of the fleet whose upgrade has begun when a plan is made, and whether it waits for an approval. */
const upgrading = [
  ["rg-web-prod-weu/vmss-cache-prod", false],
  ["rg-web-prod-weu/vmss-search-prod", false],
  ["rg-web-prod-weu/vmss-gateway-prod", true],
  ["rg-media-prod-neu/vmss-archive-prod", true],
] as const;
const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** One served sandbox that goes back to its beginning between two plans: whoever waits in it turns its clock on. */
export class World implements AsyncDisposable, Surroundings {
  readonly sandbox: Sandbox;
  #passedMs = 0;
  #close: (() => Promise<void>) | undefined;
  #url = "";
  #authority = "";
  readonly #agent = new Agent({ keepAlive: true });

  constructor() {
    const now = () => new Date(begins + this.#passedMs);
    this.sandbox = new Sandbox({ fleet: "small", token, operationSeconds: 0, now });
  }

  async open(): Promise<this> {
    const { authority, certificate, key } = await loopbackCertificate();
    const onError = (error: unknown) => {
      throw error;
    };
    const served = await serve(this.sandbox, { port: 0, certificate, key, onError });
    this.#url = served.url;
    this.#authority = authority;
    this.#close = () => served.close();
    return this;
  }

  /** As it was at the beginning, with upgrades that run on some scale sets, and that wait for an approval on others. */
  async reset(): Promise<void> {
    this.#passedMs = 0;
    this.sandbox.reset();
    const [production] = this.sandbox.subscriptions();
    const group = `/subscriptions/${production?.subscriptionId}/resourceGroups`;
    const deferral = { upgradePolicy: { automaticOSUpgradePolicy: { osRollingUpgradeDeferral: true } } };
    for (const [place, isDeferred] of upgrading) {
      const set = `${group}/${place.replace("/", "/providers/Microsoft.Compute/virtualMachineScaleSets/")}`;
      if (isDeferred) await this.#ask("PATCH", `${set}?${version}`, { properties: deferral });
      await this.#ask("POST", `${set}/osRollingUpgrade?${version}`);
    }
  }

  turn(seconds: number): void {
    this.#passedMs += seconds * 1000;
  }

  /** Lets time pass until so many minutes after the beginning. */
  turnTo(minutes: number): void {
    this.#passedMs = Math.max(this.#passedMs, minutes * 60_000);
  }

  /** Over the network. */
  request(method: string, path: string, body?: string): ReturnType<Surroundings["request"]> {
    const { promise, resolve, reject } =
      Promise.withResolvers<Awaited<ReturnType<Surroundings["request"]>>>();
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    };
    const call = send(
      `${this.#url}${path}`,
      { method, headers, agent: this.#agent, ca: this.#authority },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => void (text += chunk));
        answer.on("end", () => {
          const { statusCode: status = 0, statusMessage: reason = "" } = answer;
          const known = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
            typeof value === "string" ? [[name, value]] : [],
          );
          resolve({ status, reason, headers: new Headers(known), text });
        });
      },
    );
    call.once("error", reject).end(body);
    return promise;
  }

  /** Within the process; undefined where nothing is there, or nobody may look. */
  async read(path: string): Promise<JsonObject | undefined> {
    const { status, body } = await this.#answer("GET", path);
    if ([400, 403, 404].includes(status)) return undefined;
    if (status >= 400) throw new Error(`${path}: ${status} ${body}`);
    return JSON.parse(body) as JsonObject;
  }

  async #ask(method: string, path: string, body?: JsonObject): Promise<void> {
    const { status, body: text } = await this.#answer(method, path, body);
    if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
  }

  #answer(method: string, path: string, body?: JsonObject) {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    return this.sandbox.handle({ method, url: `https://x${path}`, headers, ...sent });
  }

  /** Our own client, whose pauses turn the clock on. */
  azure(): Azure {
    const time = {
      now: () => begins + this.#passedMs,
      random: () => 0.5,
      wait: async (ms: number, signal: AbortSignal) => {
        throwIfAborted(signal);
        this.#passedMs += ms;
      },
    };
    const httpClient = sandboxHttpClient(this.sandbox);
    const endpoint = "https://sandbox.invalid";
    return openAzure(
      connectToEndpoint({ origin: "sandbox", endpoint, token, httpClient }),
      quiet,
      "9.9.9",
      time,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#agent.destroy();
    await this.#close?.();
  }
}
