import { listAt, textAt, type JsonObject } from "../json.ts";
import type { State } from "../state.ts";
import type { Instance } from "./instance.ts";
import { capacityOf, hasHealthSource, imageReferenceOf, profileOf } from "./model.ts";
import { newestVersion } from "./newestImage.ts";

type Machines = Pick<State, "instances" | "scaleSets" | "builtAt" | "published" | "galleries">;

/** The set's body; an empty one where it has been deleted meanwhile. */
export const bodyOf = (state: Pick<State, "scaleSets">, key: string): JsonObject =>
  state.scaleSets.get(key)?.body ?? {};

/** The exact version that the latest model means now. */
export const targetVersion = (state: Machines, key: string): string | undefined => {
  const body = bodyOf(state, key);
  return newestVersion(state, imageReferenceOf(profileOf(body)), textAt(body, "location") ?? "");
};

/** The instances of a set, as many as its capacity says: new ones have the latest model and its newest image. */
export function instancesOf(state: Machines, key: string): readonly Instance[] {
  const body = bodyOf(state, key);
  const known = state.instances.get(key) ?? [];
  const capacity = capacityOf(body);
  if (known.length === capacity) return known;
  const zones = listAt(body, "zones");
  const version = targetVersion(state, key);
  const instances = Array.from({ length: capacity }, (_, index): Instance => {
    const zone = zones[index % Math.max(1, zones.length)];
    return (
      known[index] ?? {
        id: String(index),
        zone: typeof zone === "string" ? zone : undefined,
        version,
        health: "healthy",
        isProtected: false,
        profile: profileOf(body),
      }
    );
  });
  state.instances.set(key, instances);
  return instances;
}

/** Changes those instances whose ids are named. */
export function changeInstances(
  state: Machines,
  key: string,
  ids: readonly string[],
  change: (instance: Instance) => Instance,
): void {
  const wanted = new Set(ids);
  const changed = instancesOf(state, key).map((one) => (wanted.has(one.id) ? change(one) : one));
  state.instances.set(key, changed);
}

/** Ids of the instances that what is done to the scale set may reach (Azure/azure-cli #9164, #9209). */
export const unprotectedIds = (state: Machines, key: string): readonly string[] =>
  instancesOf(state, key).flatMap(({ id, isProtected }) => (isProtected ? [] : [id]));

/** Whether the instance has the latest model. */
export const isLatest = (set: JsonObject, { profile }: Instance): boolean => profile === profileOf(set);

/** Brings an instance to the latest model; its disk is replaced only if the model names another image than the one that it was made of. */
export function withLatestModel(set: JsonObject, version: string | undefined, instance: Instance): Instance {
  const profile = profileOf(set);
  const [before, after] = [instance.profile, profile].map((one) => JSON.stringify(imageReferenceOf(one)));
  return { ...instance, profile, ...(before !== after && { version: version ?? instance.version }) };
}

/** What is known of an instance's health: nothing while the model that was applied to it has no health source. */
export function knownHealth(set: JsonObject, instance: Instance): Instance["health"] | undefined {
  return hasHealthSource(set, instance.profile) ? instance.health : undefined;
}
