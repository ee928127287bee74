import { arrayAt, isObject, type Json, type JsonObject } from "../../../src/core/resources/json.ts";
import { armText } from "../arm.ts";
import type { World } from "./world.ts";

/** A request that a resource of exported code stands for. */
export interface Declared {
  readonly name: string;
  /** Names of those that come before it. */
  readonly needs: readonly string[];
  readonly method: string;
  readonly path: string;
  readonly body?: JsonObject;
}

/**
 * Does in a world what Resource Manager does with an exported template: a PUT of each resource, at the scope of its nested deployment, once
 * what it depends on is there.
 */
export async function deploy(world: World, text: string): Promise<void> {
  const template: unknown = JSON.parse(text);
  const command = arrayAt(template, "metadata", "comments").map(armText).join("\n");
  const subscription = / --subscription '([^']+)' /.exec(command)?.[1] ?? "";
  await sendAll(
    world,
    arrayAt(template, "resources")
      .filter(isObject)
      .map((resource) => putOf(resource, subscription)),
  );
}

/** Makes requests one after the other, each once those that it needs are made. */
export async function sendAll(world: World, all: readonly Declared[]): Promise<void> {
  const done = new Set<string>();
  const left = [...all];
  while (left.length > 0) {
    const next = left.findIndex(({ needs }) => needs.every((need) => done.has(need)));
    if (next === -1) throw new Error("The resources wait for each other.");
    for (const { name, method, path, body } of left.splice(next, 1)) {
      const { status, text } = await world.request(method, path, body && JSON.stringify(body));
      if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
      done.add(name);
    }
  }
}

function putOf(resource: JsonObject, subscription: string): Declared {
  if (resource["type"] === "Microsoft.Resources/resourceGroups") {
    const { type, apiVersion, name, ...body } = valueOf(resource);
    const literal = String(name as string).replaceAll("'", "''");
    return {
      name: `[subscriptionResourceId('${type as string}', '${literal}')]`,
      needs: [],
      method: "PUT",
      path: `/subscriptions/${subscription}/resourceGroups/${encoded(name)}?api-version=${apiVersion as string}`,
      body,
    };
  }
  const { subscriptionId, resourceGroup, name: deployment } = resource;
  const [inner = {}] = arrayAt(resource, "properties", "template", "resources").filter(isObject);
  const { type, apiVersion, name, scope, ...body } = valueOf(inner);
  const group = `/subscriptions/${armText(subscriptionId)}/resourceGroups/${encoded(armText(resourceGroup))}`;
  const above = scope === undefined ? "" : `/${pathOf(...halves(scope))}`;
  const at = `${group}${above}/${pathOf(type as string, name as string)}`;
  return {
    name: deployment as string,
    needs: arrayAt(resource, "dependsOn").map((need) => need as string),
    method: "PUT",
    path: `${at}?api-version=${apiVersion as string}`,
    body,
  };
}

/** `Microsoft.Compute/virtualMachineScaleSets/web` as a type and a name. */
function halves(scope: Json | undefined): [type: string, name: string] {
  const [provider = "", type = "", ...names] = (scope as string).split("/");
  return [`${provider}/${type}`, names.join("/")];
}

function pathOf(type: string, name: string): string {
  const [provider = "", ...types] = type.split("/");
  const names = name.split("/");
  return `providers/${provider}/${types.map((one, index) => `${one}/${encoded(names[index])}`).join("/")}`;
}

function encoded(name: Json | undefined): string {
  return encodeURIComponent(name as string);
}

/** A resource as it is sent: with the texts that its own texts stand for. */
function valueOf(resource: JsonObject): JsonObject {
  const value = (json: Json | undefined): Json | undefined => {
    if (typeof json === "string") return armText(json);
    if (Array.isArray(json)) return json.map((item: Json) => value(item) ?? null);
    return isObject(json)
      ? Object.fromEntries(Object.entries(json).map(([name, inner]) => [name, value(inner)]))
      : json;
  };
  return value(resource) as JsonObject;
}
