/** A column of the table of scale sets. */
export type Column =
  | "name"
  | "state"
  | "configuration"
  | "freshness"
  | "image"
  | "region"
  | "subscription"
  | "resourceGroup"
  | "why";
