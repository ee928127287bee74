import { arrayAt, isObject, type Json, type JsonObject, textAt } from "../../core/resources/json.ts";
import { detailsOf, type ErrorDetail } from "../../core/text/errorDetails.ts";

/** What an error answer says, whichever of the services' shapes it has. Empty when it says nothing that can be read. */
export interface ErrorBody {
  readonly code?: string;
  /** The service's own words, those of its `details` included, one line each. */
  readonly message?: string;
}

/**
 * Reads an error body. Four shapes are seen: `{"error":{"code","message","details"}}` (the contract and ARM's own),
 * `{"Error":{"Code","Message"}}` (https://github.com/hashicorp/terraform-provider-azurerm/issues/29738),
 * `{"Message"}` without a code (https://github.com/Azure/azure-rest-api-specs/issues/34327), and text that is no JSON
 * (https://github.com/Azure/azure-cli/issues/28471), of which the beginning is kept, or nothing at all.
 */
export function readErrorBody(text: string | undefined | null): ErrorBody {
  if (text === undefined || text === null || text.trim() === "") return {};
  const json = jsonOf(text);
  if (!isObject(json)) return { message: beginningOf(text) };
  const error = errorIn(json);
  const code = textAt(error, "code") ?? textAt(error, "Code");
  const message = linesOf(error).join("\n");
  return { ...(code === undefined ? {} : { code }), ...(message === "" ? {} : { message }) };
}

/** The details of an error body, one by one; none where it holds none that can be read. */
export function readErrorDetails(text: string | undefined | null): readonly ErrorDetail[] {
  const json = jsonOf(text ?? "");
  return isObject(json) ? detailsOf(errorIn(json)) : [];
}

/** The error of a body: in the member that names it, or the body itself. */
export function errorIn(body: JsonObject): JsonObject {
  return [body["error"], body["Error"]].find(isObject) ?? body;
}

/** Resource Graph says what is wrong in the code of a detail, under the code `BadRequest` (https://github.com/Azure/cosmos-explorer/pull/1877). */
export function readDetailCode(text: string | undefined | null): string | undefined {
  return textAt(jsonOf(text ?? ""), "error", "details", 0, "code");
}

/** The beginning of text that is not what it should be: enough to see whose page it is. */
export function beginningOf(text: string): string {
  const flat = text.replaceAll(/\s+/g, " ").trim();
  return flat.length > 300 ? `${flat.slice(0, 300)}…` : flat;
}

/** The JSON that a text is; undefined where it is none. */
export function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined; // That it is no JSON is the answer.
  }
}

/** Details within details are read so deep; Azure's are two deep, and each level costs a call on the stack. */
const maxDetailDepth = 8;

function linesOf(error: unknown, depth = 0): string[] {
  const own = textAt(error, "message") ?? textAt(error, "Message");
  const within = depth < maxDetailDepth ? [...arrayAt(error, "details"), ...arrayAt(error, "Details")] : [];
  const details = within.flatMap((detail) => linesOf(detail, depth + 1));
  return [...new Set([...(own === undefined ? [] : [own]), ...details])];
}
