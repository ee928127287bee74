import type { OperationOptions } from "@azure-rest/core-client";
import { at, isObject, type JsonObject, textAt } from "../../core/resources/json.ts";
import { message } from "../../core/text/message.ts";
import { AzureError } from "../errors/errors.ts";

/** A list is left where it goes on after so many pages: Azure's have a few, and one whose next link always differs would never end. */
export const maxPages = 1000;

/** One call of an SDK client with the given options. */
export type SdkCall = (options: OperationOptions) => PromiseLike<unknown>;

/**
 * Makes an SDK's call and returns its answer as it stood on the wire. The SDK's own result is not used: its models drop members that
 * they do not know and flatten the rest, and building them throws where an item of a list is malformed.
 */
export async function wireOf(call: SdkCall, signal?: AbortSignal): Promise<unknown> {
  let answer: { readonly body: unknown } | undefined;
  try {
    await call({
      ...(signal === undefined ? {} : { abortSignal: signal }),
      onResponse: ({ parsedBody }, error) => {
        if (error === undefined) answer = { body: parsedBody };
      },
    });
  } catch (error) {
    // With an answer at hand, what failed is the building of the model from it. Without one, the call itself did.
    if (answer === undefined) throw error;
  }
  return answer?.body;
}

/** The same for a call that answers with one resource. */
export async function resourceOf(call: SdkCall, signal?: AbortSignal): Promise<JsonObject> {
  const body = await wireOf(call, signal);
  if (!isObject(body)) throw unexpectedForm();
  return body;
}

/**
 * All items of a list as they stand on the wire, malformed ones included. Only the first page comes through an SDK's list call
 * (`firstPage` is `() => wireOf(…)`): for the next ones the SDKs pass on neither the signal nor `onResponse`.
 */
export async function itemsOf(
  firstPage: () => Promise<unknown>,
  follow: (link: string) => Promise<unknown>,
): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  const followed = new Set<string>();
  let page = await firstPage();
  for (;;) {
    const value = at(page, "value");
    if (!Array.isArray(value)) throw unexpectedForm();
    for (const item of value) items.push(item);
    const link = textAt(page, "nextLink");
    if (link === undefined) return items;
    if (followed.has(link)) throw unexpectedForm();
    // The first page followed no link.
    if (followed.size + 1 >= maxPages) throw endless();
    followed.add(link);
    page = await follow(link);
  }
}

/** Items that must all be objects: where one that is not would be read as "nothing there". */
export function objectsOf(items: readonly unknown[]): readonly JsonObject[] {
  if (!items.every(isObject)) throw unexpectedForm();
  return items;
}

function unexpectedForm(): AzureError {
  return new AzureError({
    kind: "malformed",
    summary: message("Azure's answer doesn't have the documented form."),
    wayOut: message("Try again. If it keeps failing, give Microsoft support the request ID from the log."),
  });
}

/** A list of which there is no end in sight: what was read of it is no list of all that there is. */
export function endless(): AzureError {
  return new AzureError({
    kind: "malformed",
    summary: message("The list has more than {0} pages, so it wasn't read.", maxPages),
    wayOut: message("Try again. If it keeps failing, give Microsoft support the request ID from the log."),
  });
}
