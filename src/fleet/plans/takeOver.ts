import { subjectOf } from "../../core/plans/subject.ts";
import { assignmentId, idKey, isConfigurationId, nameOf } from "../../core/resources/ids.ts";
import { kindOf } from "../../core/plans/kinds/kinds.ts";
import type { ChangeResult, Outcome } from "../../core/plans/plan.ts";
import { configurationsNamedBy } from "../snapshot/configurations.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { FleetStore } from "../store.ts";

/** Puts what a change left behind into the store. Once `signal` is aborted, what is there anyhow is not read further. */
export async function takeOver(store: FleetStore, result: ChangeResult, signal: AbortSignal): Promise<void> {
  const { target } = result.change;
  const controlled = assignmentsTo(store.snapshot, target);
  await takeOverTarget(store, result, signal);
  // Azure takes the control away from a deleted configuration's sets, or leaves assignments to nothing behind: only a read tells.
  if (!store.snapshot.configurations.has(idKey(target))) await store.lookAgain(...controlled);
}

async function takeOverTarget(
  store: FleetStore,
  { change, outcome }: ChangeResult,
  signal: AbortSignal,
): Promise<void> {
  if (outcome.status === "skipped" || outcome.status === "notStarted") return;
  const kind = kindOf(change);
  if (kind.actsOnUpgrade === true) return takeOverUpgrade(store, change.target, outcome);
  if (kind.changesModel === true) await forgetInstances(store, subjectOf(change));
  // A change that failed may have been done in part, and one that is under way shows already.
  // The store holds scale sets and not their extensions.
  const held = kind.step === undefined ? change.target : subjectOf(change);
  if (outcome.status !== "done" || held !== change.target) return store.lookAgain(held);
  if (outcome.readBack === undefined && change.after !== undefined) return store.lookAgain(change.target);
  await store.put({ kind: "resource", id: change.target, resource: outcome.readBack });
  if (change.kind === "updateInstances") await readInstances(store, change.target, signal);
}

/** What was read of the instances is no longer so once the model has changed: whoever needs it reads it anew. */
async function forgetInstances(store: FleetStore, scaleSetId: string): Promise<void> {
  const read = store.snapshot.scaleSets.get(idKey(scaleSetId))?.eligibilityFacts;
  if (read?.facts.instances === undefined) return;
  const { instances: _, ...facts } = read.facts;
  await store.putEligibilityFacts(scaleSetId, { eligibilityFacts: { ...read, facts } });
}

/** Where somebody has looked at the instances, she sees what became of them, unless she does not wait for it. */
async function readInstances(store: FleetStore, scaleSetId: string, signal: AbortSignal): Promise<void> {
  const key = idKey(scaleSetId);
  if (store.snapshot.scaleSets.get(key)?.eligibilityFacts === undefined) return;
  try {
    await store.readEligibilityFacts([key], signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    await forgetInstances(store, scaleSetId);
  }
}

/** The set is read too: while its upgrade runs, Azure updates it. */
async function takeOverUpgrade(store: FleetStore, scaleSetId: string, outcome: Outcome): Promise<void> {
  if (outcome.status === "done" && outcome.readBack !== undefined)
    await store.putEligibilityFacts(scaleSetId, { upgrade: outcome.readBack });
  else await store.readUpgrade(scaleSetId, false);
  await store.lookAgain(scaleSetId);
}

/** Ids of assignments, one of each scale set that is associated with a configuration. None for other resources. */
function assignmentsTo({ scaleSets }: Snapshot, target: string): readonly string[] {
  if (!isConfigurationId(target)) return [];
  return [...scaleSets.values()]
    .filter(({ assignments }) => configurationsNamedBy(assignments).includes(idKey(target)))
    .map(({ id }) => assignmentId(id, nameOf(target)));
}
