import { arrayAt, isObject, objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";

/** One of the `details` of an error of Azure's: of one instance, or the cause of the whole; see `detailsOf`. */
export interface ErrorDetail {
  readonly code?: string;
  readonly message?: string;
  /** What it is about, as Azure names it: the number of an instance, an id, a namespace. */
  readonly target?: string;
}

/** Details within details are read so deep; Azure's are two deep, and each level costs a call on the stack. */
const maxDetailDepth = 8;

/**
 * The `details` of an error, each before those that it holds itself. What says nothing is left out.
 */
export function detailsOf(error: JsonObject | undefined, depth = 1): readonly ErrorDetail[] {
  if (error === undefined || depth > maxDetailDepth) return [];
  const listed = [...arrayAt(error, "details"), ...arrayAt(error, "Details")].filter(isObject);
  return listed.flatMap((detail) => {
    return [...said(partsOf(detail)), ...detailsOf(detail, depth + 1), ...quoted(detail, depth + 1)];
  });
}

/** Resource Manager quotes the whole answer of another service as the text of a message: what that says is a detail too. */
function quoted(detail: JsonObject, depth: number): readonly ErrorDetail[] {
  const { message = "" } = partsOf(detail);
  if (depth > maxDetailDepth || !/^\s*\{/.test(message)) return [];
  try {
    const answer: unknown = JSON.parse(message);
    const error = objectAt(answer, "error") ?? objectAt(answer, "Error");
    return [...said(partsOf(error)), ...detailsOf(error, depth + 1)];
  } catch {
    return []; // That it is no JSON is the answer: it is words.
  }
}

function said(parts: ErrorDetail): readonly ErrorDetail[] {
  return Object.keys(parts).length === 0 ? [] : [parts];
}

/**
 * What an error or one of its details says itself. Members are read in both of the casings that Azure's services write
 * (https://github.com/hashicorp/terraform-provider-azurerm/issues/29738).
 */
export function partsOf(error: JsonObject | undefined): ErrorDetail {
  const code = textAt(error, "code") ?? textAt(error, "Code");
  const message = textAt(error, "message") ?? textAt(error, "Message");
  const target = textAt(error, "target") ?? textAt(error, "Target");
  return {
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
    ...(target !== undefined && { target }),
  };
}

/** On one line, in Azure's own words: "The extension failed. (VMExtensionProvisioningError, 3)". */
export function detailText({ code, message, target }: ErrorDetail): string {
  const names = [code, target].filter((part) => part !== undefined).join(", ");
  if (message === undefined) return names;
  return names === "" ? message : `${message} (${names})`;
}
