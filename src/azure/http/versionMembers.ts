import { isObject, type JsonObject } from "../../core/resources/json.ts";

/** A member that we send and that an older version of a contract does not have. */
interface LaterMember {
  /** Lower-cased. */
  readonly type: string;
  readonly path: readonly [string, ...string[]];
  /** The first stable version whose contract has it. */
  readonly since: string;
}

const scaleSets = "microsoft.compute/virtualmachinescalesets";
const upgradePolicy = ["properties", "upgradePolicy"] as const;
const rolling = [...upgradePolicy, "rollingUpgradePolicy"] as const;
const automatic = [...upgradePolicy, "automaticOSUpgradePolicy"] as const;

/**
 * Read from `virtualMachineScaleSet.json` of each stable version in
 * https://github.com/Azure/azure-rest-api-specs/tree/main/specification/compute/resource-manager/Microsoft.Compute/ComputeRP/stable.
 * Of the members that we send only those are here whose first version was seen there: any other is sent as it is, and Azure says what it
 * thinks of it.
 */
const laterMembers: readonly LaterMember[] = [
  { type: scaleSets, path: [...rolling, "maxSurge"], since: "2022-11-01" },
  { type: scaleSets, path: [...rolling, "rollbackFailedInstancesOnPolicyBreach"], since: "2022-11-01" },
  { type: scaleSets, path: [...automatic, "useRollingUpgradePolicy"], since: "2022-08-01" },
  { type: scaleSets, path: [...automatic, "osRollingUpgradeDeferral"], since: "2024-03-01" },
];

export interface Adapted {
  /** Undefined where nothing is left of it. */
  readonly body: JsonObject | undefined;
  /** The names of the members that were taken away. */
  readonly lacking: readonly string[];
}

/** A request's body without the members that `version` of a type's contract lacks. */
export function withoutLacking(type: string, version: string, body: JsonObject): Adapted {
  const lacking: string[] = [];
  let left: JsonObject | undefined = body;
  for (const { type: of, path, since } of laterMembers) {
    if (of !== type || version >= since || left === undefined) continue;
    const without = withoutMember(left, path);
    if (without === left) continue;
    lacking.push(path.at(-1) ?? "");
    left = without;
  }
  return { body: left, lacking };
}

/** The same object where it has no such member; undefined where it had no other. */
function withoutMember(object: JsonObject, [name, ...below]: readonly string[]): JsonObject | undefined {
  const value = name === undefined ? undefined : object[name];
  if (name === undefined || value === undefined) return object;
  const [first, ...rest] = below;
  const inner =
    first === undefined ? undefined : isObject(value) ? withoutMember(value, [first, ...rest]) : value;
  if (inner === value) return object;
  const { [name]: _taken, ...others } = object;
  if (inner !== undefined) return { ...object, [name]: inner };
  return Object.keys(others).length === 0 ? undefined : others;
}
