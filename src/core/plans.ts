import { assignmentId, idKey, nameOf } from "./ids.ts";
import type { ScaleSetId } from "./ids.ts";
import { textAt } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { message } from "./message.ts";
import type { Message } from "./message.ts";
import type { Change, ChangeKind, LeftOut, Plan } from "./plan.ts";

/** A scale set as the fleet holds it. */
export interface ScaleSetLike {
  readonly id: string;
  readonly resource: JsonObject;
}

/** What one wish asks of one target: the changes, and what is left as it is and why. */
export interface PlanPart {
  readonly changes: readonly Change[];
  readonly leftOut: readonly LeftOut[];
  readonly warnings: readonly Message[];
}

export interface Picking {
  /** The user picked this very set: then one that another service manages is not left out. */
  readonly oneByOne?: boolean;
  /** She was told what blocks the set and wants it sent all the same. */
  readonly tryAnyway?: boolean;
}

function change(
  kind: ChangeKind,
  target: string,
  title: Message,
  rest: Pick<Change, "before" | "after">,
): Change {
  return { id: `${kind}:${idKey(target)}`, kind, target, title, ...rest, needs: [] };
}

export function createResourceGroup(id: string, location: string): Change {
  return change("createResourceGroup", id, message("Create resource group {0}", nameOf(id)), {
    after: { location },
  });
}

/** `body`: the whole resource as PUT, with `location`, `tags` and `properties`. */
export function createConfiguration(id: string, body: JsonObject): Change {
  return change("createConfiguration", id, message("Create maintenance configuration {0}", nameOf(id)), {
    after: body,
  });
}

/**
 * Associates a set with a configuration, in place of the OSImage configuration that it has.
 * `scopeOf` gives the scope of a configuration by id, undefined where it is not known.
 */
export function associate(
  scaleSet: ScaleSetLike,
  configuration: { readonly id: string },
  _assignmentsNow: readonly JsonObject[],
  _scopeOf: (configurationId: string) => string | undefined,
  _picking: Picking = {},
): PlanPart {
  const target = assignmentId(scaleSet.id as ScaleSetId, nameOf(configuration.id));
  const location = textAt(scaleSet.resource, "location");
  const after: JsonObject = {
    ...(location === undefined ? {} : { location }),
    properties: { maintenanceConfigurationId: configuration.id, resourceId: scaleSet.id },
  };
  const title = message(
    "Associate scale set {0} with maintenance configuration {1}",
    nameOf(scaleSet.id),
    nameOf(configuration.id),
  );
  return { changes: [change("associate", target, title, { after })], leftOut: [], warnings: [] };
}

/** `assignment` as Azure returned it; its id names the scale set. */
export function dissociate(assignment: JsonObject): Change {
  const id = textAt(assignment, "id") ?? "";
  return change("dissociate", id, message("Remove association {0}", nameOf(id)), { before: assignment });
}

/** Turns automatic OS upgrades on or off by the smallest PATCH. */
export function setAutomaticUpgrades(scaleSet: ScaleSetLike, on: boolean, _picking: Picking = {}): PlanPart {
  const after = {
    properties: { upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: on } } },
  };
  const title = on
    ? message("Enable automatic OS upgrades on scale set {0}", nameOf(scaleSet.id))
    : message("Disable automatic OS upgrades on scale set {0}", nameOf(scaleSet.id));
  return { changes: [change("setUpgradePolicy", scaleSet.id, title, { after })], leftOut: [], warnings: [] };
}

/** Puts changes together, each told which others it needs: group → configuration → associate → enable; disable → dissociate. */
export function planOf(
  title: Message,
  changes: readonly Change[],
  leftOut: readonly LeftOut[] = [],
  warnings: readonly Message[] = [],
): Plan {
  return { title, changes, leftOut, warnings };
}
