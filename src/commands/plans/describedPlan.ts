import type { Azure } from "../../azure/contracts.ts";
import { whyNoInverse } from "../../core/plans/inverses.ts";
import type { ChangeResult } from "../../core/plans/plan.ts";
import { subjectOf } from "../../core/plans/subject.ts";
import { idKey } from "../../core/resources/ids.ts";
import { type AppliedPlan, undoneBy } from "../../fleet/plans/planBoard.ts";
import { type KeptPlan, sentChange } from "../../fleet/plans/planFile.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { digestOf } from "../../fleet/storageKey.ts";
import type { loadReport } from "../../report/door.ts";
import { planStateInWords } from "../../tree/activity/planState.ts";
import type { Session } from "../session/session.ts";

type Report = Awaited<ReturnType<typeof loadReport>>;
export type DescribedPlan = Parameters<Report["planPage"]>[1]["plan"];
type Access = DescribedPlan["access"][number];
type Account = Awaited<ReturnType<Session["accounts"]>>[number];

/** The sources of the description of a plan. */
export interface PlanSources {
  readonly applied: AppliedPlan;
  /** As its file has it: the values and the times. */
  readonly kept: KeptPlan;
  /** Of its changes, as far as they are known now. */
  readonly results: readonly ChangeResult[];
  /** All that are shown, the latest first. */
  readonly plans: readonly AppliedPlan[];
  readonly snapshot: Snapshot;
  /** Those that are signed in. */
  readonly accounts: readonly Account[];
  readonly azure: Azure;
}

/** Everything that a page or file shows of a plan. */
export function describedPlan(sources: PlanSources): DescribedPlan {
  const { applied, kept, results, plans, snapshot, accounts, azure } = sources;
  const outcomes = new Map(results.map(({ change, outcome }) => [change.id, outcome]));
  const sentTimes = [...kept.sent.values()].map(({ at }) => at);
  const { cloud, origin } = azure;
  const link = (id: string | undefined) => {
    const title = plans.find((plan) => plan.id === id)?.plan.title;
    return id === undefined || title === undefined ? undefined : { id, title };
  };
  const [undoes, retries, undone] = [kept.undoes, kept.retries, undoneBy(kept.id, plans)].map(link);
  return {
    id: kept.id,
    title: kept.plan.title,
    standing: planStateInWords({ ...applied, results }),
    state: applied.state,
    origin: kept.origin,
    changes: kept.plan.changes.map((change) => {
      const [outcome, sent, knownAt] = [
        outcomes.get(change.id),
        kept.sent.get(change.id),
        kept.knownAt.get(change.id),
      ];
      const lasting = whyNoInverse(change);
      return {
        change: sentChange(change, kept),
        subject: subjectOf(change),
        ...(lasting && { lasting }),
        ...(outcome !== undefined && { outcome }),
        ...(sent !== undefined && { sentAt: sent.at }),
        ...(knownAt !== undefined && { knownAt }),
      };
    }),
    leftOut: kept.plan.leftOut,
    confirmedAt: kept.begunAt,
    ...(sentTimes.length > 0 && { firstSentAt: Math.min(...sentTimes) }),
    ...(kept.endedAt !== undefined && { endedAt: kept.endedAt }),
    access: (kept.access ?? []).map((one) => accessOf(one, snapshot, accounts)),
    ...(origin === "azure" && cloud.name !== "AzureCloud" && { cloud: cloud.name }),
    ...(undoes && { undoes }),
    ...(retries && { retries }),
    ...(undone && { undoneBy: undone }),
  };
}

/** The journal names an account by a digest: whose it is, only who is signed in to it can see. */
function accessOf(
  { subscriptionId, tenantId, account }: NonNullable<KeptPlan["access"]>[number],
  { subscriptions }: Snapshot,
  accounts: readonly Account[],
): Access {
  const known = [...subscriptions.values()].find(
    ({ subscription }) => subscription.through.tenantId === tenantId,
  );
  const tenant = known?.subscription.through.tenantName;
  const label = accounts.find(({ id }) => digestOf(id) === account)?.label;
  return {
    subscriptionId: subscriptions.get(idKey(subscriptionId))?.subscription.subscriptionId ?? subscriptionId,
    tenantId,
    ...(tenant !== undefined && tenant !== "" && { tenant }),
    ...(account !== undefined && { account: label === undefined ? "notSignedIn" : { label } }),
  };
}
