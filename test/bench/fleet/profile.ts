import { readFileSync } from "node:fs";
import type { Profiler } from "node:inspector";

export type Profile = Profiler.Profile;

export function readProfile(file: string): Profile {
  return JSON.parse(readFileSync(file, "utf8")) as Profile;
}

/** The times, in microseconds of the profile's clock, at which it was in a function of a file that is `ours`, or called from one. */
export function timesIn(profile: Profile, ours: (url: string) => boolean): readonly number[] {
  const inside = new Set<number>();
  const visit = (id: number, isBelow: boolean) => {
    const node = byId.get(id);
    if (node === undefined) return;
    const isInside = isBelow || ours(node.callFrame.url);
    if (isInside) inside.add(id);
    for (const child of node.children ?? []) visit(child, isInside);
  };
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const [root] = profile.nodes;
  if (root !== undefined) visit(root.id, false);
  let at = profile.startTime;
  const { timeDeltas = [] } = profile;
  return (profile.samples ?? []).flatMap((id, index) => {
    at += timeDeltas[index] ?? 0;
    return inside.has(id) ? at : [];
  });
}

/** A function and the time that it took itself. */
export interface Heavy {
  readonly what: string;
  readonly selfMs: number;
}

/** The functions that took most, the heaviest first. */
export function heaviest(profile: Profile, count: number): readonly Heavy[] {
  const selfUs = new Map<string, number>();
  const byId = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  (profile.samples ?? []).forEach((id, index) => {
    const frame = byId.get(id);
    if (frame === undefined || frame.functionName === "(idle)") return;
    const place =
      frame.url === "" ? "" : ` (${frame.url.split("/").slice(-3).join("/")}:${frame.lineNumber + 1})`;
    const what = `${frame.functionName || "anonymous"}${place}`;
    // The time until the next sample is that of this one.
    selfUs.set(what, (selfUs.get(what) ?? 0) + (profile.timeDeltas?.[index + 1] ?? 0));
  });
  return [...selfUs]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([what, time]) => ({ what, selfMs: Math.round(time / 100) / 10 }));
}
