import { megan } from "../fleet/contoso.ts";
import type { Call } from "../http/call.ts";
import { type JsonObject, textAt } from "../json.ts";

/** Who created and last changed a resource, and when: always the user whom the sandbox's own token stands for. */
export function createdAndModified(created: string, modified: string = created): JsonObject {
  return {
    createdBy: megan.name,
    createdByType: "User",
    createdAt: created,
    lastModifiedBy: megan.name,
    lastModifiedByType: "User",
    lastModifiedAt: modified,
  };
}

/** That of a resource which a request changes now, or makes where there is none `before`. */
export function systemData(
  { clock }: Call,
  before: { readonly systemData?: unknown } | undefined,
): JsonObject {
  return createdAndModified(textAt(before, "systemData", "createdAt") ?? clock.instant, clock.instant);
}
