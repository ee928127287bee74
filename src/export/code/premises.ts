import { configurationIdOf } from "../../core/associations/link.ts";
import type { Condition } from "../../core/plans/change.ts";
import { setOfAssignment } from "../../core/plans/kinds/association.ts";
import { writable } from "../../core/plans/kinds/configuration.ts";
import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import { modelDefaults } from "../../core/plans/kinds/patch.ts";
import { startOf } from "../../core/upgrades/upgrade.ts";
import type { Change } from "../../core/plans/plan.ts";
import { isAssignmentId, isScaleSetId, nameOf } from "../../core/resources/ids.ts";
import type { Json, JsonObject } from "../../core/resources/json.ts";
import { distinctMembers, leavesOf, valueAt, type Member } from "./members.ts";
import { pathOf } from "./requests.ts";

/** What a script finds where it looks: nothing there, or the values of the members. */
export type State = "nothing" | readonly Json[];

/** Where a script looks, and what it compares. */
export type Look =
  | { readonly at: "resource"; readonly path: string; readonly members: readonly Member[] }
  /** The list of a scale set's associations: a read of one that is missing answers 400. Its value is the configuration's id. */
  | { readonly at: "associations"; readonly path: string; readonly name: string };

/** What a script looks at right before a change, so that it changes only what was reviewed. */
export interface Premise {
  readonly look: Look;
  /** It goes on with any of these. */
  readonly before: "anything" | readonly State[];
  /** It leaves the change out: it is done already. */
  readonly after?: State;
}

/** What else must hold, or the script stops. */
export type Requirement =
  | { readonly must: "be"; readonly id: string; readonly look: Look; readonly states: readonly State[] }
  /** Of the associations on these scale sets none may lead to the configuration but those named. */
  | {
      readonly must: "beUnused";
      readonly id: string;
      readonly sets: readonly {
        readonly id: string;
        readonly path: string;
        readonly named: readonly string[];
      }[];
    };

/** The premise of a change; undefined where it has none or does no harm twice. */
export function premiseOf(change: Change): Premise | undefined {
  return premises[change.kind](change);
}

const premises: Readonly<Record<ChangeKind, (change: Change) => Premise | undefined>> = {
  createResourceGroup: ({ target, after = {} }) => {
    const members = [{ path: ["location"] }];
    return {
      look: { at: "resource", path: pathOf(target, "resources"), members },
      before: ["nothing"],
      after: statesOf(after, members),
    };
  },
  registerProvider: () => undefined,
  createConfiguration: ({ target, after = {} }) => {
    const members = leavesOf(after);
    return {
      look: { at: "resource", path: pathOf(target, "maintenance"), members },
      before: ["nothing"],
      after: statesOf(after, members),
    };
  },
  updateConfiguration: ({ target, before, after = {} }) => {
    const members = configurationMembers(before, after);
    return {
      look: { at: "resource", path: pathOf(target, "maintenance"), members },
      before: before === undefined ? "anything" : [statesOf(before, members)],
      after: statesOf(after, members),
    };
  },
  deleteConfiguration: ({ target, before }) => {
    const members = configurationMembers(before, {});
    return {
      look: { at: "resource", path: pathOf(target, "maintenance"), members },
      before: before === undefined ? "anything" : [statesOf(before, members)],
      after: "nothing",
    };
  },
  associate: ({ target, before, after = {} }) => ({
    look: associationLook(target),
    before: [before === undefined ? "nothing" : [configurationIdOf(before) ?? null]],
    after: [configurationIdOf(after) ?? null],
  }),
  dissociate: ({ target, before }) => ({
    look: associationLook(target),
    before: before === undefined ? "anything" : [[configurationIdOf(before) ?? null]],
    after: "nothing",
  }),
  setUpgradePolicy: patched,
  setImageReference: patched,
  setAutomaticUpdates: patched,
  setPatchSettings: patched,
  addHealthExtension: ({ target, after = {} }) => {
    const members = leavesOf(after);
    return {
      look: { at: "resource", path: pathOf(target, "compute"), members },
      before: ["nothing"],
      after: statesOf(after, members),
    };
  },
  updateInstances: () => undefined,
  startUpgrade: ({ target, before }) => {
    const began = startOf(before);
    const look = latestUpgrade(target, before === undefined ? [status("code")] : runningStatus);
    if (before === undefined) return { look, before: ["nothing", ...ended.map((code) => [code])] };
    if (began === undefined) return { look, before: ["nothing"] };
    return { look, before: ended.map((code) => [began, code]) };
  },
  cancelUpgrade: ({ target, before }) => {
    const began = startOf(before);
    const only = began === undefined ? [] : [began];
    return {
      look: latestUpgrade(target, began === undefined ? [status("code")] : runningStatus),
      before: running.map((code) => [...only, code]),
      after: [...only, "Cancelled"],
    };
  },
  approveUpgrade: () => undefined,
};

/** Of a PATCH only the members that it sets are compared. */
function patched({ target, before, after = {} }: Change): Premise {
  const members = leavesOf(after).map((member) => {
    const standard = valueAt(modelDefaults, member);
    return standard === null ? member : { ...member, standard };
  });
  return {
    look: { at: "resource", path: pathOf(target, "compute"), members },
    before: [statesOf(before, members)],
    after: statesOf(after, members),
  };
}

function statesOf(resource: JsonObject | undefined, members: readonly Member[]): readonly Json[] {
  return members.map((member) => valueAt(resource, member));
}

/** All that a user can write, and how many tags and extension properties there are: what someone has added counts too. */
function configurationMembers(before: JsonObject | undefined, after: JsonObject): readonly Member[] {
  const properties = ["maintenanceScope", "visibility", "namespace"].map((name) => ["properties", name]);
  const window = ["startDateTime", "expirationDateTime", "duration", "timeZone", "recurEvery"].map((name) => [
    ...["properties", "maintenanceWindow", name],
  ]);
  // Some of Azure's answers lack the end that it gives to a configuration without one.
  const standards: JsonObject = { expirationDateTime: "9999-12-31 23:59:59" };
  const known = [["location"], ...properties, ...window].map((path): Member => {
    const standard = standards[path.at(-1) ?? ""];
    return standard === undefined ? { path } : { path, standard };
  });
  const counts = [["tags"], ["properties", "extensionProperties"]].map((path): Member => ({
    path,
    isCount: true,
  }));
  return distinctMembers(leavesOf(writable(before ?? {})), leavesOf(after), known, counts);
}

function associationLook(id: string): Look {
  return { at: "associations", path: associationsOf(setOfAssignment(id)), name: nameOf(id) };
}

/** The address of the list of a scale set's associations. */
export function associationsOf(setId: string): string {
  return pathOf(`${setId}/providers/Microsoft.Maintenance/configurationAssignments`, "maintenance");
}

const status = (name: string): Member => ({ path: ["properties", "runningStatus", name] });
const runningStatus = [status("startTime"), status("code")];
/** Codes of an upgrade that runs, and of one that does not. */
const running = ["RollingForward", "RollingBack"];
const ended = ["Completed", "Cancelled", "Faulted"];

function latestUpgrade(setId: string, members: readonly Member[]): Look {
  return { at: "resource", path: pathOf(`${setId}/rollingUpgrades/latest`, "compute"), members };
}

/** What must hold beside the premise. */
export function requirementsOf({ provided = [] }: Change): readonly Requirement[] {
  return provided.map(requirementOf);
}

function requirementOf(condition: Condition): Requirement {
  const { id } = condition;
  switch (condition.is) {
    case "gone":
      return { must: "be", id, look: whether(id), states: ["nothing"] };
    case "there":
      return { must: "be", id, look: whether(id), states: [[nameOf(id)]] };
    case "off": {
      const path = ["properties", "upgradePolicy", "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade"];
      const look: Look = {
        at: "resource",
        path: pathOf(id, "compute"),
        members: [{ path, standard: false }],
      };
      return { must: "be", id, look, states: ["nothing", [false]] };
    }
    case "associated":
      return { must: "be", id, look: associationLook(id), states: [[condition.configurationId]] };
    case "unused": {
      const sets = condition.scaleSets.map((set) => ({
        id: set,
        path: associationsOf(set),
        named: condition.named
          .filter((one) => setOfAssignment(one).toLowerCase() === set.toLowerCase())
          .map(nameOf),
      }));
      return { must: "beUnused", id, sets };
    }
  }
}

/** Whether there is a scale set, a configuration or an association. */
function whether(id: string): Look {
  if (isAssignmentId(id)) return associationLook(id);
  const path = pathOf(id, isScaleSetId(id) ? "compute" : "maintenance");
  return { at: "resource", path, members: [{ path: ["name"] }] };
}
