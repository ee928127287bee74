/** What tests order to happen to the instances and images; no Azure has these calls. */
import { durationOf } from "../clock.ts";
import { refuseOrder } from "../http/errors.ts";
import { ok, noContent, type Reply } from "../http/http.ts";
import { keyOf } from "../ids.ts";
import { at, type JsonObject, listAt, textAt } from "../json.ts";
import type { GalleryVersion, State } from "../state.ts";
import type { Health } from "./instance.ts";
import { changeInstances, instancesOf } from "./instances.ts";
import { galleryImageOf } from "./newestImage.ts";
import { imageKey, versionOn } from "./platformImages.ts";
import { progress } from "./batches.ts";
import { beginUpgrade, runningUpgrade } from "./rollingUpgrade.ts";
import { failures, type Order, usual } from "./upgrade.ts";

function setKey(state: State, body: JsonObject): string | undefined {
  const id = textAt(body, "scaleSet");
  if (id === undefined || state.scaleSets.has(keyOf(id))) return id === undefined ? undefined : keyOf(id);
  throw refuseOrder(`There is no scale set '${id}'.`);
}

function milliseconds(body: JsonObject, name: string): number | undefined {
  const text = textAt(body, name);
  const duration = text === undefined ? undefined : durationOf(text);
  if (duration === undefined && at(body, name) !== undefined) {
    throw refuseOrder(`'${name}' takes an ISO 8601 duration such as "PT30S".`);
  }
  return duration;
}

function orderOf(body: JsonObject, before: Order): Order {
  const code = textAt(body, "fail");
  const known = failures.find((one) => one === code);
  if (code !== undefined && known === undefined) {
    throw refuseOrder(`'fail' takes one of ${failures.join(", ")}.`);
  }
  const after = at(body, "afterBatches") ?? (known?.endsWith("BeforeRollingUpgrade") === true ? 0 : 1);
  return {
    batchMs: milliseconds(body, "batch") ?? before.batchMs,
    healthTimeoutMs: milliseconds(body, "patience") ?? before.healthTimeoutMs,
    ...(known !== undefined && {
      failure: {
        code: known,
        afterBatches: Number(after),
        rollbackFails: at(body, "rollbackFails") === true,
      },
    }),
  };
}

/**
 * Orders how the upgrades of a set go, or of all where none is named: times from now on, a failure for the one that runs or else the next.
 * With `start` the platform begins one at once, whatever the window.
 */
export function orderUpgrade(state: State, now: number, body: JsonObject): Reply {
  const key = setKey(state, body);
  const running = key === undefined ? undefined : runningUpgrade(state, key);
  const before = state.orders.get(key ?? "*") ?? state.orders.get("*") ?? usual;
  const { failure, ...times } = orderOf(body, before);
  const next = running === undefined && failure !== undefined ? { ...times, failure } : times;
  state.orders.set(key ?? "*", next);
  if (running !== undefined && failure !== undefined) running.failure = failure;
  if (at(body, "start") !== undefined) {
    if (key === undefined || running !== undefined) {
      throw refuseOrder("'start' takes a scale set that no upgrade runs in.");
    }
    progress(state, beginUpgrade(state, key, { kind: "os", startedBy: "Platform" }, now), now);
  }
  return noContent;
}

const healths: readonly Health[] = ["healthy", "unhealthy", "unknown"];

/** Sets the health, the image's version or the protection of a set's instances: of those that `instanceIds` names, else of all. */
export function orderInstances(state: State, now: number, body: JsonObject): Reply {
  const key = setKey(state, body);
  const health = healths.find((one) => one === at(body, "health"));
  const version = textAt(body, "version");
  const isProtected = at(body, "protected");
  const isOrdered = health !== undefined || version !== undefined || typeof isProtected === "boolean";
  if (key === undefined || !isOrdered) {
    throw refuseOrder(
      'Use {"scaleSet": id, "instanceIds": ["0"], "health": "healthy", "unhealthy" or "unknown", "version": text, "protected": boolean}.',
    );
  }
  const named = listAt(body, "instanceIds").map(String);
  const ids = named.length > 0 ? named : instancesOf(state, key).map(({ id }) => id);
  changeInstances(state, key, ids, (one) => ({
    ...one,
    ...(health !== undefined && { health }),
    ...(version !== undefined && { version }),
    ...(typeof isProtected === "boolean" && { isProtected }),
  }));
  state.agenda.add(key, now);
  return noContent;
}

function newGalleryVersion(body: JsonObject, name: string, regions: readonly string[], now: number) {
  const [excluded, replicating] = ["excludedRegions", "replicatingRegions"].map((list) => listAt(body, list));
  const version: GalleryVersion = {
    name,
    published: now,
    excludeFromLatest: at(body, "excludeFromLatest") === true,
    regions: regions.map((region) => ({
      name: region,
      excluded: excluded?.includes(region) === true,
      replicated: replicating?.includes(region) !== true,
    })),
  };
  return version;
}

/** Publishes a version of an image, of today where none is named: from then on the platform rolls the newest versions out. */
export function publishImage(state: State, now: number, body: JsonObject): Reply {
  const [publisher, offer, sku] = ["publisher", "offer", "sku"].map((field) => textAt(body, field));
  const gallery = textAt(body, "galleryImage");
  const name = textAt(body, "version");
  state.rollout.published = true;
  for (const key of state.scaleSets.keys()) state.agenda.add(key, now);
  if (gallery !== undefined && name !== undefined) {
    const { key } = galleryImageOf(gallery);
    const before = state.galleries.get(key) ?? [];
    const regions = listAt(body, "regions").map(String);
    const known = before[0]?.regions.map((region) => region.name) ?? ["westeurope"];
    const version = newGalleryVersion(body, name, regions.length > 0 ? regions : known, now);
    state.galleries.set(key, [version, ...before.filter((one) => one.name !== name)]);
    return ok({ version: name });
  }
  if (publisher === undefined || offer === undefined || sku === undefined) {
    throw refuseOrder(
      'An image takes {"publisher", "offer", "sku"} and perhaps a "version", or {"galleryImage": id, "version", "regions", "excludedRegions", "replicatingRegions", "excludeFromLatest"}.',
    );
  }
  const image = { publisher, offer, sku };
  const version = name ?? versionOn(image, now);
  const published = state.published.get(imageKey(image)) ?? [];
  state.published.set(imageKey(image), [version, ...published.filter((one) => one !== version)]);
  return ok({ version });
}
