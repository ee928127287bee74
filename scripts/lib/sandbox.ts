import { join } from "node:path";
import { createInterface } from "node:readline";
import { Failure } from "../bootstrap/failure.mjs";
import { root } from "../bootstrap/paths.mjs";
import { ownNode } from "./processes.ts";

/** What `npm run sandbox` prints when it is ready. */
export interface SandboxAddress {
  readonly url: string;
  /** The file of the certificate to trust. */
  readonly certificate: string;
  readonly token: string;
  readonly subscriptions: readonly {
    readonly subscriptionId: string;
    readonly displayName: string;
    readonly tenantId: string;
  }[];
}

/** What a VS Code needs to show that sandbox: variables for its process, and settings. */
export interface SandboxAccess {
  readonly env: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface ServedSandbox extends SandboxAddress, AsyncDisposable {
  readonly access: SandboxAccess;
}

/** How a VS Code gets to the sandbox at this address. */
export function accessTo({ url, certificate, token }: SandboxAddress): SandboxAccess {
  return {
    env: { NODE_EXTRA_CA_CERTS: certificate },
    settings: {
      "scaleSetMaintenance.sandbox.address": `${url}#${token}`,
      "scaleSetMaintenance.sandbox.openAtStartup": true,
    },
  };
}

/** The small fleet, the large one, or the large one with another number of scale sets. */
export type ServedFleet = "small" | "large" | { readonly sets: number };

/** Serves the sandbox over HTTPS in a process of its own, which ends with the scope that it is `await using`d in. */
export async function startSandbox(fleet: ServedFleet = "small"): Promise<ServedSandbox> {
  await using stack = new AsyncDisposableStack();
  const which = typeof fleet === "string" ? ["--fleet", fleet] : ["--sets", String(fleet.sets)];
  const served = stack.use(
    ownNode([join(root, "scripts", "tasks", "sandbox.ts"), ...which], { stdio: "pipe" }),
  );
  let complaints = "";
  served.child.stderr?.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  const address = await new Promise<SandboxAddress>((resolve, reject) => {
    if (served.child.stdout) {
      createInterface(served.child.stdout).once("line", (line) =>
        resolve(JSON.parse(line) as SandboxAddress),
      );
    }
    void served.ended.then(() => reject(new Failure(`The sandbox didn't start: ${complaints.trim()}`)));
  });
  const owned = stack.move();
  return {
    ...address,
    access: accessTo(address),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
