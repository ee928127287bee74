import { configurationIdOf } from "../../core/associations/link.ts";
import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import type { Change } from "../../core/plans/plan.ts";
import { nameOf } from "../../core/resources/ids.ts";
import { at, isObject } from "../../core/resources/json.ts";
import type { Json, JsonObject } from "../../core/resources/json.ts";
import { leavesOf } from "../../core/resources/leaves.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";

/** What a change makes of one value. */
export interface ValueChange {
  readonly name: Message;
  readonly before: Message;
  readonly after: Message;
}

/**
 * What a change makes of each value, before and after, in words. Of a PATCH only what it sets, since the rest stays. None of actions, which set no
 * value, and of a change whose request was not kept.
 */
export function valueChanges(change: Change): readonly ValueChange[] {
  return valuesOf[change.kind](change);
}

type Values = (change: Change) => readonly ValueChange[];

const none: Values = () => [];

/** A PATCH or a new resource below a scale set: what it sets. */
const set: Values = ({ before = {}, after = {} }) =>
  leavesOf(after)
    // What names the resource itself says nothing of its values.
    .filter(({ path }) => path.length > 1)
    .map(({ path, value }) => ({ path, was: at(before, ...path), value }))
    .filter(({ was, value }) => !isSame(was, value))
    .map(({ path, was, value }) => valueChange(path, was, value));

/** A PUT or a deletion of a configuration: all that differs. */
const whole: Values = ({ before = {}, after = {} }) => {
  const [was, is] = [own(before), own(after)];
  const paths = new Map([...leavesOf(was), ...leavesOf(is)].map(({ path }) => [path.join("\n"), path]));
  return [...paths.values()]
    .map((path) => ({ path, was: at(was, ...path), is: at(is, ...path) }))
    .filter(({ was: one, is: other }) => !isSame(one, other))
    .map(({ path, was: one, is: other }) => valueChange(path, one, other));
};

const leadsTo: Values = ({ before, after }) => {
  const [was, is] = [before, after].map((body) => {
    const id = body && configurationIdOf(body);
    return id === undefined ? nothing : verbatim(nameOf(id));
  });
  if (was === undefined || is === undefined || (was === nothing && is === nothing)) return [];
  return [{ name: message("Configuration"), before: was, after: is }];
};

const valuesOf: Readonly<Record<ChangeKind, Values>> = {
  createResourceGroup: ({ after }) => {
    const region = at(after, "location");
    return region === undefined ? [] : [valueChange(["location"], undefined, region)];
  },
  registerProvider: none,
  createConfiguration: whole,
  updateConfiguration: whole,
  deleteConfiguration: whole,
  associate: leadsTo,
  dissociate: leadsTo,
  setUpgradePolicy: set,
  setImageReference: set,
  setAutomaticUpdates: set,
  setPatchSettings: set,
  addHealthExtension: set,
  updateInstances: none,
  startUpgrade: none,
  cancelUpgrade: none,
  approveUpgrade: none,
};

const nothing = message("none");

/** What a user can write of a configuration. */
function own({ location, tags, properties }: JsonObject): JsonObject {
  const { maintenanceScope, visibility, maintenanceWindow } = isObject(properties) ? properties : {};
  const written = { location, tags, maintenanceScope, visibility, maintenanceWindow };
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
}

function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function valueChange(path: readonly string[], was: Json | undefined, is: Json | undefined): ValueChange {
  return { name: nameIn(path), before: inWords(was), after: inWords(is) };
}

function nameIn(path: readonly string[]): Message {
  const last = path.at(-1) ?? "";
  return path[0] === "tags" ? message("Tag {0}", last) : (names[last] ?? verbatim(last));
}

function inWords(value: Json | undefined): Message {
  if (value === undefined || value === null) return message("not set");
  if (typeof value === "boolean") return value ? message("on") : message("off");
  return verbatim(typeof value === "string" ? value : JSON.stringify(value));
}

/** What the flows call a member. */
const names: Readonly<Record<string, Message>> = {
  location: message("Region"),
  maintenanceScope: message("Scope"),
  visibility: message("Visibility"),
  startDateTime: message("Start"),
  expirationDateTime: message("Expiry"),
  duration: message("Duration"),
  timeZone: message("Time zone"),
  recurEvery: message("Recurrence"),
  mode: message("Upgrade mode"),
  enableAutomaticOSUpgrade: message("Automatic OS upgrades"),
  disableAutomaticRollback: message("No automatic rollback"),
  useRollingUpgradePolicy: message("OS upgrades follow this policy"),
  osRollingUpgradeDeferral: message("OS upgrades wait for approval (experimental)"),
  maxBatchInstancePercent: message("Batch size in percent"),
  maxUnhealthyInstancePercent: message("Unhealthy instances allowed, in percent"),
  maxUnhealthyUpgradedInstancePercent: message("Unhealthy upgraded instances allowed, in percent"),
  pauseTimeBetweenBatches: message("Pause between batches"),
  enableCrossZoneUpgrade: message("Batches across zones"),
  prioritizeUnhealthyInstances: message("Unhealthy instances first"),
  rollbackFailedInstancesOnPolicyBreach: message("Roll back when the policy is broken"),
  maxSurge: message("New instances in place of old ones (max surge)"),
  version: message("Image version"),
  enableAutomaticUpdates: message("Windows Update"),
  patchMode: message("Patch mode"),
};
