import type { Azure } from "../azure/contracts.ts";
import { idKey } from "../core/ids.ts";
import type { IdKey } from "../core/ids.ts";
import type { JsonObject } from "../core/json.ts";
import type { Problem } from "../core/problem.ts";
import { onEach } from "./directly.ts";
import type { ProblemOf } from "./directly.ts";
import type { BesideRead } from "./facts.ts";
import type { ScaleSetRecord } from "./snapshot.ts";

/** How far the reading of facts has come. */
export interface FactsProgress {
  /** Sets whose facts were read. */
  readonly done: number;
  readonly total: number;
  /** Of the set that was read last. */
  readonly name: string;
}

/** Reads what the rules ask of scale sets beside their models, and gives each answer as it comes, until `signal` is aborted. */
export async function readFacts(
  azure: Azure,
  sets: readonly ScaleSetRecord[],
  now: () => string,
  signal: AbortSignal,
  onRead: (key: IdKey, read: BesideRead, progress: FactsProgress) => void,
): Promise<void> {
  let done = 0;
  await onEach(sets, async ({ id, name, resource }) => {
    if (signal.aborted) return;
    const answer = await azure.eligibilityFacts(resource, signal).catch(unlessAborted(signal));
    if (answer === undefined || signal.aborted) return;
    const { facts, unread } = answer;
    done += 1;
    const read = {
      facts: { at: now(), facts, unread },
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
export type UpgradeReading = { readonly upgrade: JsonObject | undefined } | { readonly problem: Problem };

/** Reads a set's latest upgrade and, where that is asked for, the counts of its instances by health, which are no reason to fail. */
export async function readUpgrade(
  azure: Azure,
  id: string,
  withHealth: boolean,
  problemOf: ProblemOf,
  signal: AbortSignal,
): Promise<{ readonly reading: UpgradeReading; readonly read: BesideRead }> {
  const view = withHealth ? azure.instanceView(id, signal).catch(() => undefined) : undefined;
  try {
    const upgrade = await azure.latestUpgrade(id, signal);
    const instanceView = await view;
    return { reading: { upgrade }, read: { upgrade, ...(instanceView && { instanceView }) } };
  } catch (error) {
    await view;
    return { reading: { problem: await problemOf(error) }, read: {} };
  }
}
