import { readFileSync } from "node:fs";
import { request } from "node:https";
import { Failure } from "../bootstrap/failure.mjs";
import type { SandboxAddress } from "./sandbox.ts";

/** What it takes to ask a sandbox. */
export type SandboxDoor = Pick<SandboxAddress, "url" | "certificate" | "token">;

/** An answer as it came over the wire; `body` is undefined where there was none. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Asks a served sandbox from outside: plain HTTPS and a written-out path (api-version included), nothing of the
 * extension in between.
 */
export function ask(sandbox: SandboxDoor, method: string, path: string, body?: unknown): Promise<Answer> {
  const options = {
    method,
    ca: readFileSync(sandbox.certificate),
    headers: { authorization: `Bearer ${sandbox.token}`, "content-type": "application/json" },
  };
  return new Promise((resolve, reject) => {
    const call = request(new URL(path, sandbox.url), options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("error", reject).on("end", () => {
        resolve({ status: response.statusCode ?? 0, body: text === "" ? undefined : JSON.parse(text) });
      });
    });
    call.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** What is at `path`, in the shape that the caller knows it to have. */
export async function get<T>(sandbox: SandboxDoor, path: string): Promise<T> {
  const { status, body } = await ask(sandbox, "GET", path);
  if (status !== 200) throw new Failure(`The sandbox answered ${status} to GET ${path}.`);
  return body as T;
}
