import { change, type Condition } from "./change.ts";
import { eligibility } from "../eligibility/eligibility.ts";
import { blockers } from "../eligibility/rule.ts";
import type { EligibilityFacts } from "../eligibility/facts.ts";
import { assignmentId, nameOf, sameId } from "../resources/ids.ts";
import { objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { configurationIdOf } from "../associations/link.ts";
import { joined, message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import { keepingWindowsUpdate } from "./kinds/automaticUpgrades.ts";
import { association, associationAsItWas } from "./kinds/association.ts";
import { dissociate, dissociateWhile } from "./kinds/dissociate.ts";
import type { Change, LeftOut } from "./plan.ts";
import { managedByOf } from "../resources/managedBy.ts";
import { automaticUpgradesOf } from "../resources/scaleSet.ts";
import { osImageScope } from "../windows/window.ts";
import { turnedOffByAzure } from "./windowsUpdate.ts";

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
  /** What is known of the set beside its model. */
  readonly facts?: EligibilityFacts;
}

/** What the review of enabling showed: the association and the configuration whose windows hold the upgrades, or that there is none. */
export type EnablingWindow = { readonly associationId: string; readonly configurationId: string } | "none";

/** What must still be there when upgrades are turned on in a window; nothing where the user has confirmed that there is none. */
export function inWindow(window: EnablingWindow | undefined): Pick<Change, "provided"> {
  return window === undefined || window === "none" ? {} : { provided: windowConditions(window) };
}

/** What a window hangs on. */
export function windowConditions({
  associationId,
  configurationId,
}: Exclude<EnablingWindow, "none">): readonly Condition[] {
  return [
    { is: "associated", id: associationId, configurationId },
    { is: "there", id: configurationId },
  ];
}

function leaveOut(target: string, reason: Message): PlanPart {
  return { changes: [], leftOut: [{ target, reason }], warnings: [] };
}

export function createResourceGroup(id: string, location: string): Change {
  return change("createResourceGroup", id, message("Create resource group {0}", nameOf(id)), {
    after: { location },
  });
}

/**
 * Associates a set with a configuration, in place of the OSImage configurations that it has: the new association first, so that
 * the set is never without a window. The association is named after the configuration, as in Microsoft's tutorials.
 * `scopeOf` gives the scope of a configuration by id, undefined where it is not known.
 */
export function associate(
  scaleSet: ScaleSetLike,
  configuration: { readonly id: string },
  assignmentsNow: readonly JsonObject[],
  scopeOf: (configurationId: string) => string | undefined,
  picking: Picking = {},
): PlanPart {
  const manager = managerOf(scaleSet, picking);
  if (manager !== undefined) return leaveOut(scaleSet.id, manager);
  const target = assignmentId(scaleSet.id, nameOf(configuration.id));
  const held = assignmentsNow.map((assignment) => heldAssignment(assignment, scaleSet.id, scopeOf));
  const wanted = held.find(({ configurationId }) => sameId(configurationId, configuration.id));
  const overwritten = wanted === undefined ? held.find(({ id }) => sameId(id, target)) : undefined;
  if (overwritten !== undefined && !overwritten.isOsImage) {
    const name = nameOf(configuration.id);
    const reason = message(
      "Its assignment “{0}” is for {1}, which might not be an OSImage configuration. A new one would replace it. Use a configuration with another name.",
      name,
      overwritten.configurationId,
    );
    return leaveOut(scaleSet.id, reason);
  }
  const replaced = held.filter((other) => other.isOsImage && other !== wanted && other !== overwritten);
  // Documentation, CLI and Terraform all send the set's location, though answers come without one.
  const location = textAt(scaleSet.resource, "location");
  const added =
    wanted === undefined ? [association(target, configuration.id, location, overwritten?.assignment)] : [];
  // The old one goes only where a read right before shows the new one.
  const stays = windowConditions({
    associationId: wanted?.id ?? target,
    configurationId: configuration.id,
  });
  const removals = replaced.map(({ assignment }) => dissociateWhile(assignment, ...stays));
  const changes = [...added, ...removals];
  if (changes.length === 0) {
    return leaveOut(scaleSet.id, message("Already associated with {0}.", nameOf(configuration.id)));
  }
  const warnings = held
    .filter((other) => other !== wanted && other.scope === undefined)
    .map(({ configurationId }) =>
      message(
        "{0} also has an association with {1} of unknown scope. If that's OSImage, Azure may use only one of the two: remove it.",
        nameOf(scaleSet.id),
        nameOf(configurationId),
      ),
    );
  return { changes, leftOut: [], warnings };
}

/**
 * Moves a set where Azure refuses a second association: the old one goes first, as it was reviewed, and comes back where the new one fails.
 * In between the set has no window. Nothing where the set has no OSImage configuration, or this one already: then `associate` says why.
 */
export function moveInReverse(
  scaleSet: ScaleSetLike,
  configuration: { readonly id: string },
  assignmentsNow: readonly JsonObject[],
  scopeOf: (configurationId: string) => string | undefined,
  picking: Picking = {},
): PlanPart {
  const usual = associate(scaleSet, configuration, assignmentsNow, scopeOf, picking);
  const added = usual.changes.find(({ kind }) => kind === "associate");
  const removals = usual.changes.filter(({ kind }) => kind === "dissociate");
  if (added === undefined || removals.length === 0) return usual;
  const first = removals.map(({ target, before }) => dissociate({ ...before, id: target }));
  const second = { ...added, comesAfter: first.map(({ id }) => id) };
  const restored = first.map(({ target, before = {} }): Change => {
    const change = associationAsItWas(target, before, undefined);
    const title = message(
      "Associate scale set {0} with {1} again if {2} fails",
      nameOf(scaleSet.id),
      nameOf(configurationIdOf(before) ?? ""),
      nameOf(configuration.id),
    );
    return { ...change, title, onFailureOf: second.id };
  });
  const warning = message(
    "{0} has no maintenance window between the two steps. Its upgrades can start at any time.",
    nameOf(scaleSet.id),
  );
  return { ...usual, changes: [...first, second, ...restored], warnings: [...usual.warnings, warning] };
}

interface HeldAssignment {
  readonly id: string;
  readonly assignment: JsonObject;
  /** Empty where the assignment does not say. */
  readonly configurationId: string;
  readonly scope: string | undefined;
  readonly isOsImage: boolean;
}

function heldAssignment(
  assignment: JsonObject,
  scaleSetId: string,
  scopeOf: (configurationId: string) => string | undefined,
): HeldAssignment {
  const id = textAt(assignment, "id") ?? assignmentId(scaleSetId, textAt(assignment, "name") ?? "");
  const configurationId = configurationIdOf(assignment) ?? "";
  const scope = scopeOf(configurationId);
  const isOsImage = scope?.toLowerCase() === osImageScope.toLowerCase();
  return { id, assignment: { ...assignment, id }, configurationId, scope, isOsImage };
}

/**
 * Turns automatic OS upgrades on or off by the smallest PATCH: a PUT would need secrets that no GET returns. `window`: what the review of
 * turning them on showed; a change made without it is sent whatever has become of the set's associations.
 */
export function setAutomaticUpgrades(
  scaleSet: ScaleSetLike,
  on: boolean,
  picking: Picking = {},
  window?: EnablingWindow,
): PlanPart {
  const { id, resource } = scaleSet;
  if (automaticUpgradesOf(resource) === on) {
    return leaveOut(
      id,
      on
        ? message("Automatic OS upgrades are already on.")
        : message("Automatic OS upgrades are already off."),
    );
  }
  const manager = managerOf(scaleSet, picking);
  if (manager !== undefined) return leaveOut(id, manager);
  const blocking = on && picking.tryAnyway !== true ? blockers(eligibility(resource, picking.facts)) : [];
  if (blocking.length > 0) {
    const reasons = blocking.flatMap(({ message: text, fix }) => [text, ...(fix ? [fix] : [])]);
    return leaveOut(id, joined(" ", reasons));
  }

  const title = on
    ? message("Turn on automatic OS upgrades for scale set {0}", nameOf(id))
    : message("Turn off automatic OS upgrades for scale set {0}", nameOf(id));
  const policy = objectAt(resource, "properties", "upgradePolicy", "automaticOSUpgradePolicy");
  const before = policy === undefined ? {} : { before: upgradePolicy(policy) };
  const after = upgradePolicy({ enableAutomaticOSUpgrade: on });
  const switched = change("setUpgradePolicy", id, title, { ...before, after });
  if (!on) return { changes: [switched], leftOut: [], warnings: [] };
  const warning = turnedOffByAzure(scaleSet);
  return {
    changes: [{ ...keepingWindowsUpdate(switched, resource), ...inWindow(window) }],
    leftOut: [],
    warnings: warning === undefined ? [] : [warning],
  };
}

function upgradePolicy(automaticOSUpgradePolicy: JsonObject): JsonObject {
  return { properties: { upgradePolicy: { automaticOSUpgradePolicy } } };
}

/** Why a set that another service manages stays out of a plan; undefined where it need not. */
export function managerOf({ resource }: ScaleSetLike, { oneByOne }: Picking): Message | undefined {
  const manager = managedByOf(resource);
  if (manager === undefined || oneByOne === true) return undefined;
  return message("Managed by {0}. Change it there, or select it alone to change it anyway.", manager);
}
