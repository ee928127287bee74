import { objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { message } from "../text/message.ts";
import type { Message } from "../text/message.ts";
import type { EligibilityFacts } from "../eligibility/facts.ts";
import { dayMs } from "../milliseconds.ts";
import { compareVersions, dayOfVersion } from "./imageVersion.ts";

/** A version of the image and how many instances run it. */
export interface RunningVersion {
  readonly version: string;
  readonly instances: number;
  /** Days between it and the newest; undefined where the versions carry no date. 0 for the newest itself. */
  readonly daysBehind: number | undefined;
}

/** How the images that instances run stand to the newest. */
export type Freshness =
  | {
      /** `current`: every instance runs the newest or a later one. */
      readonly state: "current" | "behind";
      readonly newest: string;
      /** Oldest first. */
      readonly running: readonly RunningVersion[];
      readonly instancesBehind: number;
      /** Of the oldest; undefined where the versions carry no date. */
      readonly daysBehind: number | undefined;
    }
  | { readonly state: "unknown"; readonly reason: Message };

export function freshnessOf({ newestImage, instances }: EligibilityFacts): Freshness {
  const newest = textAt(newestImage, "name");
  if (newest === undefined) {
    return {
      state: "unknown",
      reason: message("The latest image version is unknown."),
    };
  }
  const all = instances ?? [];
  const versions = all.flatMap((instance) => runningVersionOf(instance) ?? []);
  if (versions.length === 0) {
    const reason = message("The image versions of the instances are unknown.");
    return { state: "unknown", reason };
  }
  const newestDay = publishedOf(newestImage);
  const running = [...Map.groupBy(versions, (version) => version)]
    .sort(([a], [b]) => compareVersions(a, b))
    .map(([version, same]) => ({
      version,
      instances: same.length,
      daysBehind: compareVersions(version, newest) >= 0 ? 0 : daysBetween(dayOfVersion(version), newestDay),
    }));
  const behind = running.filter(({ version }) => compareVersions(version, newest) < 0);
  const silent = all.length - versions.length;
  if (behind.length === 0 && silent > 0) {
    const reason = message("Image version of {0} of {1} instances unknown.", silent, all.length);
    return { state: "unknown", reason };
  }
  return {
    state: behind.length > 0 ? "behind" : "current",
    newest,
    running,
    instancesBehind: behind.reduce((sum, { instances: count }) => sum + count, 0),
    daysBehind: behind.length > 0 ? behind[0]?.daysBehind : 0,
  };
}

/** The exact version that an instance runs: its model says `latest` and, beside it, what that was. */
function runningVersionOf(instance: JsonObject): string | undefined {
  const reference = objectAt(instance, "properties", "storageProfile", "imageReference");
  const exact = textAt(reference, "exactVersion");
  if (exact !== undefined) return exact;
  const pinned =
    /\/versions\/([^/]+)/i.exec(textAt(reference, "id") ?? "")?.[1] ?? textAt(reference, "version");
  return pinned === undefined || pinned.toLowerCase() === "latest" ? undefined : pinned;
}

/** The day, `YYYY-MM-DD`, on which an image version came out: a gallery says it, a platform version carries it in its number. */
export function publishedOf(imageVersion: JsonObject | null | undefined): string | undefined {
  const properties = objectAt(imageVersion, "properties");
  // Versions in shared and community galleries have no publishing profile, and say it themselves.
  const published = textAt(objectAt(properties, "publishingProfile") ?? properties, "publishedDate");
  if (published !== undefined && !Number.isNaN(Date.parse(published))) {
    return new Date(published).toISOString().slice(0, 10);
  }
  return dayOfVersion(textAt(imageVersion, "name") ?? "");
}

function daysBetween(from: string | undefined, to: string | undefined): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / dayMs));
}
