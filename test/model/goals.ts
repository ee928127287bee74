/** What each kind of change wants of the world, in the model's own words: nothing here asks the product. */
import type { Change } from "../../src/core/plans/plan.ts";
import type { ChangeKind } from "../../src/core/plans/kinds/kinds.ts";
import type { Entry, Exchange, History } from "./world/history.ts";
import { capacity, extensionsOf } from "./world/reads.ts";
import { contains, isMembers, textAt, type Members, type WorldState } from "./world/state.ts";

/** Whether a state shows what a change wanted. An upgrade that was started: see `isStarted`. */
export function isShown({ kind, target, before, after = {} }: Change, state: WorldState): boolean {
  const key = target.toLowerCase();
  const set = state.scaleSets.get(key);
  const wanted = after as Members;
  switch (kind) {
    case "associate":
      return (
        state.assignments.get(key)?.configurationId ===
        textAt(wanted, "properties", "maintenanceConfigurationId").toLowerCase()
      );
    case "dissociate":
      return !state.assignments.has(key);
    case "createResourceGroup":
      return state.groups.has(key);
    case "registerProvider":
      return true;
    case "createConfiguration":
    case "updateConfiguration":
      return hasConfiguration(state, key, wanted, kind === "updateConfiguration" ? (before as Members) : {});
    case "deleteConfiguration":
      return !state.configurations.has(key);
    case "updateInstances":
      return set?.upToDate === capacity;
    case "cancelUpgrade":
      return set?.upgrade?.code === "Cancelled";
    case "addHealthExtension": {
      const [id = "", name] = key.split("/extensions/");
      const of = state.scaleSets.get(id);
      return of !== undefined && extensionsOf(of).some((one) => textAt(one, "name").toLowerCase() === name);
    }
    case "startUpgrade":
    case "approveUpgrade":
      return set?.upgrade !== undefined;
    default:
      return contains(set?.properties, wanted["properties"]);
  }
}

/** All that is wanted, and nothing of what was taken away. */
function hasConfiguration(state: WorldState, key: string, wanted: Members, before: Members): boolean {
  const found = state.configurations.get(key);
  if (found === undefined) return false;
  const { location: _region, ...parts } = wanted;
  const namesOf = (value: unknown) =>
    Object.keys(isMembers(value) ? value : {}).map((name) => name.toLowerCase());
  const kept = new Set(namesOf(wanted["tags"]));
  const taken = namesOf(before["tags"]).filter((name) => !kept.has(name));
  const tags = new Set(namesOf(found.tags));
  return contains(found as unknown as Members, parts) && taken.every((name) => !tags.has(name));
}

/** Whether an exchange is the write of a change. */
export function isWriteOf({ kind, target, after }: Change, { method, path, body }: Exchange): boolean {
  const { verb, below = "" } = calls[kind];
  if (method !== verb || path !== `${target}${below}`.toLowerCase()) return false;
  // Several changes may patch one set.
  return verb !== "PATCH" || body === undefined || contains(JSON.parse(body) as Members, after as Members);
}

const put = { verb: "PUT" };
const patch = { verb: "PATCH" };
const calls: Readonly<Record<ChangeKind, { readonly verb: string; readonly below?: string }>> = {
  createResourceGroup: put,
  registerProvider: { verb: "POST", below: "/register" },
  createConfiguration: put,
  updateConfiguration: put,
  deleteConfiguration: { verb: "DELETE" },
  associate: put,
  dissociate: { verb: "DELETE" },
  setUpgradePolicy: patch,
  setImageReference: patch,
  setAutomaticUpdates: patch,
  setPatchSettings: patch,
  addHealthExtension: put,
  updateInstances: { verb: "POST", below: "/manualupgrade" },
  startUpgrade: { verb: "POST", below: "/osrollingupgrade" },
  cancelUpgrade: { verb: "POST", below: "/rollingupgrades/cancel" },
  approveUpgrade: { verb: "POST", below: "/approverollingupgrade" },
};

/** The changes of the world that one of these requests made. */
export function effectsOf(history: History, writes: readonly Exchange[]): readonly Entry[] {
  const numbers = new Set(writes.map(({ number }) => number));
  return history.entries.filter(({ by }) => typeof by === "object" && numbers.has(by.request));
}
