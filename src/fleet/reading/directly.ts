import type { Azure } from "../../azure/contracts.ts";
import { isAssignmentId, isConfigurationId, isScaleSetId, parseId } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { readConfigurationResource } from "../../core/resources/malformed.ts";
import { forEachLimited } from "../../core/limit.ts";
import type { Log } from "../../core/log.ts";
import { saysNotFound } from "../../core/text/problem.ts";
import type { Problem } from "../../core/text/problem.ts";
import type { Referenced } from "../snapshot/facts.ts";
import type { ReadBack } from "./readBack.ts";

export type ProblemOf = (error: unknown) => Problem | Promise<Problem>;

/**
 * Asks for configurations by direct GET: only that tells whether one which no list has is gone, hidden or out of reach.
 * Answers what it learnt until it was aborted.
 */
export async function askDirectly(
  azure: Azure,
  configurations: readonly (readonly [IdKey, string])[],
  problemOf: ProblemOf,
  signal: AbortSignal,
): Promise<ReadonlyMap<IdKey, Referenced>> {
  const answers = new Map<IdKey, Referenced>();
  await forEachLimited(configurations, async ([key, id]) => {
    if (signal.aborted) return;
    const answer = await ask(azure, id, problemOf, signal);
    if (!signal.aborted) answers.set(key, answer);
  });
  return answers;
}

async function ask(azure: Azure, id: string, problemOf: ProblemOf, signal: AbortSignal): Promise<Referenced> {
  try {
    const reading = readConfigurationResource(await azure.read(id, signal));
    if ("resource" in reading) return { state: "found", resource: reading.resource };
    return { state: "unknown", problem: { kind: "malformed", summary: reading.reason } };
  } catch (error) {
    const problem = await problemOf(error);
    return saysNotFound(problem) ? { state: "missing" } : { state: "unknown", problem };
  }
}

/** How long looking again at one resource may take. */
export const lookTimeoutMs = 30_000;

/** Looks up what Azure has now under each id, and gives each answer as it comes, until `connection` is aborted. Never rejects. */
export async function lookUpEach(
  azure: Azure,
  ids: readonly string[],
  { problemOf, log }: { readonly problemOf: ProblemOf; readonly log: Pick<Log, "warn"> },
  connection: AbortSignal,
  onRead: (readBack: ReadBack) => void,
): Promise<void> {
  await forEachLimited(ids, async (id) => {
    const signal = AbortSignal.any([connection, AbortSignal.timeout(lookTimeoutMs)]);
    try {
      const readBack = await lookUp(azure, id, problemOf, signal);
      if (readBack !== undefined && !connection.aborted) onRead(readBack);
    } catch (error) {
      if (!connection.aborted) log.warn(`${id} could not be read again: ${String(error)}`);
    }
  });
}

/** What Azure has now under an id; for an assignment, all of its scale set's. Undefined for ids of other kinds. */
async function lookUp(
  azure: Azure,
  id: string,
  problemOf: ProblemOf,
  signal: AbortSignal,
): Promise<ReadBack | undefined> {
  const scaleSetId = isAssignmentId(id) ? parseId(id)?.scope : undefined;
  if (scaleSetId !== undefined) {
    return { kind: "assignments", scaleSetId, assignments: await azure.assignmentsOf(scaleSetId, signal) };
  }
  if (!isConfigurationId(id) && !isScaleSetId(id)) return undefined;
  try {
    return { kind: "resource", id, resource: await azure.read(id, signal) };
  } catch (error) {
    if (!saysNotFound(await problemOf(error))) throw error;
    return { kind: "resource", id, resource: undefined };
  }
}
