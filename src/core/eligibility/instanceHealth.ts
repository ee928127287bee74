import { arrayAt, numberAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import type { EligibilityFacts } from "./facts.ts";

/** How many instances report their health and how many of them are unhealthy. */
export interface InstanceHealth {
  readonly unhealthy: number;
  readonly total: number;
}

/**
 * From the instances where they say, else from the summary of the set's instance view; undefined where neither does. A summary may hold
 * nothing but how the machines were provisioned, which was recorded for sets with a probe whose instances were all unhealthy.
 */
export function healthOf({ instances, instanceView }: EligibilityFacts): InstanceHealth | undefined {
  const reported = (instances ?? []).flatMap((instance) => healthOfInstance(instance) ?? []);
  if (reported.length > 0) {
    return { unhealthy: reported.filter((healthy) => !healthy).length, total: reported.length };
  }
  const counts = arrayAt(instanceView, "virtualMachine", "statusesSummary").flatMap((status) => {
    const code = textAt(status, "code") ?? "";
    return /^healthstate\//i.test(code)
      ? { isUnhealthy: isUnhealthy(code), count: numberAt(status, "count") ?? 0 }
      : [];
  });
  if (counts.length === 0) return undefined;
  return { unhealthy: sum(counts.filter((status) => status.isUnhealthy)), total: sum(counts) };
}

/** How many instances don't say how healthy they are, where others do. */
export function silentInstances({ instances = [] }: EligibilityFacts): number {
  const silent = instances.filter((instance) => healthOfInstance(instance) === undefined).length;
  return silent === instances.length ? 0 : silent;
}

/** Undefined where the instance was read without its view, or has no health source. */
function healthOfInstance(instance: JsonObject): boolean | undefined {
  const code = textAt(instance, "properties", "instanceView", "vmHealth", "status", "code");
  return code === undefined ? undefined : !isUnhealthy(code);
}

/** Azure counts the state Unknown as unhealthy. */
function isUnhealthy(code: string): boolean {
  return /^healthstate\/(unhealthy|unknown)$/i.test(code);
}

function sum(statuses: readonly { readonly count: number }[]): number {
  return statuses.reduce((total, { count }) => total + count, 0);
}
