/** What of the failures of a scale set changes of ours can mend. */
import type { JsonObject } from "../resources/json.ts";
import { osTypeOf, takesExtensions } from "../resources/scaleSet.ts";
import { blockers, type Finding, type Repair } from "./rule.ts";

/** A repair that can be offered: Azure turns Windows Update off along with upgrades, so that this one is made only where Azure has refused. */
export type OfferedRepair = Exclude<Repair, "automaticUpdatesOff">;

interface Judged {
  readonly resource: JsonObject;
  readonly findings: readonly Finding[];
}

/** The change of ours that mends a failure of a set; undefined for what is met or unknown, and for what is to be mended elsewhere. */
export function repairOf({ status, repair }: Finding, { resource }: Judged): OfferedRepair | undefined {
  if (status !== "fail" || repair === undefined || repair === "automaticUpdatesOff") return undefined;
  // Which extension it would be follows from the system, and not every set takes one.
  const takesHealth = osTypeOf(resource) !== undefined && takesExtensions(resource);
  return repair === "healthExtension" && !takesHealth ? undefined : repair;
}

/** What has to be mended before Azure lets upgrades be on; undefined where a part of it can't be mended by changes of ours. */
export function requiredRepairs(set: Judged): ReadonlySet<OfferedRepair> | undefined {
  const repairs = blockers(set.findings).map((finding) => repairOf(finding, set));
  const known = repairs.filter((repair) => repair !== undefined);
  return known.length === repairs.length ? new Set(known) : undefined;
}
