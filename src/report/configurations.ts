import type { IdKey } from "../core/resources/ids.ts";
import type { ConfigurationRecord, Snapshot } from "../fleet/snapshot/snapshot.ts";

/** What is known of a configuration, whether a list has it or it was asked for since an assignment names it. */
export function knownConfiguration(
  key: IdKey,
  { configurations, referenced }: Pick<Snapshot, "configurations" | "referenced">,
): Pick<ConfigurationRecord, "resource" | "schedule"> | undefined {
  const asked = referenced.get(key);
  return configurations.get(key) ?? (asked?.state === "found" ? asked : undefined);
}
