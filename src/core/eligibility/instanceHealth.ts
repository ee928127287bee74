import { arrayAt, numberAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import type { EligibilityFacts } from "./facts.ts";

/** How many instances report and how many of them are unhealthy. */
export interface InstanceHealth {
  readonly unhealthy: number;
  readonly total: number;
}

/** From the instances where they say, else from the summary of the set's instance view; undefined where neither is known. */
export function healthOf({ instances, instanceView }: EligibilityFacts): InstanceHealth | undefined {
  const told = (instances ?? []).flatMap((instance) => healthOfInstance(instance) ?? []);
  if (told.length > 0) {
    return { unhealthy: told.filter((healthy) => !healthy).length, total: told.length };
  }
  const counts = arrayAt(instanceView, "virtualMachine", "statusesSummary").map((status) => ({
    code: (textAt(status, "code") ?? "").toLowerCase(),
    count: numberAt(status, "count") ?? 0,
  }));
  // What the health source says; where there is none, Azure goes by how the machines were provisioned.
  for (const [prefix, bad] of [
    ["healthstate/", /^healthstate\/(unhealthy|unknown)$/],
    ["provisioningstate/", /^provisioningstate\/failed\b/],
  ] as const) {
    const of = counts.filter(({ code }) => code.startsWith(prefix));
    if (of.length > 0) return { unhealthy: sum(of.filter(({ code }) => bad.test(code))), total: sum(of) };
  }
  return undefined;
}

/** Undefined where the instance was read without its view, or has no health source. */
function healthOfInstance(instance: JsonObject): boolean | undefined {
  const code = textAt(instance, "properties", "instanceView", "vmHealth", "status", "code");
  return code === undefined ? undefined : !/^healthstate\/(unhealthy|unknown)$/i.test(code);
}

function sum(statuses: readonly { readonly count: number }[]): number {
  return statuses.reduce((total, { count }) => total + count, 0);
}
