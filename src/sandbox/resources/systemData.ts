import type { JsonObject } from "../json.ts";
import { megan } from "../fleet/accounts.ts";

/** Who created and last changed a resource, and when: always the user whom the sandbox's own token stands for. */
export function systemData(created: string, modified: string): JsonObject {
  return {
    createdBy: megan.name,
    createdByType: "User",
    createdAt: created,
    lastModifiedBy: megan.name,
    lastModifiedByType: "User",
    lastModifiedAt: modified,
  };
}
