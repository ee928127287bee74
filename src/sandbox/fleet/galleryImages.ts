import { dayMs } from "../clock.ts";
import { keyOf } from "../ids.ts";
import type { GalleryVersion } from "../state.ts";
import { buildImage } from "./contosoScaleSets.ts";

/** Name and age in days; the newest is being tried out and the region next door has yet to get it. */
const versions = [
  { name: "1.5.0", age: 3, excludeFromLatest: true, replicated: false },
  { name: "1.4.2", age: 24, excludeFromLatest: false, replicated: true },
  { name: "1.4.1", age: 55, excludeFromLatest: false, replicated: true },
  { name: "1.3.7", age: 88, excludeFromLatest: false, replicated: true },
];

/** The images that Contoso builds for itself. */
export function galleryImages(now: number): Map<string, readonly GalleryVersion[]> {
  const built = versions.map(({ name, age, excludeFromLatest, replicated }): GalleryVersion => {
    const home = { name: "westeurope", excluded: false, replicated: true };
    const regions = [home, { name: "northeurope", excluded: false, replicated }];
    return { name, published: now - age * dayMs, excludeFromLatest, regions };
  });
  return new Map([[keyOf(buildImage), built]]);
}
