/** The sandbox over HTTPS on loopback, for clients outside the process. Node only: not in the extension's bundles. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { Compression } from "./compression.ts";
import type { SandboxResponse } from "./http.ts";
import type { Sandbox } from "../sandbox.ts";

/** Resource Manager takes no larger request (https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits). */
export const maxBodyBytes = 4 * 2 ** 20;

export interface ServeOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** PEM of the server's private key. */
  readonly key: string;
  /** PEM of the server's certificate, for 127.0.0.1. */
  readonly certificate: string;
  /** Told of a request that could not be answered; its connection is closed. */
  readonly onError: (error: unknown) => void;
}

export interface Served {
  readonly url: string;
  /** Closes the port and every connection. */
  close(): Promise<void>;
}

/** Serves `sandbox` on 127.0.0.1. Rejects with the error of `listen`, such as EADDRINUSE. */
export async function serve(
  sandbox: Sandbox,
  { port, key, certificate, onError }: ServeOptions,
): Promise<Served> {
  const compression = new Compression();
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(sandbox, compression, request, response).catch((error: unknown) => {
      onError(error);
      response.destroy();
    });
  };
  const server = createServer({ key, cert: certificate }, listener);
  // By itself the server would ask for the body of a request before its token was looked at.
  server.on("checkContinue", listener);
  server.keepAliveTimeout = 60_000; // longer than clients keep idle connections, so that none is closed under a request
  const sockets = new Set<Duplex>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Of the connections the server knows only those whose handshake is over.
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function answer(
  sandbox: Sandbox,
  compression: Compression,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const arrived = performance.now();
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  const url = `https://${request.headers.host ?? "127.0.0.1"}${request.url ?? "/"}`;
  const asked = { method: request.method ?? "GET", url, headers: Object.fromEntries(headers) };
  const isAdmitted = sandbox.admits(asked);
  if (isAdmitted && request.headers.expect !== undefined) response.writeContinue();
  const body = isAdmitted ? await bodyOf(request) : "";
  const reply =
    body === undefined ? tooLarge : await sandbox.handle(body === "" ? asked : { ...asked, body }, arrived);
  // What is left of a body is not read, so that no further request can follow it.
  if (!request.complete && hasBody(request)) response.setHeader("connection", "close");
  if (reply.broken === "reset") return void request.socket.destroy();
  const { bytes, headers: encoding } = await compression.payload(
    reply.body,
    asked.headers["accept-encoding"],
  );
  const length = reply.status === 204 ? {} : { "content-length": bytes.length };
  response.writeHead(reply.status, { ...reply.headers, ...encoding, ...length });
  if (reply.broken !== "truncated") return void response.end(bytes);
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** Undefined where it is larger than one may be; the rest of it is then not read. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) return undefined;
  const pieces: Buffer[] = [];
  let size = 0;
  // An iterator that ends early would take the connection with it, and the answer with that.
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    pieces.push(piece as Buffer);
    size += pieces.at(-1)?.length ?? 0;
    if (size > maxBodyBytes) return undefined;
  }
  return Buffer.concat(pieces, size).toString();
}

const tooLarge: SandboxResponse = {
  status: 413,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: JSON.stringify({
    error: {
      code: "RequestContentTooLarge",
      message: `The request content size exceeds the maximum size of ${maxBodyBytes / 2 ** 20} MB.`,
    },
  }),
};
