import type { Call } from "../http/call.ts";
import { arm } from "../http/errors.ts";
import { locationOf } from "../fleet/locations.ts";
import { guidOf, keyOf } from "../ids.ts";
import { list, noContent, ok, type Reply } from "../http/http.ts";
import { isObject, type JsonObject, merge, objectAt, textAt, withAt } from "../json.ts";
import { identityOf, namedResource, placeOf } from "../resources/namedResource.ts";
import { accepted, pollingHeaders, startOperation } from "../resources/operations.ts";
import type { Stored } from "../state.ts";
import { changeInstances, instancesOf, targetVersion, unprotectedIds, withLatestModel } from "./instances.ts";
import { modeOf, profileOf } from "./model.ts";
import {
  withoutSecrets,
  withoutWindowsUpdates,
  withPolicies,
  withWindowsConfiguration,
} from "./normalised.ts";
import { beginUpgrade, runningUpgrade } from "./rollingUpgrade.ts";
import { checkChanges, checkModel } from "./rules.ts";
import { showState } from "./upgradeEnd.ts";

const sets = { type: "Microsoft.Compute/virtualMachineScaleSets", parameter: "vmScaleSetName" };
const provisioningState = ["properties", "provisioningState"];

/** The scale set that the path names; refuses one that does not exist. */
export const scaleSetOf = (call: Call): Stored & { readonly key: string } =>
  namedResource(call, sets, call.state.scaleSets);

function listWhere(call: Call, wanted: (set: Stored) => boolean): Reply {
  const stored = [...call.state.scaleSets.of(call.subscriptionId).values()];
  return list(stored.filter(wanted).map(({ body }) => body));
}

export const listScaleSets = (call: Call): Reply => listWhere(call, () => true);

export function listScaleSetsInGroup(call: Call): Reply {
  const wanted = call.groupKey();
  return listWhere(call, ({ groupKey }) => groupKey === wanted);
}

export function listScaleSetsInLocation(call: Call): Reply {
  const location = locationOf(call.param("location"));
  return listWhere(call, ({ body }) => textAt(body, "location") === location);
}

export const getScaleSet = (call: Call): Reply => ok(scaleSetOf(call).body);

/** The model with the profile that is stored, where a request changes nothing of it: who has the latest one keeps it. */
function withKnownProfile(before: JsonObject | undefined, model: JsonObject): JsonObject {
  const [was, is] = [profileOf(before ?? {}), profileOf(model)];
  const unchanged = JSON.stringify(was) === JSON.stringify(is);
  return unchanged ? withAt(model, ["properties", "virtualMachineProfile"], was) : model;
}

/** What the upgrade policy's mode does with a changed model: nothing in Manual. */
function rollOut(call: Call, key: string, model: JsonObject): void {
  const { state } = call;
  const mode = modeOf(model);
  const ids = unprotectedIds(state, key);
  const version = targetVersion(state, key);
  if (mode === "automatic") changeInstances(state, key, ids, (one) => withLatestModel(model, version, one));
  const outdated = instancesOf(state, key).some(
    ({ isProtected, profile }) => !isProtected && profile !== profileOf(model),
  );
  if (mode === "rolling" && outdated && runningUpgrade(state, key) === undefined) {
    beginUpgrade(state, key, { kind: "model", startedBy: "User" }, call.clock.now);
  }
}

/** Checks and stores the model as `Updating`, and finishes it as a long-running operation does. */
export function accept(
  call: Call,
  key: string,
  wanted: JsonObject,
  status: 200 | 201,
  result: () => Reply | undefined = () => {
    const stored = call.state.scaleSets.get(key);
    return stored === undefined ? undefined : ok(stored.body);
  },
): Reply {
  const before = call.state.scaleSets.get(key)?.body;
  const model = withKnownProfile(before, wanted);
  checkModel(call.state, model);
  if (before !== undefined) {
    checkChanges(before, model);
    instancesOf(call.state, key); // they have the model as it was
  }
  const location = textAt(model, "location") ?? "";
  const stored = { subscriptionId: call.subscriptionId, groupKey: call.groupKey() };
  const body = withAt(model, provisioningState, status === 201 ? "Creating" : "Updating");
  call.state.scaleSets.set(key, { ...stored, body });
  const operation = startOperation(call, result, () => {
    const now = call.state.scaleSets.get(key);
    if (now === undefined) return; // deleted meanwhile
    showState(call.state, key, runningUpgrade(call.state, key) === undefined ? "Succeeded" : "Updating");
    rollOut(call, key, now.body);
  });
  return { status, body, headers: pollingHeaders(call, operation, location) };
}

export function patchScaleSet(call: Call): Reply {
  const { key, body } = scaleSetOf(call);
  const sent = call.body();
  const { tags, ...rest } = sent;
  const merged = merge(body, rest);
  if (!isObject(merged)) throw arm.malformedBody("The scale set must be a JSON object.");
  const model = withoutWindowsUpdates({ ...merged, ...(isObject(tags) && { tags }) }, sent);
  return accept(call, key, withPolicies(withoutSecrets(model)), 200);
}

/** PUT replaces the whole model; what only the service sets stays as it was. */
export function putScaleSet(call: Call): Reply {
  const sent = call.body();
  const before = call.state.scaleSets.get(placeOf(call, sets).key)?.body;
  const { id, name, location } = identityOf(call, sets, before, sent);
  const { id: _id, name: _name, type: _type, ...rest } = sent;
  const model: JsonObject = {
    name,
    id,
    type: sets.type,
    ...rest,
    location,
    properties: {
      singlePlacementGroup: true,
      orchestrationMode: "Uniform",
      ...objectAt(sent, "properties"),
      uniqueId: textAt(before, "properties", "uniqueId") ?? guidOf(id),
      timeCreated: textAt(before, "properties", "timeCreated") ?? call.clock.instant,
    },
  };
  const wished = withoutWindowsUpdates(withWindowsConfiguration(before, model), sent);
  return accept(call, keyOf(id), withPolicies(withoutSecrets(wished)), before === undefined ? 201 : 200);
}

const noResult = (): undefined => undefined;

/** What the set was assigned to stays assigned: nobody but the user removes an assignment that dangles. */
export function deleteScaleSet(call: Call): Reply {
  const { key } = placeOf(call, sets);
  const stored = call.state.scaleSets.get(key);
  if (stored === undefined) return noContent;
  call.state.scaleSets.set(key, { ...stored, body: withAt(stored.body, provisioningState, "Deleting") });
  const operation = startOperation(call, noResult, () => {
    call.state.scaleSets.delete(key);
    call.state.upgrades.delete(key);
    call.state.instances.delete(key);
  });
  return accepted(call, operation, textAt(stored.body, "location") ?? "");
}
