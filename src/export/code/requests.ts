import { configurationIdOf } from "../../core/associations/link.ts";
import { setOfAssignment } from "../../core/plans/kinds/association.ts";
import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import type { Change } from "../../core/plans/plan.ts";
import { isSameJson, textAt, type JsonObject } from "../../core/resources/json.ts";
import { apiVersions } from "./apiVersions.ts";

/** The request of a change, as all languages send it that send requests. */
export interface CodeRequest {
  readonly method: "PUT" | "PATCH" | "POST" | "DELETE";
  /** Below Resource Manager, percent-encoded, with the version of the contract. */
  readonly path: string;
  readonly body?: JsonObject;
}

/** Verb, what follows the target in the address, and the contract. */
type Shape = readonly [CodeRequest["method"], string, keyof typeof apiVersions];

const shapes: Readonly<Record<ChangeKind, Shape>> = {
  createResourceGroup: ["PUT", "", "resources"],
  registerProvider: ["POST", "/register", "resources"],
  createConfiguration: ["PUT", "", "maintenance"],
  updateConfiguration: ["PUT", "", "maintenance"],
  deleteConfiguration: ["DELETE", "", "maintenance"],
  associate: ["PUT", "", "maintenance"],
  dissociate: ["DELETE", "", "maintenance"],
  setUpgradePolicy: ["PATCH", "", "compute"],
  setImageReference: ["PATCH", "", "compute"],
  setAutomaticUpdates: ["PATCH", "", "compute"],
  setPatchSettings: ["PATCH", "", "compute"],
  addHealthExtension: ["PUT", "", "compute"],
  updateInstances: ["POST", "/manualupgrade", "compute"],
  startUpgrade: ["POST", "/osRollingUpgrade", "compute"],
  cancelUpgrade: ["POST", "/rollingUpgrades/cancel", "compute"],
  approveUpgrade: ["POST", "/approveRollingUpgrade", "compute"],
};

/** The request that a change sends. */
export function requestOf({ kind, target, after }: Change): CodeRequest {
  const [method, below, contract] = shapes[kind];
  return { method, path: pathOf(`${target}${below}`, contract), ...(after && { body: after }) };
}

/** The address of a resource, percent-encoded: names of resource groups may hold any letter. */
export function pathOf(id: string, contract: keyof typeof apiVersions): string {
  const segments = id.split("/").map(encodeURIComponent);
  return `${segments.join("/")}?api-version=${apiVersions[contract]}`;
}

/** What a new association says, if it says no more than the commands of PowerShell and Azure CLI can send. */
export function plainAssociation({ target, after }: Change) {
  const location = textAt(after, "location");
  const configurationId = configurationIdOf(after ?? {});
  const resourceId = setOfAssignment(target);
  const properties = { maintenanceConfigurationId: configurationId, resourceId };
  return location !== undefined &&
    configurationId !== undefined &&
    isSameJson(after, { location, properties })
    ? { location, configurationId, resourceId }
    : undefined;
}
