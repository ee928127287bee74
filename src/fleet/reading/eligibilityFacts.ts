import type { Azure } from "../../azure/contracts.ts";
import { healthOf } from "../../core/eligibility/instanceHealth.ts";
import { healthSourcesOf, isFlexible } from "../../core/resources/scaleSet.ts";
import { idKey } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import type { Problem } from "../../core/text/problem.ts";
import { forEachLimited } from "../../core/limit.ts";
import type { ProblemOf } from "./directly.ts";
import type { NewEligibilityFacts } from "../snapshot/facts.ts";
import type { ScaleSetRecord } from "../snapshot/snapshot.ts";

/** How far the reading of eligibility facts has come. */
export interface EligibilityProgress {
  /** Sets whose facts were read. */
  readonly done: number;
  readonly total: number;
  /** Of the set that was read last. */
  readonly name: string;
}

/** Reads the eligibility facts of scale sets, and gives each answer as it comes, until `signal` is aborted. */
export async function readEligibilityFacts(
  azure: Azure,
  sets: readonly ScaleSetRecord[],
  now: () => string,
  signal: AbortSignal,
  onRead: (key: IdKey, read: NewEligibilityFacts, progress: EligibilityProgress) => void,
): Promise<void> {
  let done = 0;
  await forEachLimited(sets, async ({ id, name, resource }) => {
    if (signal.aborted) return;
    const answer = await azure.eligibilityFacts(resource, signal).catch(unlessAborted(signal));
    if (answer === undefined || signal.aborted) return;
    const { facts, unread } = answer;
    done += 1;
    const read = {
      eligibilityFacts: { at: now(), facts, unread },
      ...(facts.rollingUpgrade !== undefined && { upgrade: facts.rollingUpgrade ?? undefined }),
      ...(facts.instanceView && { instanceView: facts.instanceView }),
      ...(facts.instances && { health: healthOf({ instances: facts.instances }) }),
    };
    onRead(idKey(id), read, { done, total: sets.length, name });
  });
}

/** What is aborted is no failure. */
function unlessAborted(signal: AbortSignal): (error: unknown) => undefined {
  return (error) => {
    if (!signal.aborted) throw error;
  };
}

/** A set's latest upgrade as it was just read, undefined where there is none; or why it could not be read. */
export type UpgradeReading =
  | {
      readonly upgrade: JsonObject | undefined;
      /** Whether the set's instance view was read too. */
      readonly hasView: boolean;
      /** How many instances were listed; absent where they were not asked. */
      readonly instances?: number;
    }
  | { readonly problem: Problem };

/**
 * Reads a set's latest upgrade and, where that is asked for, its instance view, which need not succeed. Where the set has a health source
 * and its view holds no health, the instances are asked.
 */
export async function readUpgrade(
  azure: Azure,
  { id, resource }: Pick<ScaleSetRecord, "id" | "resource">,
  withView: boolean,
  problemOf: ProblemOf,
  signal: AbortSignal,
): Promise<{ readonly reading: UpgradeReading; readonly read: NewEligibilityFacts }> {
  try {
    const upgrade = await azure.latestUpgrade(id, signal);
    const instanceView = withView ? await azure.instanceView(id, signal).catch(nothing) : undefined;
    const isSilent =
      instanceView !== undefined &&
      healthOf({ instanceView }) === undefined &&
      healthSourcesOf(resource).length > 0;
    const instances = isSilent ? await azure.instances(id, signal).catch(nothing) : undefined;
    return {
      reading: {
        upgrade,
        hasView: instanceView !== undefined,
        ...(instances && { instances: instances.length }),
      },
      read: {
        upgrade,
        ...(instanceView && { instanceView }),
        // What was known before no longer holds while instances are replaced.
        ...((isSilent || isFlexible(resource)) && { health: instances && healthOf({ instances }) }),
      },
    };
  } catch (error) {
    return { reading: { problem: await problemOf(error) }, read: {} };
  }
}

/** The pipeline has logged why, and the counts of healthy instances are just not shown. */
function nothing(): undefined {
  return undefined;
}
