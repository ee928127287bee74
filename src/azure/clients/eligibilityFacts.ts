import type { EligibilityFacts } from "../../core/eligibility/facts.ts";
import { nameOf } from "../../core/resources/ids.ts";
import { type JsonObject, textAt } from "../../core/resources/json.ts";
import { message, type Message, verbatim } from "../../core/text/message.ts";
import type { Problem } from "../../core/text/problem.ts";
import { healthSourcesOf, isFlexible } from "../../core/resources/scaleSet.ts";
import type { Clients } from "./clients.ts";
import type { EligibilityAnswer } from "../contracts.ts";
import { about } from "../errors/errors.ts";
import { getMachine, withMachines } from "./flexibleInstances.ts";
import { type AnswerCache, newestImageOf } from "./imageVersions.ts";
import type { Limit } from "../../core/limit.ts";
import { subscriptionNamedBy } from "./places.ts";
import { instanceView, latestUpgrade, listInstances, upgradeHistory } from "./upgrades.ts";

export interface FactsReader {
  clientsFor(subscriptionId: string, signal: AbortSignal): Promise<Clients>;
  readonly limit: Limit;
  /** Newest image versions. */
  readonly images: AnswerCache<JsonObject>;
}

type Reads = {
  readonly [K in keyof EligibilityFacts]?: () => Promise<NonNullable<EligibilityFacts[K]> | null>;
};

/** Reads what the model of a scale set can't hold; see `Azure.eligibilityFacts`. */
export async function eligibilityFacts(
  { clientsFor, limit, images }: FactsReader,
  scaleSet: JsonObject,
  signal: AbortSignal,
): Promise<EligibilityAnswer> {
  const id = textAt(scaleSet, "id") ?? "";
  const subscriptionId = subscriptionNamedBy(id);
  const ask = async <T>(
    call: (clients: Clients) => Promise<T>,
    of = subscriptionId,
    until = signal,
  ): Promise<T> => {
    const clients = await clientsFor(of, until);
    return limit(() => call(clients));
  };
  const image = newestImageOf(scaleSet);
  const loadBalancer = loadBalancerOf(scaleSet);
  const reads: Reads = {
    instances: async () => {
      const listed = await ask((clients) => listInstances(clients, id, signal));
      if (!isFlexible(scaleSet)) return listed;
      return withMachines(listed, (machine) => ask((clients) => getMachine(clients, machine, signal)));
    },
    rollingUpgrade: () => ask(async (clients) => (await latestUpgrade(clients, id, signal)) ?? null),
    upgradeHistory: () => ask((clients) => upgradeHistory(clients, id, signal)),
    // Azure has none for Flexible sets.
    ...(!isFlexible(scaleSet) && { instanceView: () => ask((clients) => instanceView(clients, id, signal)) }),
    ...(image && {
      // Others may wait for the same answer: whoever gives up does so for itself.
      newestImage: () =>
        images.get(
          image.key,
          (shared) =>
            ask((clients) => image.newest(clients, subscriptionId, shared), image.subscriptionId, shared),
          signal,
        ),
    }),
    ...(loadBalancer !== undefined && {
      loadBalancer: () =>
        ask(
          ({ resourceManager }) => resourceManager.loadBalancer(loadBalancer, signal),
          subscriptionNamedBy(loadBalancer),
        ),
    }),
  };
  const unread: Partial<Record<keyof EligibilityFacts, Problem>> = {};
  const readOne = async ([name, read]: [string, () => Promise<unknown>]) => {
    const fact = name as keyof EligibilityFacts;
    try {
      return [[fact, await read()]];
    } catch (error) {
      if (signal.aborted) throw error;
      unread[fact] = about(couldNotRead(fact, nameOf(id)), error).problem;
      return [];
    }
  };
  const entries = await Promise.all(Object.entries(reads).map(readOne));
  return { facts: Object.fromEntries(entries.flat()) as EligibilityFacts, unread };
}

/** The load balancer that a set's health probe belongs to. */
function loadBalancerOf(scaleSet: JsonObject): string | undefined {
  const probe = healthSourcesOf(scaleSet).find(({ kind }) => kind === "probe");
  return probe?.kind === "probe" ? /^.+\/loadBalancers\/[^/]+/i.exec(probe.id)?.[0] : undefined;
}

/** What could not be done where a fact of the scale set of this name can't be read. */
export function couldNotRead(fact: keyof EligibilityFacts, name: string): Message {
  const set = verbatim(name);
  switch (fact) {
    case "newestImage":
      return message("Couldn't load the latest image version for {0}.", set);
    case "instances":
      return message("Couldn't load the instances of {0}.", set);
    case "instanceView":
      return message("Couldn't load the instance view of {0}.", set);
    case "loadBalancer":
      return message("Couldn't load the load balancer of {0}.", set);
    case "rollingUpgrade":
      return message("Couldn't load the latest upgrade of {0}.", set);
    case "upgradeHistory":
      return message("Couldn't load the upgrade history of {0}.", set);
    case "configurations":
      return message("Couldn't load the associations of {0}.", set);
  }
}
