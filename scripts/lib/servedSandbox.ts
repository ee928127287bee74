import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { Failure } from "../bootstrap/failure.mjs";
import { root } from "../bootstrap/paths.mjs";
import { ownNode } from "./processes.ts";

/** What `npm run sandbox` prints when it is ready. */
export interface SandboxAccess {
  readonly url: string;
  /** Path of the certificate that clients have to trust, as PEM. */
  readonly certificate: string;
  readonly token: string;
  readonly subscriptions: readonly {
    readonly subscriptionId: string;
    readonly displayName: string;
    readonly tenantId: string;
  }[];
}

/** An answer as it came over the wire; `body` is undefined where there was none. */
export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows the shape of what it asks for
  readonly body: any;
}

/** A sandbox in a process of its own, asked with plain HTTPS and written-out paths: nothing of the extension is between. */
export class ServedSandbox implements AsyncDisposable {
  readonly access: SandboxAccess;
  readonly #stop: () => PromiseLike<void>;

  private constructor(access: SandboxAccess, stop: () => PromiseLike<void>) {
    this.access = access;
    this.#stop = stop;
  }

  static async start(): Promise<ServedSandbox> {
    const server = ownNode([join(root, "scripts/tasks/sandbox.ts")], { stdio: "pipe" });
    try {
      const access = JSON.parse(await firstLineOf(server)) as SandboxAccess;
      return new ServedSandbox(access, () => server[Symbol.asyncDispose]());
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** The user settings with which the extension's *Open Sandbox* opens this one. */
  get settings(): Readonly<Record<string, unknown>> {
    return { "scaleSetMaintenance.sandbox.address": `${this.access.url}#${this.access.token}` };
  }

  /** The environment in which VS Code trusts this one's certificate. */
  get env(): Readonly<Record<string, string>> {
    return { NODE_EXTRA_CA_CERTS: this.access.certificate };
  }

  /** Asks for `path`, api-version included. */
  ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const { url, certificate, token } = this.access;
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    return new Promise((resolve, reject) => {
      const call = request(
        new URL(path, url),
        { method, headers, ca: readFileSync(certificate) },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
          response.on("error", reject).on("end", () => {
            resolve({ status: response.statusCode ?? 0, body: text === "" ? undefined : JSON.parse(text) });
          });
        },
      );
      call.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** Asks for `path` and answers what is there. */
  async get(path: string): Promise<Answer["body"]> {
    const { status, body } = await this.ask("GET", path);
    if (status !== 200) throw new Failure(`The sandbox answers ${status} to GET ${path}.`);
    return body;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
  }
}

async function firstLineOf({ child, ended }: ReturnType<typeof ownNode>): Promise<string> {
  let output = "";
  let errors = "";
  child.stderr?.on("data", (chunk: Buffer) => (errors += chunk));
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk;
      const end = output.indexOf("\n");
      if (end >= 0) resolve(output.slice(0, end));
    });
    void ended.then(() =>
      reject(new Failure(`The sandbox did not start: ${errors.trim() || output.trim()}`)),
    );
  });
}
