import { arrayAt, isObject, textAt } from "../resources/json.ts";
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
 * The `details` of an error, each before those that it holds itself. Members are read in both of the casings that Azure's services write
 * (https://github.com/hashicorp/terraform-provider-azurerm/issues/29738); what says nothing is left out.
 */
export function detailsOf(error: JsonObject | undefined, depth = 1): readonly ErrorDetail[] {
  if (error === undefined || depth > maxDetailDepth) return [];
  const listed = [...arrayAt(error, "details"), ...arrayAt(error, "Details")].filter(isObject);
  return listed.flatMap((detail) => {
    const code = textAt(detail, "code") ?? textAt(detail, "Code");
    const message = textAt(detail, "message") ?? textAt(detail, "Message");
    const target = textAt(detail, "target") ?? textAt(detail, "Target");
    const own: ErrorDetail = {
      ...(code !== undefined && { code }),
      ...(message !== undefined && { message }),
      ...(target !== undefined && { target }),
    };
    const saysNothing = code === undefined && message === undefined && target === undefined;
    return [...(saysNothing ? [] : [own]), ...detailsOf(detail, depth + 1)];
  });
}

/** On one line, in Azure's own words: "The extension failed. (VMExtensionProvisioningError, 3)". */
export function detailText({ code, message, target }: ErrorDetail): string {
  const names = [code, target].filter((part) => part !== undefined).join(", ");
  if (message === undefined) return names;
  return names === "" ? message : `${message} (${names})`;
}
