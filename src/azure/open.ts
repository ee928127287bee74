import {
  isAssignmentId,
  isConfigurationId,
  isScaleSetId,
  nameOf,
  parseId,
  providerId,
} from "../core/resources/ids.ts";
import { type JsonObject, textAt } from "../core/resources/json.ts";
import type { Log } from "../core/log.ts";
import { message, type Message, verbatim } from "../core/text/message.ts";
import type { EligibilityFacts } from "../core/eligibility/facts.ts";
import { readPermissions } from "../core/plans/roles.ts";
import type { Problem } from "../core/text/problem.ts";
import { sendPlan } from "./changes/sendPlan.ts";
import { confirmed } from "./changes/confirmation.ts";
import { Looks } from "./changes/looks.ts";
import { AssociationReads } from "./clients/associationReads.ts";
import { type Clients, createClients } from "./clients/clients.ts";
import { getScaleSet } from "./clients/compute.ts";
import type { AccountName, Azure, Connection, TenantAccess } from "./contracts.ts";
import { couldNotRead, eligibilityFacts } from "./clients/eligibilityFacts.ts";
import { about } from "./errors/errors.ts";
import { AnswerCache } from "./clients/imageVersions.ts";
import { ApiVersions } from "./http/apiVersions.ts";
import { GraphQuota } from "./http/graphQuota.ts";
import { FleetAnswers } from "./inventory/fleetAnswers.ts";
import { inventory } from "./inventory/inventory.ts";
import { createLimit } from "../core/limit.ts";
import { findAssignment, getConfiguration } from "./clients/maintenanceControl.ts";
import { createPipeline } from "./http/pipeline.ts";
import { notAnId, notFound, subscriptionNamedBy } from "./clients/places.ts";
import { preview } from "./changes/preview.ts";
import { ResourcePace } from "./http/resourcePace.ts";
import { realTime, retryEnvironment } from "./http/retry.ts";
import { spacedClient } from "./http/spacedClient.ts";
import { Subscriptions } from "./accounts/subscriptions.ts";
import { instanceView, latestUpgrade, listInstances, upgradeHistory } from "./clients/upgrades.ts";
import { WaitBoard } from "./http/waits.ts";
import { objectsOf } from "./http/wire.ts";

/**
 * How many reads, and how many queries, are under way at once. Each takes a connection of its own, and VS Code, which hands every new one all
 * certificates of the machine, works some 20 ms for it. Few of them are as quick: 12 queries take two round trips rather than one.
 */
const maxReadsInFlight = 6;
const maxQueriesInFlight = 6;

/** Opens the Azure behind a connection. `version` is this extension's own, for the user agent. Sends nothing yet. */
export function openAzure(connection: Connection, log: Log, version: string, time = realTime): Azure {
  const { cloud, origin, httpClient = spacedClient() } = connection;
  const waits = new WaitBoard();
  const retry = retryEnvironment(log, waits, time);
  const resourcePace = new ResourcePace(retry);
  const apiVersions = new ApiVersions(log);
  /** By account. */
  const graphQuotas = new Map<string, GraphQuota>();
  const clientsOf = (access: TenantAccess, account?: AccountName): Clients => {
    const key = account?.id ?? "";
    const graphQuota = graphQuotas.get(key) ?? new GraphQuota(retry);
    graphQuotas.set(key, graphQuota);
    const pipeline = createPipeline({
      ...{ cloud, access, log, version, retry },
      ...{ graphQuota, resourcePace, apiVersions },
    });
    return createClients({ cloud, credential: access.credential, pipeline, httpClient });
  };
  const limit = createLimit(maxReadsInFlight);
  const graphLimit = createLimit(maxQueriesInFlight);
  const associations = new AssociationReads(retry.now);
  const answers = new FleetAnswers();
  const subscriptions = new Subscriptions(connection, clientsOf, limit, log);

  /** Runs a call with the clients of a subscription; a failure says what could not be done. */
  const ask = async <T>(
    subscriptionId: string,
    doing: Message,
    signal: AbortSignal,
    call: (clients: Clients) => Promise<T>,
  ): Promise<T> => {
    try {
      return await call(await subscriptions.clientsFor(subscriptionId, signal));
    } catch (error) {
      throw about(doing, error);
    }
  };

  /** Reads a fact of one scale set by its id. */
  const factOf =
    <T>(
      fact: keyof EligibilityFacts,
      read: (clients: Clients, scaleSetId: string, signal: AbortSignal) => Promise<T>,
    ) =>
    async (id: string, signal: AbortSignal) =>
      ask(subscriptionNamedBy(id), couldNotRead(fact, nameOf(id)), signal, (clients) =>
        read(clients, id, signal),
      );

  /** Kept while the connection lasts: the picker of regions and the reader of their pairs share one call. */
  const locations = new Map<string, readonly JsonObject[]>();

  const factsReader = {
    clientsFor: (subscriptionId: string, signal: AbortSignal) =>
      subscriptions.clientsFor(subscriptionId, signal),
    limit,
    images: new AnswerCache<JsonObject>(),
  };

  const clientsFor = async (id: string, signal: AbortSignal) =>
    subscriptions.clientsFor(subscriptionNamedBy(id), signal);

  return {
    origin,
    cloud,
    waits,
    inventory: (signal, wanted, graphOnly) =>
      inventory(
        { cloud, subscriptions, associations, limit, graphLimit, answers, log },
        signal,
        wanted,
        graphOnly,
      ),
    read: async (id, signal) =>
      ask(subscriptionNamedBy(id), message("Couldn't load {0}.", verbatim(nameOf(id))), signal, (clients) =>
        readResource(clients, id, signal),
      ),
    assignmentsOf: factOf("configurations", (clients, id, signal) => associations.of(clients, id, signal)),
    eligibilityFacts: (scaleSet, signal) => eligibilityFacts(factsReader, scaleSet, signal),
    latestUpgrade: factOf("rollingUpgrade", latestUpgrade),
    upgradeHistory: factOf("upgradeHistory", upgradeHistory),
    instanceView: factOf("instanceView", instanceView),
    instances: factOf("instances", listInstances),
    resourceGroups: (subscriptionId, signal) =>
      ask(subscriptionId, message("Couldn't load the resource groups."), signal, async (clients) =>
        objectsOf(await clients.resourceManager.resourceGroups(subscriptionId, signal)),
      ),
    locations: async (subscriptionId, signal) => {
      const doing = message("Couldn't load the regions.");
      const key = subscriptionId.toLowerCase();
      const known =
        locations.get(key) ??
        (await ask(subscriptionId, doing, signal, async (clients) =>
          objectsOf(await clients.resourceManager.locations(subscriptionId, signal)),
        ));
      locations.set(key, known);
      return known;
    },
    registrationState: (subscriptionId, namespace, signal) =>
      ask(
        subscriptionId,
        message("Couldn't load the resource provider {0}.", namespace),
        signal,
        async (clients) => {
          const id = providerId(subscriptionId, namespace);
          const provider = await limit(() => clients.resourceManager.provider(id, signal));
          return textAt(provider, "registrationState") ?? "";
        },
      ),
    permissions: async (scope, signal) =>
      ask(
        subscriptionNamedBy(scope),
        message("Couldn't load your permissions on {0}.", verbatim(nameOf(scope))),
        signal,
        async (clients) =>
          readPermissions(await limit(() => clients.resourceManager.permissions(scope, signal))),
      ),
    preview: (plan) => preview(cloud, plan, apiVersions),
    apply: async (plan, options) => {
      const results = await sendPlan(plan, options, { clientsFor, quota: retry.quota, apiVersions, time });
      associations.forget();
      return results;
    },
    outcomeOf: (change, signal, { sentAt = time.now(), isOnce = false } = {}) => {
      const looks = new Looks({ clientsFor, time });
      const sent = { at: sentAt, isAccepted: false };
      const { body, lacking } = apiVersions.takenOf(change.target, change.after ?? {});
      const asSent = lacking.length > 0 ? { ...change, after: body ?? {} } : change;
      return confirmed(asSent, sent, { looks, time, signal, isOnce }, isOnce ? undefined : interrupted());
    },
  };
}

/** For a change whose answer was not heard, since VS Code was closed meanwhile. */
function interrupted(): Problem {
  return { kind: "network", summary: message("VS Code closed before Azure answered.") };
}

async function readResource(clients: Clients, id: string, signal: AbortSignal): Promise<JsonObject> {
  if (isScaleSetId(id)) return getScaleSet(clients, id, signal);
  if (isConfigurationId(id)) return getConfiguration(clients, id, signal);
  if (isAssignmentId(id)) {
    const assignment = await findAssignment(clients, id, signal);
    if (assignment === undefined) throw notFound();
    return assignment;
  }
  const parsed = parseId(id);
  if (parsed === undefined || parsed.provider !== undefined) throw notAnId(id);
  if (parsed.resourceGroup === undefined)
    return clients.resourceManager.subscription(parsed.subscriptionId, signal);
  return clients.resourceManager.resourceGroup(id, signal);
}
