import type { JsonObject } from "../../core/resources/json.ts";

/** What a direct read of Azure showed after a write. */
export type ReadBack =
  /** One configuration, scale set or assignment by its id; without `resource` it does not exist. Other ids change nothing. */
  | { readonly kind: "resource"; readonly id: string; readonly resource: JsonObject | undefined }
  /** All assignments of one scale set. */
  | {
      readonly kind: "assignments";
      readonly scaleSetId: string;
      readonly assignments: readonly JsonObject[];
    };
