/** The members of a scale set's upgrade policy that the user may set, as data: where each stands on the wire, what it means, what it takes. */
import { automaticUpgrade, rollingUpgrades } from "../../core/eligibility/sources.ts";
import { rollingPercents } from "../../core/resources/rollingPolicy.ts";
import { at, isObject, type Json, type JsonObject } from "../../core/resources/json.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";

export type PolicyMemberName =
  | "mode"
  | "maxBatchInstancePercent"
  | "maxUnhealthyInstancePercent"
  | "maxUnhealthyUpgradedInstancePercent"
  | "pauseTimeBetweenBatches"
  | "enableCrossZoneUpgrade"
  | "prioritizeUnhealthyInstances"
  | "rollbackFailedInstancesOnPolicyBreach"
  | "maxSurge"
  | "useRollingUpgradePolicy"
  | "disableAutomaticRollback"
  | "osRollingUpgradeDeferral";

export interface PolicyMember {
  readonly name: PolicyMemberName;
  /** Of the object in `upgradePolicy` that holds it; absent for a member of `upgradePolicy` itself. */
  readonly section?: "rollingUpgradePolicy" | "automaticOSUpgradePolicy";
  readonly label: Message;
  readonly meaning: Message;
  /** What Azure takes it for where it is absent; undefined where Azure has no default. */
  readonly azureDefault: Json | undefined;
  readonly takes:
    | { readonly kind: "percent"; readonly min: number; readonly max: number }
    | { readonly kind: "duration" }
    | { readonly kind: "flag" }
    | { readonly kind: "mode" };
  /** Where Azure says so: short enough to stand below a box. */
  readonly source: Message;
}

/** Of `rollingPolicyContract`, whose address is too long to be read. */
const contract = message("Azure Compute REST contract, version 2020-12-01");
const page = (address: string) => verbatim(address.replace("https://", ""));

const percent = (name: keyof typeof rollingPercents, label: Message, meaning: Message): PolicyMember => ({
  name,
  section: "rollingUpgradePolicy",
  label,
  meaning,
  azureDefault: rollingPercents[name].azureDefault,
  takes: { kind: "percent", ...rollingPercents[name] },
  source: contract,
});

const flag = (
  section: NonNullable<PolicyMember["section"]>,
  name: PolicyMemberName,
  label: Message,
  meaning: Message,
): PolicyMember => ({
  name,
  section,
  label,
  meaning,
  azureDefault: false,
  takes: { kind: "flag" },
  source: page(section === "rollingUpgradePolicy" ? rollingUpgrades : automaticUpgrade),
});

export const policyMembers: readonly PolicyMember[] = [
  percent(
    "maxBatchInstancePercent",
    message("Batch size in percent"),
    message("At most this share of the instances upgrades at the same time."),
  ),
  percent(
    "maxUnhealthyInstancePercent",
    message("Unhealthy instances allowed, in percent"),
    message("No batch starts while more are unhealthy, including those being upgraded."),
  ),
  percent(
    "maxUnhealthyUpgradedInstancePercent",
    message("Unhealthy upgraded instances allowed, in percent"),
    message("The upgrade stops when more of the upgraded instances are unhealthy."),
  ),
  {
    name: "pauseTimeBetweenBatches",
    section: "rollingUpgradePolicy",
    label: message("Pause between batches"),
    meaning: message("How long Azure waits between batches: PT30S, PT5M, PT1H."),
    azureDefault: "PT0S",
    takes: { kind: "duration" },
    source: page(rollingUpgrades),
  },
  flag(
    "rollingUpgradePolicy",
    "enableCrossZoneUpgrade",
    message("Batches across zones"),
    message("On: a batch can span zones. Off: one zone after another."),
  ),
  flag(
    "rollingUpgradePolicy",
    "prioritizeUnhealthyInstances",
    message("Unhealthy instances first"),
    message("Unhealthy instances upgrade before healthy ones."),
  ),
  flag(
    "rollingUpgradePolicy",
    "rollbackFailedInstancesOnPolicyBreach",
    message("Roll back when the policy is broken"),
    message("Restores the earlier model of failed instances. Uniform scale sets only."),
  ),
  flag(
    "rollingUpgradePolicy",
    "maxSurge",
    message("New instances in place of old ones (max surge)"),
    message("Creates new instances before deleting the old ones. Needs quota."),
  ),
  flag(
    "automaticOSUpgradePolicy",
    "useRollingUpgradePolicy",
    message("OS upgrades follow this policy"),
    message("Off: automatic OS upgrades may use Azure's defaults instead of this policy."),
  ),
  flag(
    "automaticOSUpgradePolicy",
    "disableAutomaticRollback",
    message("No automatic rollback"),
    message("An instance that's unhealthy after its upgrade keeps the new disk."),
  ),
  flag(
    "automaticOSUpgradePolicy",
    "osRollingUpgradeDeferral",
    message("OS upgrades wait for approval (experimental)"),
    message("Azure notifies each instance and waits for approval."),
  ),
  {
    name: "mode",
    label: message("Upgrade mode"),
    meaning: message("How instances get a changed model. Automatic OS upgrades don't depend on it."),
    azureDefault: undefined,
    takes: { kind: "mode" },
    source: page(rollingUpgrades),
  },
];

/** What a set has there; undefined where it has nothing. */
export function policyValue(resource: JsonObject, { section, name }: PolicyMember): Json | undefined {
  const path = section === undefined ? [name] : [section, name];
  return at(resource, "properties", "upgradePolicy", ...path);
}

/** The members of `upgradePolicy` with these values, each where it stands on the wire. */
export function policyOf(values: ReadonlyMap<PolicyMember, Json>): JsonObject {
  const policy: Record<string, Json> = {};
  for (const [{ section, name }, value] of values) {
    if (section === undefined) policy[name] = value;
    else {
      const known = policy[section];
      policy[section] = { ...(isObject(known) && known), [name]: value };
    }
  }
  return policy;
}
