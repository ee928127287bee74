import { keyOf } from "../ids.ts";
import { type JsonObject, textAt } from "../json.ts";
import type { GalleryVersion, State } from "../state.ts";
import { imageKey, monthlyVersions, type PlatformImage } from "./platformImages.ts";

type Images = Pick<State, "builtAt" | "published" | "galleries">;

/** The versions of a platform image, the newest first. */
export function platformVersions({ builtAt, published }: Images, image: PlatformImage): string[] {
  return [...(published.get(imageKey(image)) ?? []), ...monthlyVersions(image, builtAt)];
}

/** The platform image of a reference; undefined for images of a gallery and one's own. */
export function platformImageOf(reference: JsonObject): PlatformImage | undefined {
  const [publisher, offer, sku] = ["publisher", "offer", "sku"].map((field) => textAt(reference, field));
  if (publisher === undefined || offer === undefined || sku === undefined) return undefined;
  return { publisher, offer, sku };
}

export const galleryIdOf = (reference: JsonObject): string | undefined =>
  textAt(reference, "id") ??
  textAt(reference, "sharedGalleryImageId") ??
  textAt(reference, "communityGalleryImageId");

/** Whether an instance in `location` may get a version of a gallery image as the latest one. */
const isServed = (version: GalleryVersion, location: string): boolean =>
  !version.excludeFromLatest &&
  version.regions.some((region) => region.name === location && !region.excluded && region.replicated);

/** Takes the id of a gallery image apart: the image's key and, where one is named, the version. */
export function galleryImageOf(id: string): { key: string; version: string | undefined } {
  const [, image = id, version] = /^(.*?)(?:\/versions\/([^/]+))?\/?$/i.exec(id) ?? [];
  return { key: keyOf(image), version };
}

/**
 * The exact version that a new instance gets from a reference: the one that it names, or the newest. Undefined where the
 * sandbox has no such image.
 */
export function newestVersion(images: Images, reference: JsonObject, location: string): string | undefined {
  const platform = platformImageOf(reference);
  if (platform !== undefined) {
    const version = textAt(reference, "version") ?? "latest";
    return version.toLowerCase() === "latest" ? platformVersions(images, platform)[0] : version;
  }
  const { key, version } = galleryImageOf(galleryIdOf(reference) ?? "");
  if (version !== undefined && version.toLowerCase() !== "latest") return version;
  return images.galleries.get(key)?.find((one) => isServed(one, location))?.name;
}
