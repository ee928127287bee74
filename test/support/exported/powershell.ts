import { isObject, textAt, type Json, type JsonObject } from "../../../src/core/resources/json.ts";
import type { Node } from "../treeSitter.ts";
import { commandIn, type Command, type Value } from "./powershellTree.ts";
import type { World } from "./world.ts";

const compute = "api-version=2024-11-01";
const maintenance = "api-version=2023-04-01";
const resources = "api-version=2021-04-01";

/**
 * Does what the statements of an exported PowerShell script do, in a world: reads where they read, stops where they stop, and sends what its
 * cmdlets and Invoke-AzRestMethod send. The functions that the script itself defines are played by what they are said to do.
 */
export class PowerShellPlayer {
  readonly #world: World;
  #subscription = "";
  /** The names of the commands that were called. */
  readonly called: string[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** Plays a whole script; rejects where it stops. */
  async play(program: Node): Promise<void> {
    for (const node of program.namedChildren) await this.#statement(node);
  }

  async #statement(node: Node): Promise<void> {
    switch (node.type) {
      case "comment":
      case "function_statement":
      case "empty_statement":
        return;
      case "statement_list":
        return this.play(node);
      case "pipeline":
        return this.#pipeline(node);
      case "if_statement":
        return this.#condition(node);
      case "while_statement":
        // Of a registration: one pause is enough for the sandbox.
        return this.#world.turn(10);
      case "try_statement":
        return this.#attempt(node);
      case "flow_control_statement":
        throw new Error(node.text);
      default:
        throw new Error(`A statement of another kind: ${node.type}: ${node.text}`);
    }
  }

  async #pipeline(node: Node): Promise<void> {
    const command = commandIn(node);
    if (command === undefined) {
      if (/^\$(ErrorActionPreference|ProgressPreference) = /.test(node.text)) return;
      throw new Error(`Neither a command nor a preference: ${node.text}`);
    }
    await this.#run(command);
  }

  async #condition(node: Node): Promise<void> {
    const condition = node.childForFieldName("condition");
    const command = condition && commandIn(condition);
    const block = node.namedChildren.find(({ type }) => type === "statement_block");
    // The first condition is about the cloud.
    if (command?.name !== "Test-Needed" || block === undefined) {
      if (node.text.startsWith("if ((Get-AzContext).Environment.Name -ne 'AzureCloud') {")) return;
      throw new Error(`Another condition: ${node.text}`);
    }
    if (await this.#isNeeded(command)) await this.play(block);
  }

  async #attempt(node: Node): Promise<void> {
    const blocks = node.namedChildren.filter(({ type }) => type === "statement_block");
    const [attempted] = blocks;
    const caught = node.namedChildren.find(({ type }) => type === "catch_clauses");
    if (attempted === undefined) throw new Error(`Nothing is tried: ${node.text}`);
    try {
      await this.play(attempted);
    } catch (error) {
      const remedy = caught && blockIn(caught);
      if (remedy !== undefined)
        for (const one of remedy.namedChildren)
          await this.#statement(one).catch((inner: unknown) => {
            if (inner instanceof Error && inner.message.trim() === "throw") return;
            throw inner;
          });
      throw error;
    }
  }

  async #isNeeded({ positional: [title, read], named }: Command): Promise<boolean> {
    const found = await this.#read(read);
    const defaults = textsOf(named.get("Defaults"))[0];
    const is = (state: string) => isIn(found, state, defaults);
    if (textsOf(named.get("Done")).some(is)) return false;
    if (textsOf(named.get("Reviewed")).some(is)) return true;
    throw new Error(`Changed after the review: ${String(title as string)} ${JSON.stringify(found)}`);
  }

  async #read(value: Value | undefined): Promise<JsonObject | undefined> {
    if (typeof value !== "object" || !("name" in value)) throw new Error("Nothing is read");
    const [path = "", name] = textsOf(value.positional);
    const found = await this.#world.read(path);
    if (value.name === "Get-Arm") return found;
    const list = found?.["value"];
    const all: readonly Json[] = Array.isArray(list) ? list : [];
    return all.filter(isObject).find((one) => lowered(textAt(one, "name")) === lowered(name));
  }

  async #run(command: Command): Promise<void> {
    const { name, positional } = command;
    this.called.push(name);
    const [first = "", second = "", ...others] = positional;
    switch (name) {
      case "Write-Host":
        return;
      case "Set-AzContext":
        if (command.named.get("Scope") !== "Process")
          throw new Error("The context of other windows is changed too");
        this.#subscription = `/subscriptions/${one(command, "Subscription")}`;
        return;
      case "Assert-State": {
        const found = await this.#read(second);
        const defaults = textsOf(command.named.get("Defaults"))[0];
        if (textsOf(command.named.get("States")).some((state) => isIn(found, state, defaults))) return;
        throw new Error(`Changed after the review: ${String(first as string)}`);
      }
      case "Assert-Unused": {
        const list = (await this.#world.read(String(first as string)))?.["value"];
        const reviewed = textsOf(others[0]).map((text) => text.toLowerCase());
        for (const found of (Array.isArray(list) ? list : []) as readonly JsonObject[]) {
          const leads = lowered(textAt(found, "properties", "maintenanceConfigurationId"));
          if (
            leads === String(second as string).toLowerCase() &&
            !reviewed.includes(lowered(textAt(found, "name")))
          )
            throw new Error("Used by another scale set");
        }
        return;
      }
      case "Wait-Association": {
        const read = { name: "Get-Association", positional: [first, second], named: new Map() };
        const found = await this.#read(read);
        const wanted = textsOf(others[0])[0] ?? "";
        const state =
          wanted === "" ? "" : JSON.stringify({ "/properties/maintenanceConfigurationId": wanted });
        if (!isIn(found, state, undefined)) throw new Error("The association isn't shown");
        return;
      }
      case "Wait-ScaleSet":
        for (;;) {
          const set = await this.#world.read(String(first as string));
          const state = textAt(set, "properties", "provisioningState") ?? "";
          if (!/^(creating|updating|deleting|migrating)$/i.test(state)) return;
          this.#world.turn(10);
        }
      case "Invoke-Arm":
        return this.#send(String(first as string), String(second as string), textsOf(others[0])[0]);
      default:
        return this.#cmdlet(command);
    }
  }

  /** What each cmdlet sends: by the sources of Az.Resources, Az.Maintenance and Az.Compute. */
  async #cmdlet(command: Command): Promise<void> {
    const { name, named } = command;
    const group = `${this.#subscription}/resourceGroups/${encodeURIComponent(one(command, "ResourceGroupName"))}/providers`;
    const configuration = `${group}/Microsoft.Maintenance/maintenanceConfigurations/${encodeURIComponent(one(command, "Name"))}?${maintenance}`;
    const resource = `${group}/${one(command, "ProviderName")}/${one(command, "ResourceType")}/${encodeURIComponent(one(command, "ResourceName"))}`;
    const assignment = `${resource}/providers/Microsoft.Maintenance/configurationAssignments/${encodeURIComponent(one(command, "ConfigurationAssignmentName"))}?${maintenance}`;
    const set = `${group}/Microsoft.Compute/virtualMachineScaleSets/${encodeURIComponent(one(command, "VMScaleSetName"))}`;
    const known = (...names: readonly string[]) => {
      const strange = [...named.keys()].filter((parameter) => !names.includes(parameter));
      if (strange.length > 0) throw new Error(`${name} has no ${strange.join(", ")}`);
    };
    const force = () => {
      if (named.get("Force") !== true) throw new Error(`${name} asks without -Force`);
    };
    switch (name) {
      case "Register-AzResourceProvider": {
        known("ProviderNamespace");
        const path = `${this.#subscription}/providers/${one(command, "ProviderNamespace")}`;
        return this.#send("POST", `${path}/register?${resources}`);
      }
      case "New-AzResourceGroup": {
        known("Name", "Location", "Force");
        force();
        const path = `${this.#subscription}/resourcegroups/${encodeURIComponent(one(command, "Name"))}?${resources}`;
        return this.#send("PUT", path, JSON.stringify({ location: one(command, "Location") }));
      }
      case "New-AzMaintenanceConfiguration":
        return this.#send("PUT", configuration, JSON.stringify(configurationBody(command, known)));
      case "Remove-AzMaintenanceConfiguration":
        known("ResourceGroupName", "Name", "Force");
        force();
        return this.#send("DELETE", configuration);
      case "New-AzConfigurationAssignment": {
        known(...ofAssignment, "Location", "ResourceId", "MaintenanceConfigurationId");
        const properties = {
          maintenanceConfigurationId: one(command, "MaintenanceConfigurationId"),
          resourceId: one(command, "ResourceId"),
        };
        return this.#send(
          "PUT",
          assignment,
          JSON.stringify({ location: one(command, "Location"), properties }),
        );
      }
      case "Remove-AzConfigurationAssignment":
        known(...ofAssignment, "Force");
        force();
        return this.#send("DELETE", assignment);
      case "Update-AzVmss": {
        const body = vmssBody(command, known);
        return this.#send("PATCH", `${set}?${compute}`, JSON.stringify(body));
      }
      case "Update-AzVmssInstance": {
        known("ResourceGroupName", "VMScaleSetName", "InstanceId");
        const body = { instanceIds: textsOf(named.get("InstanceId")) };
        return this.#send("POST", `${set}/manualupgrade?${compute}`, JSON.stringify(body));
      }
      case "Stop-AzVmssRollingUpgrade":
        known("ResourceGroupName", "VMScaleSetName", "Force");
        force();
        return this.#send("POST", `${set}/rollingUpgrades/cancel?${compute}`);
      default:
        throw new Error(`${name} is not played`);
    }
  }

  async #send(method: string, path: string, body?: string): Promise<void> {
    const { status, text } = await this.#world.request(method, path, body);
    if (status >= 400) throw new Error(`${method} ${path} (${status}): ${text}`);
  }
}

const ofAssignment = [
  "ResourceGroupName",
  "ProviderName",
  "ResourceType",
  "ResourceName",
  "ConfigurationAssignmentName",
];

type Known = (...names: readonly string[]) => void;

function configurationBody(command: Command, known: Known): JsonObject {
  const window = {
    StartDateTime: "startDateTime",
    ExpirationDateTime: "expirationDateTime",
    Duration: "duration",
    Timezone: "timeZone",
    RecurEvery: "recurEvery",
  };
  known(
    "ResourceGroupName",
    "Name",
    "Location",
    "Tag",
    "MaintenanceScope",
    "Visibility",
    ...Object.keys(window),
  );
  const { named } = command;
  const tags = named.get("Tag");
  return {
    location: one(command, "Location"),
    ...(typeof tags === "object" && "table" in tags && { tags: Object.fromEntries(tags.table) }),
    properties: {
      ...(named.has("MaintenanceScope") && { maintenanceScope: one(command, "MaintenanceScope") }),
      ...(named.has("Visibility") && { visibility: one(command, "Visibility") }),
      maintenanceWindow: membersOf(command, window),
    },
  };
}

function vmssBody(command: Command, known: Known): JsonObject {
  const policy = { UpgradePolicyMode: "mode" };
  const automatic = {
    AutomaticOSUpgrade: "enableAutomaticOSUpgrade",
    DisableAutoRollback: "disableAutomaticRollback",
  };
  const rolling = {
    MaxBatchInstancePercent: "maxBatchInstancePercent",
    MaxUnhealthyInstancePercent: "maxUnhealthyInstancePercent",
    MaxUnhealthyUpgradedInstancePercent: "maxUnhealthyUpgradedInstancePercent",
    PauseTimeBetweenBatches: "pauseTimeBetweenBatches",
  };
  const image = {
    ImageReferencePublisher: "publisher",
    ImageReferenceOffer: "offer",
    ImageReferenceSku: "sku",
    ImageReferenceVersion: "version",
    ImageReferenceId: "id",
    SharedGalleryImageId: "sharedGalleryImageId",
  };
  const windows = { EnableAutomaticUpdate: "enableAutomaticUpdates" };
  const all = { ...policy, ...automatic, ...rolling, ...image, ...windows };
  known("ResourceGroupName", "VMScaleSetName", ...Object.keys(all));
  return withoutNothing({
    properties: {
      upgradePolicy: {
        ...membersOf(command, policy),
        automaticOSUpgradePolicy: membersOf(command, automatic),
        rollingUpgradePolicy: membersOf(command, rolling),
      },
      virtualMachineProfile: {
        storageProfile: { imageReference: membersOf(command, image) },
        osProfile: { windowsConfiguration: membersOf(command, windows) },
      },
    },
  });
}

function membersOf({ named }: Command, members: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).flatMap(([parameter, member]) => {
      const value = named.get(parameter);
      return value === undefined ? [] : [[member, value as Json] as const];
    }),
  );
}

function withoutNothing(value: JsonObject): JsonObject {
  const entries = Object.entries(value).flatMap(([name, inner]): readonly (readonly [string, Json])[] => {
    if (!isObject(inner)) return inner === undefined ? [] : [[name, inner]];
    const kept = withoutNothing(inner);
    return Object.keys(kept).length === 0 ? [] : [[name, kept]];
  });
  return Object.fromEntries(entries);
}

function blockIn(node: Node): Node | undefined {
  const own = node.namedChildren.find(({ type }) => type === "statement_block");
  if (own === undefined) return node.namedChildren.map(blockIn).find((found) => found !== undefined);
  return own.namedChildren.find(({ type }) => type === "statement_list") ?? own;
}

function one({ named }: Command, name: string): string {
  const value = named.get(name);
  return typeof value === "string" ? value : "";
}

function textsOf(value: Value | readonly Value[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? (value as readonly Value[]) : [value as Value]).filter(
    (text) => typeof text === "string",
  );
}

/** Whether a resource has the values of a state: without regard to case and blanks, as the script compares. */
function isIn(found: JsonObject | undefined, state: string, defaults: string | undefined): boolean {
  if (state === "" || found === undefined) return state === "" && found === undefined;
  if (state === "*") return true;
  const standards = JSON.parse(defaults ?? "{}") as JsonObject;
  return Object.entries(JSON.parse(state) as JsonObject).every(([pointer, wanted]) => {
    const value = at(found, pointer) ?? standards[pointer] ?? null;
    return plain(value) === plain(wanted ?? null);
  });
}

function at(found: JsonObject, pointer: string): Json | undefined {
  let value: Json | undefined = found;
  for (const part of pointer.replace(/^#/, "").slice(1).split("/")) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~").toLowerCase();
    value = isObject(value)
      ? Object.entries(value).find(([member]) => member.toLowerCase() === name)?.[1]
      : undefined;
  }
  if (!pointer.startsWith("#")) return value ?? undefined;
  return isObject(value) ? Object.keys(value).length : 0;
}

function lowered(text: string | undefined): string {
  return text?.toLowerCase() ?? "";
}

function plain(value: Json): string {
  return JSON.stringify(value).replaceAll(" ", "").toLowerCase();
}
