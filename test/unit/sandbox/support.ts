import { Sandbox, sandboxEndpoint, type SandboxOptions } from "../../../src/sandbox/sandbox.ts";

/** What the tests' sandboxes take for now. */
export const start = "2026-11-23T09:00:00Z";

export const production = "/subscriptions/1a6f0c2e-94b7-4d58-a3c1-7e20b9d5f001";
export const shared = "/subscriptions/4c83e7b1-0d2a-4f96-b8e5-90a1c6d7f002";
export const staging = "/subscriptions/87d5b3f9-6e41-4a0c-9d72-3fb8e1a4c003";

export const scaleSet = (subscription: string, group: string, name: string): string =>
  `${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;

export const configuration = (subscription: string, group: string, name: string): string =>
  `${subscription}/resourceGroups/${group}/providers/Microsoft.Maintenance/maintenanceConfigurations/${name}`;

export const maintenance = "api-version=2023-04-01";
export const compute = "api-version=2025-04-01";
export const resources = "api-version=2022-09-01";

/** JSON of an answer, with no claim about its shape beyond what each test looks at. */
// oxlint-disable-next-line typescript/no-explicit-any -- an answer is read by written-out paths
export type Body = any;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

export interface Lab {
  readonly sandbox: Sandbox;
  ask(method: string, pathAndQuery: string, body?: unknown): Promise<Answer>;
  /** Sends what `ask` would not: other headers, a body that is not JSON. */
  send(method: string, pathAndQuery: string, headers: Record<string, string>, body?: string): Promise<Answer>;
  /** Turns the sandbox's clock forward by an ISO duration. */
  advance(duration: string): Promise<void>;
}

/** A sandbox whose clock stands still unless a test turns it. */
export function createLab(options: Partial<SandboxOptions> = {}): Lab {
  const sandbox = new Sandbox({ fleet: "small", now: () => new Date(start), ...options });
  const lab: Lab = {
    sandbox,
    send: async (method, path, headers, body) => {
      const url = `${sandboxEndpoint}${path}`;
      const answer = await sandbox.handle({ method, url, headers, ...(body !== undefined && { body }) });
      return { ...answer, body: answer.body === "" ? undefined : JSON.parse(answer.body) };
    },
    ask: (method, path, body) =>
      lab.send(
        method,
        path,
        { authorization: `Bearer ${sandbox.token}` },
        body === undefined ? undefined : JSON.stringify(body),
      ),
    advance: async (duration) => {
      const { status } = await lab.ask("POST", "/sandbox/clock", { advance: duration });
      if (status !== 200) throw new Error(`The clock answers ${status}`);
    },
  };
  return lab;
}
