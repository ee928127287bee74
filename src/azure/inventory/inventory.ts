import type { Log } from "../../core/log.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import { readByLists, tellFailed } from "./armLists.ts";
import { collect } from "../http/collect.ts";
import type { AssociationReads } from "../clients/associationReads.ts";
import type { Cloud, InventoryEvent, Subscription, Through } from "../contracts.ts";
import { about, problemOf } from "../errors/errors.ts";
import type { FleetAnswers } from "./fleetAnswers.ts";
import { readFleet } from "./fleetPages.ts";
import { sharing } from "./sharing.ts";
import type { Limit } from "../../core/limit.ts";
import type { Subscriptions } from "../accounts/subscriptions.ts";

/** What an inventory is read with. */
export interface InventorySources {
  readonly cloud: Cloud;
  readonly subscriptions: Subscriptions;
  readonly associations: AssociationReads;
  /** Of reads from Resource Manager. */
  readonly limit: Limit;
  /** Of Resource Graph's queries, which may have to wait for its quota and are not to hold up other reads meanwhile. */
  readonly graphLimit: Limit;
  /** Of all inventories of one connection. */
  readonly answers: FleetAnswers;
  readonly log: Log;
}

/**
 * How many subscriptions one query is about, and how many queries an account begins with.
 *
 * Microsoft's advice is fewer than 300 subscriptions, and its example has 100
 * (https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests). What so many have most often
 * fits into one page, and what does not is known only when the first has come, a whole round trip later. So they are as few as that while the
 * queries are few as well: the quota is 15 in 5 s, and some pages are to be left of it.
 */
const batching = { maxSubscriptions: 300, onePageSubscriptions: 100, firstQueries: 12 };

/**
 * Reads everything there is; see `Azure.inventory`. Resource Graph is asked, about many subscriptions in one query, each through the tenant it
 * was reached through. What it answers is there, or was a minute ago: it lags, and leaves out what the caller may not read without saying so. So
 * that a set which it has no assignment for may be assigned all the same, and one that it does not have may be there: neither is proven by
 * its answer, and whoever shows "none" or "gone" has to have asked the resource itself (`assignmentsOf`, `read`).
 *
 * Where a tenant's Resource Graph refuses, ARM's lists are the source, and where it fails for now they are for the subscriptions of that query.
 * They know of every write, and of each set whether its assignments could be read, at one call per set.
 */
export function inventory(
  sources: InventorySources,
  signal: AbortSignal,
  wanted: (subscription: Subscription) => boolean = () => true,
  graphOnly = false,
): AsyncIterable<InventoryEvent> {
  const { cloud, subscriptions, associations, answers } = sources;
  associations.forget();
  answers.begin();
  return collect<InventoryEvent>(signal, async (emit, stopped) => {
    /** How many tenants an account has, by its id. */
    const tenants = new Map<string | undefined, number>();
    const readings: Promise<unknown>[] = [];
    const reader = new BatchReader(sources, emit, stopped, graphOnly);
    try {
      await subscriptions.list(stopped, {
        onTenants: (account, count) => void tenants.set(account?.id, count),
        onFound: (found) => {
          emit({ kind: "subscriptions", subscriptions: found });
          const divided = batchesOf(found.filter(wanted), ({ account }) => tenants.get(account?.id) ?? 1);
          readings.push(...divided.map((batch) => reader.read(batch)));
        },
        onNamed: (named) => emit({ kind: "subscriptions", subscriptions: named }),
        onTenantFailed: (tenant, problem) => emit({ kind: "tenantFailed", ...tenant, problem }),
      });
    } catch (error) {
      const { problem } = about(message("Couldn't load the accounts of {0}.", verbatim(cloud.name)), error);
      emit({ kind: "tenantFailed", displayName: cloud.name, problem });
    }
    await Promise.all(readings);
  });
}

/** Subscriptions that are asked about together: of one account and tenant, in batches of about the same size. */
function batchesOf(
  subscriptions: readonly Subscription[],
  tenantsOf: (through: Through) => number,
): readonly (readonly Subscription[])[] {
  const { maxSubscriptions, onePageSubscriptions, firstQueries } = batching;
  const tenants = Map.groupBy(subscriptions, ({ through }) => keyOf(through));
  return [...tenants.values()].flatMap((all) => {
    const [{ through } = {}] = all;
    if (through === undefined) return [];
    const share = Math.floor(firstQueries / tenantsOf(through));
    const minCount = Math.ceil(all.length / maxSubscriptions);
    const count = Math.max(minCount, Math.min(Math.ceil(all.length / onePageSubscriptions), share));
    const size = Math.ceil(all.length / count);
    return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
      all.slice(index * size, (index + 1) * size),
    );
  });
}

function keyOf({ tenantId, account }: Through): string {
  return [account?.id ?? "", tenantId].join("/");
}

class BatchReader {
  readonly #sources: InventorySources;
  readonly #emit: (event: InventoryEvent) => void;
  readonly #signal: AbortSignal;
  readonly #graphOnly: boolean;
  readonly #share = sharing();
  /** Ways into tenants whose Resource Graph has refused. */
  readonly #refused = new Set<string>();

  constructor(
    sources: InventorySources,
    emit: (event: InventoryEvent) => void,
    signal: AbortSignal,
    graphOnly: boolean,
  ) {
    this.#graphOnly = graphOnly;
    this.#sources = sources;
    this.#emit = emit;
    this.#signal = signal;
  }

  /** Reads subscriptions of one account and tenant. Never rejects. */
  async read(batch: readonly Subscription[]): Promise<void> {
    const [{ subscriptionId, through } = {}] = batch;
    if (subscriptionId === undefined || through === undefined) return;
    const { subscriptions, associations, limit, graphLimit, answers, log } = this.#sources;
    const [emit, signal] = [this.#emit, this.#signal];
    try {
      const clients = await subscriptions.clientsFor(subscriptionId, signal);
      const ids = batch.map((subscription) => subscription.subscriptionId);
      const isRead = await this.#unlessRefused(through, ids, async () => {
        await readFleet({
          graph: clients.graph,
          subscriptions: ids,
          answers,
          limit: graphLimit,
          log,
          signal,
          onPage: (page) => emit({ kind: "page", ...page }),
        });
      });
      if (isRead) emit({ kind: "listed", subscriptionIds: ids });
      else
        await Promise.all(
          batch.map((subscription) =>
            readByLists({ subscription, clients, associations, limit, share: this.#share, emit, signal }),
          ),
        );
    } catch (error) {
      for (const subscription of batch) tellFailed(subscription, error, emit);
    }
  }

  /** Whether `work` was done. Not where it failed in a way that ARM's lists need not share, or that of another batch met with a refusal. */
  async #unlessRefused(
    through: Through,
    subscriptionIds: readonly string[],
    work: () => Promise<void>,
  ): Promise<boolean> {
    const key = keyOf(through);
    if (this.#refused.has(key)) return false;
    try {
      await work();
      return true;
    } catch (error) {
      const problem = problemOf(error);
      if (this.#signal.aborted || this.#graphOnly || ofEveryCall.has(problem.kind)) throw error;
      if (!isRefusal(problem)) {
        this.#tellFailed(through, subscriptionIds, error);
        return false;
      }
      if (!this.#refused.has(key)) this.#tellRefused(through, error);
      this.#refused.add(key);
      return false;
    }
  }

  /** Resource Graph fails for now: only these subscriptions are read another way. */
  #tellFailed({ tenantId, tenantName }: Through, subscriptionIds: readonly string[], error: unknown): void {
    const { problem } = about(
      message("Azure Resource Graph can't answer for {0}.", verbatim(tenantName)),
      error,
    );
    this.#sources.log.warn(
      `Resource Graph fails for ${subscriptionIds.length} subscriptions of tenant ${tenantId}: ${problem.code ?? problem.kind}. ARM's lists are used instead.`,
    );
    this.#emit({ kind: "graphFailed", subscriptionIds, problem });
  }

  #tellRefused({ tenantId, tenantName, account }: Through, error: unknown): void {
    const { problem } = about(
      message("Azure Resource Graph can't answer for {0}.", verbatim(tenantName)),
      error,
    );
    this.#sources.log.warn(
      `Resource Graph refuses tenant ${tenantId}: ${problem.code ?? problem.kind}. ARM's lists are used instead.`,
    );
    this.#emit({
      kind: "graphRefused",
      tenantId,
      displayName: tenantName,
      ...(account && { account }),
      problem,
    });
  }
}

/** Failures that every call through the same account and tenant meets with, so that ARM's lists would fail alike. */
const ofEveryCall: ReadonlySet<Problem["kind"]> = new Set(["notSignedIn", "stepUpRefused", "cancelled"]);

/**
 * Whether asking again would not help: the caller may not ask, or the cloud has no Resource Graph, not this version of it, or none that
 * takes the query, or knows none of these subscriptions (400 `NoValidSubscriptionsInQueryRequest`, https://github.com/Azure/aztfexport/issues/491).
 * What is throttled, breaks off or fails to answer is not refused: the next query may be answered.
 */
function isRefusal({ kind, status }: Problem): boolean {
  return refusals.has(kind) || status === 501;
}

const refusals: ReadonlySet<Problem["kind"]> = new Set([
  "forbidden",
  "notFound",
  "notRegistered",
  "validation",
]);
