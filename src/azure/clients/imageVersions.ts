import { compareVersions } from "../../core/upgrades/imageVersion.ts";
import { parseId } from "../../core/resources/ids.ts";
import { isObject, type JsonObject, textAt } from "../../core/resources/json.ts";
import { SharedRun } from "../../core/sharedRun.ts";
import { type Image, imageOf } from "../../core/resources/scaleSet.ts";
import type { Clients } from "./clients.ts";
import { notAnId, notFound } from "./places.ts";
import { objectsOf, resourceOf, wireOf } from "../http/wire.ts";

/** How long what is the newest version stays known: platforms publish about monthly, galleries when they like. */
const maxAgeMs = 15 * 60_000;

/** Where the newest version of an image is asked for. */
export interface ImageQuestion {
  /** Whose subscription is asked; undefined for that of the scale set. */
  readonly subscriptionId: string | undefined;
  /** The same for all sets that share the answer. */
  readonly key: string;
  newest(clients: Clients, subscriptionId: string, signal: AbortSignal): Promise<JsonObject>;
}

/** How to ask for the newest version of a set's image; undefined where it has none, or its image no versions. */
export function newestImageOf(scaleSet: JsonObject): ImageQuestion | undefined {
  const image = imageOf(scaleSet);
  const location = textAt(scaleSet, "location") ?? "";
  if (image === undefined || image.kind === "managed") return undefined;
  return image.kind === "platform" ? platformImage(image, location) : galleryImage(image.id, location);
}

function platformImage(
  { publisher, offer, sku }: Extract<Image, { kind: "platform" }>,
  location: string,
): ImageQuestion {
  return {
    subscriptionId: undefined,
    key: [location, publisher, offer, sku].join("/").toLowerCase(),
    newest: async (clients, subscriptionId, signal) => {
      const { virtualMachineImages: images } = clients.compute(subscriptionId);
      const versions = await wireOf(
        (options) => images.list(location, publisher, offer, sku, options),
        signal,
      );
      const name = newestName(Array.isArray(versions) ? versions : []);
      return resourceOf((options) => images.get(location, publisher, offer, sku, name, options), signal);
    },
  };
}

/** A gallery in a subscription, or one that is shared or public and known by another name. */
function galleryImage(id: string, location: string): ImageQuestion {
  const { subscriptionId, resourceGroup, names = [] } = parseId(id) ?? {};
  const [gallery, image] = names;
  if (
    subscriptionId !== undefined &&
    resourceGroup !== undefined &&
    gallery !== undefined &&
    image !== undefined
  )
    return {
      subscriptionId,
      key: `/${[subscriptionId, resourceGroup, gallery, image].join("/")}`.toLowerCase(),
      newest: async (clients, _, signal) => {
        const { galleryImageVersions: versions } = clients.compute(subscriptionId);
        const items = await clients.resourceManager.itemsFrom(
          (options) => versions.listByGalleryImage(resourceGroup, gallery, image, options).byPage().next(),
          signal,
        );
        const name = newestName(items);
        const expand = "ReplicationStatus";
        return resourceOf(
          (options) => versions.get(resourceGroup, gallery, image, name, { ...options, expand }),
          signal,
        );
      },
    };
  const [, kind, galleryName, imageName] =
    /^\/(shared|community)Galleries\/([^/]+)\/images\/([^/]+)/i.exec(id) ?? [];
  if (kind === undefined || galleryName === undefined || imageName === undefined)
    return { subscriptionId: undefined, key: id, newest: () => Promise.reject(notAnId(id)) };
  return {
    subscriptionId: undefined,
    key: [location, kind, galleryName, imageName].join("/").toLowerCase(),
    newest: async (clients, subscriptionId, signal) => {
      const compute = clients.compute(subscriptionId);
      const versions =
        kind.toLowerCase() === "shared"
          ? compute.sharedGalleryImageVersions
          : compute.communityGalleryImageVersions;
      const items = await clients.resourceManager.itemsFrom(
        (options) => versions.list(location, galleryName, imageName, options).byPage().next(),
        signal,
      );
      const name = newestName(items);
      return objectsOf(items).find((version) => textAt(version, "name") === name) ?? {};
    },
  };
}

/** Throws AzureError (`notFound`) where there is none. */
function newestName(versions: readonly unknown[]): string {
  const names = versions.filter(isObject).flatMap((version) => textAt(version, "name") ?? []);
  const [newest] = names.sort((a, b) => compareVersions(b, a));
  if (newest === undefined) throw notFound();
  return newest;
}

/**
 * Keeps answers for a while; who asks for one that is under way waits for it, and it is aborted once all who wait have given up. What failed
 * is asked for again.
 */
export class AnswerCache<T> {
  readonly #answers = new Map<string, { readonly run: SharedRun<T>; readonly until: number }>();
  readonly #now: () => number;

  constructor(now: () => number = () => Date.now()) {
    this.#now = now;
  }

  /** Rejects with the reason of `signal` as soon as that is aborted. */
  get(key: string, ask: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    const known = this.#answers.get(key);
    if (known !== undefined && known.until > this.#now() && !known.run.isAborted)
      return known.run.join(signal);
    const entry = { run: new SharedRun(ask), until: this.#now() + maxAgeMs };
    this.#answers.set(key, entry);
    entry.run.ended.catch(() => {
      if (this.#answers.get(key) === entry) this.#answers.delete(key);
    });
    return entry.run.join(signal);
  }
}
