import { parseArguments, Usage, type Parsed } from "./arguments.ts";
import { knownCommands } from "./known.ts";
import { printed } from "./output.ts";

/** What a command answers. */
export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly problem: string;
}

/** Where a stand-in of Azure CLI sends its requests, and how it lets time pass. */
export interface Surroundings {
  request(
    method: string,
    path: string,
    body?: string,
  ): Promise<{
    readonly status: number;
    readonly reason: string;
    readonly headers: Headers;
    readonly text: string;
  }>;
  /** Instead of a pause. */
  turn(seconds: number): void;
}

/** Azure refused. `status`: that of the answer. */
class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const compute = "2024-11-01";
const maintenance = "2023-04-01";
const resources = "2021-04-01";

/** Azure CLI, as far as exported scripts use it. */
export class AzureCliStandIn {
  readonly #surroundings: Surroundings;
  #hasExtension = false;
  /** The commands that were called, with their words. */
  readonly calls: string[][] = [];

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  async run(words: readonly string[]): Promise<Ran> {
    this.calls.push([...words]);
    try {
      const parsed = parseArguments(words);
      if (knownCommands[parsed.command]?.isExtension === true && !this.#hasExtension)
        throw new Usage("The command requires the extension maintenance. Do you want to install it now?");
      const result = await this.#result(parsed);
      const out = printed(result, parsed.one.get("--query"), parsed.one.get("--output") ?? "json");
      return { status: 0, out, problem: "" };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const isMissing = error instanceof Refused && error.status === 404 && words[0] !== "rest";
      const status = error instanceof Usage ? 2 : isMissing ? 3 : 1;
      return { status, out: "", problem: `ERROR: ${text}\n` };
    }
  }

  async #result({ command, one, many, flags }: Parsed): Promise<unknown> {
    const value = (name: string) => one.get(name) ?? "";
    const subscription = `/subscriptions/${value("--subscription")}`;
    const inGroup = `${subscription}/resourceGroups/${encodeURIComponent(value("--resource-group"))}/providers`;
    const set = `${inGroup}/Microsoft.Compute/virtualMachineScaleSets/${encodeURIComponent(value("--name"))}`;
    const assignment = () =>
      `${inGroup}/${value("--provider-name")}/${value("--resource-type")}/${encodeURIComponent(value("--resource-name"))}/providers/Microsoft.Maintenance/configurationAssignments/${encodeURIComponent(value("--configuration-assignment-name"))}?api-version=${maintenance}`;
    switch (command) {
      case "rest":
        return this.#rest(one);
      case "group create": {
        const path = `${subscription}/resourcegroups/${encodeURIComponent(value("--name"))}?api-version=${resources}`;
        return this.#json("PUT", path, { location: value("--location") });
      }
      case "provider register":
        return this.#register(`${subscription}/providers/${value("--namespace")}`, flags.has("--wait"));
      case "extension add":
        this.#hasExtension ||= value("--name") === "maintenance";
        return undefined;
      case "maintenance assignment create":
        return this.#json("PUT", assignment(), {
          // Without a location the command takes the one of the resource group.
          ...(one.has("--location") && { location: value("--location").toLowerCase().replaceAll(" ", "") }),
          properties: {
            maintenanceConfigurationId: value("--maintenance-configuration-id"),
            ...(one.has("--resource-id") && { resourceId: value("--resource-id") }),
          },
        });
      case "maintenance assignment delete":
        return this.#json("DELETE", assignment());
      case "maintenance configuration delete": {
        const name = encodeURIComponent(value("--resource-name"));
        const path = `${inGroup}/Microsoft.Maintenance/maintenanceConfigurations/${name}`;
        return this.#json("DELETE", `${path}?api-version=${maintenance}`);
      }
      case "vmss show":
        return this.#json("GET", `${set}?api-version=${compute}`);
      case "vmss wait":
        return this.#wait(`${set}?api-version=${compute}`, { one, flags });
      case "vmss update-instances": {
        const body = { instanceIds: many.get("--instance-ids") };
        return this.#toEnd("POST", `${set}/manualupgrade?api-version=${compute}`, body);
      }
      case "account show": {
        const { text } = await this.#accepted("GET", `${subscription}?api-version=2022-12-01`);
        const { subscriptionId, displayName } = JSON.parse(text) as Record<string, string>;
        return { id: subscriptionId, name: displayName, environmentName: "AzureCloud" };
      }
      case "version":
        return { "azure-cli": "2.75.0", extensions: this.#hasExtension ? { maintenance: "1.6.0b2" } : {} };
      default:
        throw new Error(`${command} is not played`);
    }
  }

  async #rest(one: ReadonlyMap<string, string>): Promise<unknown> {
    const url = one.get("--url") ?? "";
    if (!url.startsWith("/")) throw new Usage(`${url} is not below Resource Manager`);
    const method = (one.get("--method") ?? "get").toUpperCase();
    const body = one.get("--body");
    const { status, reason, text } = await this.#surroundings.request(
      method,
      url,
      // It is parsed and written again, in ASCII.
      body === undefined ? undefined : JSON.stringify(JSON.parse(body)),
    );
    if (status >= 400) throw new Refused(status, text === "" ? reason : `${reason}(${text})`);
    return text === "" ? undefined : JSON.parse(text);
  }

  async #json(method: string, path: string, body?: object): Promise<unknown> {
    const { text } = await this.#accepted(method, path, body);
    return text === "" ? undefined : JSON.parse(text);
  }

  async #accepted(method: string, path: string, body?: object) {
    const answer = await this.#surroundings.request(method, path, body && JSON.stringify(body));
    if (answer.status >= 400) throw new Refused(answer.status, answer.text);
    return answer;
  }

  async #toEnd(method: string, path: string, body: object): Promise<undefined> {
    const { headers } = await this.#accepted(method, path, body);
    const operation = headers.get("azure-asyncoperation");
    if (operation === null) return undefined;
    const { pathname, search } = new URL(operation);
    for (;;) {
      const { status, error } = (await this.#json("GET", pathname + search)) as {
        status: string;
        error?: object;
      };
      if (status === "Succeeded") return undefined;
      if (status !== "InProgress") throw new Refused(200, JSON.stringify(error));
      this.#surroundings.turn(10);
    }
  }

  async #register(path: string, waits: boolean): Promise<undefined> {
    await this.#accepted("POST", `${path}/register?api-version=${resources}`);
    while (waits) {
      const { registrationState } = (await this.#json("GET", `${path}?api-version=${resources}`)) as {
        registrationState: string;
      };
      if (registrationState === "Registered") break;
      this.#surroundings.turn(10);
    }
    return undefined;
  }

  async #wait(path: string, { one, flags }: Pick<Parsed, "one" | "flags">): Promise<undefined> {
    if (!flags.has("--updated")) throw new Usage("incorrect usage: --updated is what is played");
    const interval = Number(one.get("--interval") ?? "30");
    for (let waited = 0; waited < Number(one.get("--timeout") ?? "3600"); waited += interval) {
      const { properties } = (await this.#json("GET", path)) as { properties: { provisioningState: string } };
      const state = properties.provisioningState.toLowerCase();
      if (state === "failed") throw new Refused(200, "The operation failed");
      if (state === "succeeded") return undefined;
      this.#surroundings.turn(interval);
    }
    throw new Refused(200, "Wait operation timed-out");
  }
}
