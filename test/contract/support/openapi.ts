import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isObject, type Json, type JsonObject } from "../../../src/core/resources/json.ts";

const root = resolve(fileURLToPath(new URL("../../..", import.meta.url)));
const version = "2023-04-01";

/** Why the layer cannot run, for its report. */
export const missing =
  "Microsoft's OpenAPI is not here: clone Azure/azure-rest-api-specs and name it by AZURE_REST_API_SPECS";

/**
 * The files of Microsoft.Maintenance's published contract: in the clone of Azure/azure-rest-api-specs that AZURE_REST_API_SPECS names,
 * or else next to this repository. Empty where neither is there.
 */
export function contractFiles(): readonly string[] {
  const clone = process.env["AZURE_REST_API_SPECS"];
  if (clone !== undefined) {
    const provider = join(clone, "specification/maintenance/resource-manager/Microsoft.Maintenance");
    const folders = [join(provider, "Maintenance/stable", version), join(provider, "stable", version)];
    return folders.filter((folder) => existsSync(folder)).flatMap(jsonFilesIn);
  }
  const neighbour = join(root, "../shared/azure/openapi", `Maintenance.${version}.json`);
  return existsSync(neighbour) ? [neighbour] : [];
}

function jsonFilesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, name));
}

/** OpenAPI documents by URL, each as it stands in its file, those that they refer to included. */
export type Documents = ReadonlyMap<string, JsonObject>;

export function loadDocuments(files: readonly string[]): Documents {
  const documents = new Map<string, JsonObject>();
  const load = (file: string) => {
    const url = pathToFileURL(file).href;
    if (documents.has(url)) return;
    const document = JSON.parse(readFileSync(file, "utf8")) as JsonObject;
    documents.set(url, document);
    for (const reference of referencesIn(document)) {
      const [other] = reference.split("#");
      // Examples are no schemas, and a stored copy of the contract may be without them.
      if (other && !other.includes("examples/")) load(resolve(dirname(file), other));
    }
  };
  files.forEach(load);
  return documents;
}

function referencesIn(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const own = value["$ref"];
  return [...(typeof own === "string" ? [own] : []), ...Object.values(value).flatMap(referencesIn)];
}

/** The object that a reference in the document at `base` leads to, with the URL of the document it is in. */
export function dereferenced(
  documents: Documents,
  base: string,
  value: JsonObject,
): { base: string; value: JsonObject } {
  const reference = value["$ref"];
  if (typeof reference !== "string") return { base, value };
  const url = new URL(reference, base);
  const document = url.href.slice(0, url.href.length - url.hash.length);
  let found: Json | undefined = documents.get(document);
  for (const step of url.hash.slice(2).split("/"))
    found = isObject(found) ? found[decodeURIComponent(step)] : undefined;
  if (!isObject(found)) throw new Error(`${reference} leads nowhere from ${base}`);
  return dereferenced(documents, document, found);
}
