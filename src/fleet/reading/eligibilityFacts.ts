import type { Azure } from "../../azure/contracts.ts";
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
    }
  | { readonly problem: Problem };

/** Reads a set's latest upgrade and, where that is asked for, its instance view, which need not succeed. */
export async function readUpgrade(
  azure: Azure,
  id: string,
  withView: boolean,
  problemOf: ProblemOf,
  signal: AbortSignal,
): Promise<{ readonly reading: UpgradeReading; readonly read: NewEligibilityFacts }> {
  try {
    const upgrade = await azure.latestUpgrade(id, signal);
    const instanceView = withView ? await azure.instanceView(id, signal).catch(nothing) : undefined;
    return {
      reading: { upgrade, hasView: instanceView !== undefined },
      read: { upgrade, ...(instanceView && { instanceView }) },
    };
  } catch (error) {
    return { reading: { problem: await problemOf(error) }, read: {} };
  }
}

/** The pipeline has logged why, and the counts of healthy instances are just not shown. */
function nothing(): undefined {
  return undefined;
}
