import { Ajv2019, type ValidateFunction } from "ajv/dist/2019.js";
import { isObject, type Json, type JsonObject } from "../../../src/core/resources/json.ts";
import type { Documents } from "./openapi.ts";

/** Which way a body goes: the contract's read-only members may only come back. */
export type Direction = "request" | "answer" | "error";

/** RFC 3339, as JSON Schema's format asks. */
function isDateTime(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
  );
}

/**
 * Validators over the schemas of OpenAPI documents, stricter than the contract itself, which would let any misspelt member pass: an object
 * may only have the members that its schema names, and a request none that is read-only and no value outside an open enum. Error bodies
 * may have more, since Resource Manager's own errors add `details`, `target` and the like.
 */
export class Schemas {
  readonly #validators: Record<Direction, Ajv2019>;
  readonly #documents: Documents;

  constructor(documents: Documents) {
    this.#documents = documents;
    this.#validators = {
      request: this.#build("request"),
      answer: this.#build("answer"),
      error: this.#build("error"),
    };
  }

  /** What is wrong with `body` under a schema that stands in the document at `base`. */
  problems(direction: Direction, base: string, schema: JsonObject, body: unknown): string[] {
    const validate = this.#validator(direction, base, schema);
    if (validate(body) === true) return [];
    return (validate.errors ?? []).map((error) => {
      const member: unknown = error.params["unevaluatedProperty"];
      return `${error.instancePath || "/"} ${error.message ?? ""}${typeof member === "string" ? `: ${member}` : ""}`;
    });
  }

  #validator(direction: Direction, base: string, schema: JsonObject): ValidateFunction {
    const reference = schema["$ref"];
    const target: JsonObject =
      typeof reference === "string"
        ? { $ref: new URL(reference, base).href }
        : (tightened(schema, direction, new Set()) as JsonObject);
    return this.#validators[direction].compile(target);
  }

  #build(direction: Direction): Ajv2019 {
    const ajv = new Ajv2019({ strict: false, allErrors: true, validateSchema: false });
    ajv.addFormat("int32", true).addFormat("int64", true).addFormat("date-time", isDateTime);
    const bases = new Set([...this.#documents.values()].flatMap(basesIn));
    for (const [url, document] of this.#documents)
      ajv.addSchema({ ...(tightened(document, direction, bases) as object), $id: url });
    return ajv;
  }
}

/** Where in its document a reference leads. */
function pointerOf(reference: unknown): unknown {
  return typeof reference === "string" ? reference.slice(reference.indexOf("#")) : reference;
}

/** The schemas that others extend by `allOf`: by themselves they do not know all members. */
function basesIn(value: Json | undefined): unknown[] {
  if (Array.isArray(value)) return value.flatMap(basesIn);
  if (!isObject(value)) return [];
  const own = Array.isArray(value["allOf"])
    ? value["allOf"].map((base: Json) => pointerOf(isObject(base) ? base["$ref"] : undefined))
    : [];
  return [...own, ...Object.values(value).flatMap(basesIn)];
}

function tightened(
  value: Json | undefined,
  direction: Direction,
  bases: ReadonlySet<unknown>,
  pointer = "#",
): Json | undefined {
  if (Array.isArray(value))
    return value.map((item, index) => tightened(item, direction, bases, `${pointer}/${index}`) as Json);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, member]) => [
    name,
    tightened(member, direction, bases, `${pointer}/${name}`),
  ]);
  const schema = Object.fromEntries(entries) as Record<string, Json>;
  if (direction !== "request" && isObject(value["x-ms-enum"]) && value["x-ms-enum"]["modelAsString"] === true)
    delete schema["enum"];
  const properties = schema["properties"];
  if (!isObject(properties) || !isSchemaAt(pointer)) return schema;
  const writable = Object.entries(properties).filter(
    ([, member]) => !isObject(member) || member["readOnly"] !== true,
  );
  if (direction === "request") schema["properties"] = Object.fromEntries(writable) as JsonObject;
  const isOpen = direction === "error" || bases.has(pointer) || value["additionalProperties"] !== undefined;
  return isOpen ? schema : { ...schema, unevaluatedProperties: false };
}

/** A member that is itself called `properties` makes the map around it look like a schema. */
function isSchemaAt(pointer: string): boolean {
  return !pointer.endsWith("/properties");
}
