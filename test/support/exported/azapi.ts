import { arrayAt, isObject, type Json, type JsonObject } from "../../../src/core/resources/json.ts";
import { blocksIn, hclTextOf, terraformOf } from "../hcl.ts";
import { sendAll, type Declared } from "./template.ts";
import type { World } from "./world.ts";

/** Does in a world what Terraform does with exported azapi: each block's request, once what it refers to and depends on is there. */
export async function applyAzapi(world: World, text: string): Promise<void> {
  const file = new File(await terraformOf(text));
  await sendAll(world, file.requests());
}

/** A file, whose blocks refer to each other. */
class File {
  readonly #blocks: ReadonlyMap<string, JsonObject>;

  constructor(file: JsonObject) {
    this.#blocks = new Map(blocksIn(file, "resource"));
  }

  requests(): readonly Declared[] {
    return [...this.#blocks].map(([name, block]) => this.#request(name, block));
  }

  #request(name: string, block: JsonObject): Declared {
    const needs = new Set(arrayAt(block, "depends_on").map((need) => (need as string).slice(2, -1)));
    const { type, resource_id: id, action, method, location, tags, body } = block;
    const version = (type as string).split("@")[1] ?? "";
    const sent = this.#value({ location, tags, ...(isObject(body) && body) }, needs);
    const path = name.startsWith("azapi_resource.") ? this.#idOf(name, needs) : this.#value(id, needs);
    const isEmpty = !isObject(sent) || Object.values(sent).every((value) => value === undefined);
    return {
      name,
      needs: [...needs],
      method: method === undefined ? "PUT" : (method as string),
      path: `${encoded(path as string)}${action === undefined ? "" : `/${action as string}`}?api-version=${version}`,
      ...(!isEmpty && { body: sent }),
    };
  }

  /** The id of the resource that a block creates. */
  #idOf(address: string, needs: Set<string>): string {
    const { type, parent_id: parent, name } = this.#blocks.get(address) ?? {};
    const [full = ""] = (type as string).split("@");
    const above = this.#value(parent, needs) as string;
    const own = hclTextOf(name);
    if (full === "Microsoft.Resources/resourceGroups") return `${above}/resourceGroups/${own}`;
    const last = full.slice(full.lastIndexOf("/") + 1);
    // A child's type begins with its parent's.
    return full.split("/").length > 2 ? `${above}/${last}/${own}` : `${above}/providers/${full}/${own}`;
  }

  /** A value as it is sent, with the ids that references stand for; notes what it refers to. */
  #value(json: Json | undefined, needs: Set<string>): Json | undefined {
    if (typeof json === "string") {
      const address = /^\$\{(\S+)\.id\}$/.exec(json)?.[1];
      if (address === undefined) return hclTextOf(json);
      needs.add(address);
      return this.#idOf(address, needs);
    }
    if (Array.isArray(json)) return json.map((item: Json) => this.#value(item, needs) ?? null);
    if (!isObject(json)) return json;
    const members = Object.entries(json).map(
      ([name, inner]) => [keyOf(name), this.#value(inner, needs)] as const,
    );
    return Object.fromEntries(members);
  }
}

/** A name in brackets is an expression to the parser. */
function keyOf(name: string): string {
  const literal = /^\$\{\((".*")\)\}$/s.exec(name)?.[1];
  return literal === undefined ? name : hclTextOf(JSON.parse(literal));
}

function encoded(id: string): string {
  return id.split("/").map(encodeURIComponent).join("/");
}
