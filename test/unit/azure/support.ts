import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import type { Azure, Connection, InventoryEvent } from "../../../src/azure/contracts.ts";
import { connectToEndpoint } from "../../../src/azure/accounts/endpointConnection.ts";
import { openAzure } from "../../../src/azure/open.ts";
import { throwIfAborted } from "../../../src/azure/http/pause.ts";
import type { RetryTime } from "../../../src/azure/http/retry.ts";
import type { Log } from "../../../src/core/log.ts";
import { Sandbox, sandboxEndpoint, sandboxHttpClient } from "../../../src/sandbox/sandbox.ts";

/** A request as it left the pipeline. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Answers a request in the sandbox's stead; undefined lets it through. */
export type Fault = (
  request: PipelineRequest,
  sandbox: HttpClient,
) => PipelineResponse | Promise<PipelineResponse | undefined> | undefined;

export interface Lab {
  readonly sandbox: Sandbox;
  readonly azure: Azure;
  readonly connection: Connection;
  readonly sent: readonly Sent[];
  readonly lines: readonly string[];
  readonly log: Log;
  /** Asks the sandbox from outside, with a written-out path, and never through our own client. */
  ask(method: string, path: string): Promise<{ readonly status: number; readonly json: unknown }>;
  fault: Fault | undefined;
  /** Turns the clock of both on. */
  turn(ms: number): void;
}

export const never = new AbortController().signal;
export const token = "s3cr3t.token.value";

/** The clock of a test that says nothing else: it stands still, so that no test depends on the day on which it runs. */
export const standingClock = (): Date => new Date("2026-11-23T09:00:00Z");

/**
 * An Azure over a fresh sandbox, whose transport records what is sent and can be made to fail. `startsAt`: the clock that both have; every
 * pause of the client turns it on and returns at once.
 */
export function createLab(startsAt = standingClock): Lab {
  let waitedMs = 0;
  const now = () => new Date(startsAt().getTime() + waitedMs);
  const time: RetryTime = {
    now: () => now().getTime(),
    random: () => 0.5,
    wait: async (ms, signal) => {
      throwIfAborted(signal);
      waitedMs += ms;
    },
  };
  const sandbox = new Sandbox({ fleet: "small", token, operationSeconds: 0, now });
  const inner = sandboxHttpClient(sandbox);
  const sent: Sent[] = [];
  const { log, lines } = recordingLog();
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      sent.push(sentOf(request));
      return (await lab.fault?.(request, inner)) ?? (await inner.sendRequest(request));
    },
  };
  const connection = connectToEndpoint({ origin: "sandbox", endpoint: sandboxEndpoint, token, httpClient });
  const lab: Lab = {
    sandbox,
    connection,
    azure: openAzure(connection, log, "9.9.9", time),
    sent,
    lines,
    log,
    ask: async (method, path) => {
      const headers = { authorization: `Bearer ${token}` };
      const { status, body } = await sandbox.handle({ method, url: `${sandboxEndpoint}${path}`, headers });
      return { status, json: body === "" ? undefined : JSON.parse(body) };
    },
    fault: undefined,
    turn: (ms) => void (waitedMs += ms),
  };
  return lab;
}

export function recordingLog(): { readonly log: Log; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const write = (level: string) => (text: string) => void lines.push(`${level} ${text}`);
  const log = {
    trace: write("trace"),
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  };
  return { log, lines };
}

export function sentOf(request: PipelineRequest): Sent {
  return {
    method: request.method,
    url: request.url,
    path: new URL(request.url).pathname,
    headers: request.headers.toJSON(),
    body: typeof request.body === "string" ? JSON.parse(request.body) : undefined,
  };
}

export function answer(
  request: PipelineRequest,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): PipelineResponse {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/html" : "application/json; charset=utf-8";
  return {
    request,
    status,
    headers: createHttpHeaders({ "content-type": type, "x-ms-request-id": "request-1", ...headers }),
    bodyAsText: text,
  };
}

export async function collected(events: AsyncIterable<InventoryEvent>): Promise<InventoryEvent[]> {
  const all: InventoryEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** Ids in the sandbox's small fleet, written out. */
export const fleet = {
  production: "1a6f0c2e-94b7-4d58-a3c1-7e20b9d5f001",
  shared: "4c83e7b1-0d2a-4f96-b8e5-90a1c6d7f002",
  staging: "87d5b3f9-6e41-4a0c-9d72-3fb8e1a4c003",
};
export const scaleSet = (name: string, group = "rg-web-prod-weu", subscription = fleet.production) =>
  `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
export const configuration = (name: string, group = "rg-maintenance", subscription = fleet.shared) =>
  `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Maintenance/maintenanceConfigurations/${name}`;
export const assignment = (scaleSetId: string, name: string) =>
  `${scaleSetId}/providers/Microsoft.Maintenance/configurationAssignments/${name}`;
