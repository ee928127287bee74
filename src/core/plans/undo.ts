import { change as changeOf } from "./change.ts";
import {
  deleteConfiguration,
  sameConfiguration,
  updateConfiguration,
  withoutPeople,
} from "./configurationPlans.ts";
import { nameOf, parseId, sameId } from "../resources/ids.ts";
import { sameJson, shapedLike, whyNoInverse } from "./inverses.ts";
import { isObject, objectAt, textAt } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import { configurationIdOf } from "../associations/link.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import type { Change, ChangeResult } from "./plan.ts";
import { dissociate } from "./plans.ts";
import { startAnew } from "../windows/pausing.ts";

/** What a direct read shows of a change's target now. */
export type Now =
  | { readonly resource: JsonObject }
  | "gone"
  /** It could not be read, for this reason. */
  | { readonly unread: Message };

/** What undoing one change takes. */
export type Inverse =
  /** `changed`: how what is there now differs from what the change left behind; undoing it would take that back too. */
  | { readonly change: Change; readonly changed?: Message }
  /** It can't be undone, or needs no undoing, for this reason. */
  | { readonly reason: Message };

/** The assignments that Azure removed with a configuration, as if each had been removed on its own. */
export function removedWith({ change, outcome }: ChangeResult): readonly ChangeResult[] {
  return (change.takesAlong ?? []).map((assignment) => ({ change: dissociate(assignment), outcome }));
}

/** Beside what is there of a change's target. */
export interface Circumstances {
  /** Names the scale sets that a configuration is still used by, those aside that the same plan takes off it. */
  readonly usedBy: (configurationId: string) => readonly string[];
  /** When it is undone: an ISO instant. */
  readonly moment: string;
}

/** What takes a change back that was done. `left`: what it left behind, as `comparedByUndo` kept it. */
export function inverseOf(
  done: Change,
  left: JsonObject | undefined,
  now: Now,
  { usedBy, moment }: Circumstances,
): Inverse {
  const reason = whyNoInverse(done);
  if (reason !== undefined) return { reason };
  if (done.bodyNotKept) return { reason: notSaved() };
  if (typeof now === "object" && "unread" in now) return { reason: now.unread };
  const found = now === "gone" ? undefined : now.resource;
  switch (done.kind) {
    case "associate":
      return ofAssociation(done, found);
    case "dissociate":
      return ofDissociation(done, found);
    case "createConfiguration":
      return ofCreation(done, left, found, usedBy);
    case "updateConfiguration":
      return ofEdit(done, left, found);
    case "deleteConfiguration":
      return ofDeletion(done, found, moment);
    default:
      return ofPatch(done, left, found);
  }
}

function ofAssociation({ before, after, target }: Change, found: JsonObject | undefined): Inverse {
  if (found === undefined) return { reason: message("The association is gone already.") };
  const wanted = configurationIdOf(after ?? {}) ?? "";
  const actual = configurationIdOf(found) ?? "";
  const changed = sameId(wanted, actual) ? {} : { changed: nowLeadsTo(actual) };
  if (before === undefined) return { change: dissociate({ ...found, id: target }), ...changed };
  return { change: associationAsItWas(target, before, found), ...changed };
}

function ofDissociation({ before = {}, target }: Change, found: JsonObject | undefined): Inverse {
  const change = associationAsItWas(target, before, found);
  if (found === undefined) return { change };
  const actual = configurationIdOf(found) ?? "";
  if (sameId(actual, configurationIdOf(before) ?? ""))
    return { reason: message("The association is there again already.") };
  return { change, changed: nowLeadsTo(actual) };
}

/** Puts an assignment that was there. Answers come without a location, which only new ones are sent with. */
function associationAsItWas(target: string, was: JsonObject, found: JsonObject | undefined): Change {
  const setId = parseId(target)?.scope ?? target;
  const configurationId = configurationIdOf(was) ?? "";
  const location = textAt(was, "location");
  const after = {
    ...(location !== undefined && { location }),
    properties: { maintenanceConfigurationId: configurationId, resourceId: setId },
  };
  const title = message(
    "Associate scale set {0} with maintenance configuration {1}",
    nameOf(setId),
    nameOf(configurationId),
  );
  return changeOf("associate", target, title, { ...(found && { before: withoutPeople(found) }), after });
}

function ofCreation(
  { target, after = {} }: Change,
  left: JsonObject | undefined,
  found: JsonObject | undefined,
  usedBy: (configurationId: string) => readonly string[],
): Inverse {
  if (found === undefined) return { reason: message("The configuration is gone already.") };
  const users = usedBy(target);
  if (users.length > 0)
    return {
      reason: message("It is used by other scale sets meanwhile: {0}.", users.slice(0, 5).join(", ")),
    };
  const change = deleteConfiguration({ ...found, id: target });
  return sameConfiguration(left ?? { ...found, ...after }, found)
    ? { change }
    : { change, changed: otherValues() };
}

function ofEdit(done: Change, left: JsonObject | undefined, found: JsonObject | undefined): Inverse {
  const { before, target } = done;
  if (found === undefined) return { reason: message("The configuration is gone.") };
  if (before === undefined) return { reason: notRead() };
  if (sameConfiguration(before, found)) return { reason: message("It has its values from before already.") };
  const title = message("Give maintenance configuration {0} its values from before", nameOf(target));
  const change = updateConfiguration({ ...found, id: target }, bodyOf(before), title);
  return left !== undefined && sameConfiguration(left, found)
    ? { change }
    : { change, changed: otherValues() };
}

/** Azure creates none whose start has passed: it then starts with its next window. */
function ofDeletion({ before, target }: Change, found: JsonObject | undefined, moment: string): Inverse {
  if (found !== undefined) return { reason: message("A configuration of this name is there again already.") };
  if (before === undefined) return { reason: notRead() };
  const anew = startAnew(before, moment);
  if ("problem" in anew) return { reason: message("It can't be created again. {0}", anew.problem) };
  const after = withStart(bodyOf(before), anew.start);
  const title = sameJson(after, bodyOf(before))
    ? message("Create maintenance configuration {0} again", nameOf(target))
    : message("Create maintenance configuration {0} again, from {1} on", nameOf(target), anew.start);
  return { change: changeOf("createConfiguration", target, title, { after }) };
}

function withStart(body: JsonObject, start: string): JsonObject {
  const properties = objectAt(body, "properties");
  const window = { ...objectAt(properties, "maintenanceWindow"), startDateTime: start };
  return { ...body, properties: { ...properties, maintenanceWindow: window } };
}

function ofPatch(done: Change, left: JsonObject | undefined, found: JsonObject | undefined): Inverse {
  const { kind, target, before = {}, after = {} } = done;
  if (found === undefined) return { reason: message("The scale set is gone.") };
  const now = shapedLike(found, after);
  const wanted = restored(before, after, { properties: { upgradePolicy: policyDefaults } });
  if (wanted === undefined) {
    return { reason: message("There was no value before, and Azure takes none away that a scale set has.") };
  }
  if (sameJson(shapedLike(found, wanted), wanted))
    return { reason: message("It has its values from before already.") };
  const title = message("Give scale set {0} its values from before", nameOf(target));
  const change = changeOf(kind, target, title, { before: now, after: wanted });
  return left === undefined || sameJson(left, now) ? { change } : { change, changed: otherValues() };
}

/** What a member of the upgrade policy is where the model does not have it (FACTS: Enabling). */
const policyDefaults: JsonObject = {
  mode: "Manual",
  automaticOSUpgradePolicy: {
    enableAutomaticOSUpgrade: false,
    disableAutomaticRollback: false,
    useRollingUpgradePolicy: false,
    osRollingUpgradeDeferral: false,
  },
  rollingUpgradePolicy: {
    maxBatchInstancePercent: 20,
    maxUnhealthyInstancePercent: 20,
    maxUnhealthyUpgradedInstancePercent: 20,
    pauseTimeBetweenBatches: "PT0S",
    enableCrossZoneUpgrade: false,
    prioritizeUnhealthyInstances: false,
    rollbackFailedInstancesOnPolicyBreach: false,
    maxSurge: false,
  },
};

/** The values that `after` replaced, documented defaults for those that were not there; undefined where one has none. */
function restored(before: JsonObject, after: JsonObject, defaults: JsonObject): JsonObject | undefined {
  const members: [string, Json | undefined][] = [];
  for (const [name, value] of Object.entries(after)) {
    const [was, usual] = [before[name] ?? undefined, defaults[name]];
    if (isObject(value)) {
      const inner = restored(isObject(was) ? was : {}, value, isObject(usual) ? usual : {});
      if (inner === undefined) return undefined;
      members.push([name, inner]);
    } else if ((was ?? usual) === undefined) return undefined;
    else members.push([name, was ?? usual]);
  }
  return Object.fromEntries(members);
}

/** What a PUT of a configuration carries: what only Azure writes is left out. */
function bodyOf(resource: JsonObject): JsonObject {
  const { id: _id, name: _name, type: _type, ...body } = withoutPeople(resource);
  return body;
}

function nowLeadsTo(configurationId: string): Message {
  return message("It leads to {0} now.", nameOf(configurationId));
}

function otherValues(): Message {
  return message("It was changed again since.");
}

function notRead(): Message {
  return message("What was there before was not kept.");
}

function notSaved(): Message {
  return message(
    "Its values weren't saved, because they may hold a secret. Change them back by their command.",
  );
}
