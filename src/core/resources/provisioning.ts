import { textAt } from "./json.ts";
import type { JsonObject } from "./json.ts";

/** What Azure says of its last work on a resource, such as `Succeeded` or `Updating`. */
export function provisioningStateOf(resource: JsonObject | undefined): string | undefined {
  return textAt(resource, "properties", "provisioningState");
}

/** Whether Azure has ended its work on a resource, well or not. A state that is not known counts as settled: nothing would end it. */
export function isSettled(resource: JsonObject | undefined): boolean {
  return !/^(creating|updating|deleting|migrating)$/i.test(provisioningStateOf(resource) ?? "");
}
