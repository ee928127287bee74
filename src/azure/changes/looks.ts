import type { Change } from "../../core/plans/plan.ts";
import type { ReadName, Seen } from "../../core/plans/kinds/kind.ts";
import { kindOf } from "../../core/plans/kinds/kinds.ts";
import {
  idKey,
  isAssignmentId,
  isConfigurationId,
  isScaleSetId,
  nameOf,
  parseId,
  sameId,
  subscriptionOf,
} from "../../core/resources/ids.ts";
import { arrayAt, isObject, textAt, type JsonObject } from "../../core/resources/json.ts";
import { saysNotFound } from "../../core/text/problem.ts";
import { type Clients } from "../clients/clients.ts";
import { getScaleSet } from "../clients/compute.ts";
import { askForAssignment, getConfiguration, listAssignments } from "../clients/maintenanceControl.ts";
import { findExtension, latestUpgrade, listInstances, upgradeHistory } from "../clients/upgrades.ts";
import { problemOf } from "../errors/errors.ts";
import { ReadPace } from "../http/readPace.ts";
import type { RetryTime } from "../http/retry.ts";
import { associatedSets } from "../inventory/associatedSets.ts";

/** A look, which may be shared with others that come right after it. */
interface Kept {
  readonly at: number;
  readonly value: Promise<JsonObject | undefined>;
}

/** For how long, in milliseconds, a look is as good as a new one, where nothing was sent to its resource meanwhile. */
const goodForMs = 10_000;

/** Where looks get their clients and the time from. */
export interface LookSource {
  clientsFor(id: string, signal: AbortSignal): Promise<Clients>;
  readonly time: Pick<RetryTime, "now" | "wait">;
}

/**
 * The reads around the changes of one plan. What one change's confirmation has read serves the next one's premise, unless something was sent
 * to the resource in between, or the caller wants a new look.
 */
export class Looks {
  readonly #source: LookSource;
  readonly #kept = new Map<string, Kept>();
  readonly #pace: ReadPace;

  constructor(source: LookSource) {
    this.#source = source;
    this.#pace = new ReadPace(source.time);
  }

  /** What is under these names of a change; undefined for what is not there. Rejects where one of them cannot be read. */
  async at(
    change: Change,
    names: readonly ReadName[],
    signal: AbortSignal,
    { isNew = false } = {},
  ): Promise<Seen> {
    const entries = names.map(async (name) => [name, await this.#read(name, change, signal, isNew)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }

  /** A resource by its id: a scale set, a configuration or an assignment. */
  resource(id: string, signal: AbortSignal, { isNew = false } = {}): Promise<JsonObject | undefined> {
    if (isAssignmentId(id)) return this.#assignment(id, signal, isNew);
    return this.#keep(`resource ${id}`, isNew, async () =>
      readResource(await this.#clients(id, signal), id, signal),
    );
  }

  /** An assignment by a GET of its own, which does not lag as lists do. */
  async associationItself(id: string, signal: AbortSignal): Promise<JsonObject | undefined> {
    return askForAssignment(await this.#clients(id, signal), id, signal);
  }

  /** All assignments of a scale set; undefined where the set is not there. */
  async assignments(
    setId: string,
    signal: AbortSignal,
    { isNew = false } = {},
  ): Promise<readonly JsonObject[] | undefined> {
    const list = await this.#list(setId, signal, isNew);
    return list && arrayAt(list, "value").filter(isObject);
  }

  /** Ids of the scale sets that Resource Graph shows with an assignment to a configuration; none where it does not answer. */
  async associatedSets(configurationId: string, signal: AbortSignal): Promise<readonly string[]> {
    try {
      return await associatedSets(await this.#clients(configurationId, signal), configurationId, signal);
    } catch (error) {
      if (problemOf(error).kind === "cancelled") throw error;
      return []; // The sets that are known are asked directly; the review says which others could not be read.
    }
  }

  /** Resolves when a read in the subscription of `id` may be sent. Rejects with an AbortError as soon as `signal` is aborted. */
  admit(id: string, signal: AbortSignal): Promise<void> {
    return this.#pace.admit(subscriptionOf(id).toLowerCase(), signal);
  }

  /** Something is being sent to a resource: what was read of it before is good no more. */
  forget(subject: string): void {
    const key = idKey(subject);
    for (const name of this.#kept.keys())
      if (name.slice(name.indexOf(" ") + 1).startsWith(key)) this.#kept.delete(name);
  }

  #read(
    name: ReadName,
    change: Change,
    signal: AbortSignal,
    isNew: boolean,
  ): Promise<JsonObject | undefined> {
    const { target } = change;
    const setId = kindOf(change).subject(change);
    switch (name) {
      case "resource":
        return this.resource(target, signal, { isNew });
      case "scaleSet":
        return this.resource(setId, signal, { isNew });
      case "association":
        return this.#assignment(target, signal, isNew);
      case "latestUpgrade":
        return this.#keep(`${name} ${setId}`, isNew, async () =>
          latestUpgrade(await this.#clients(setId, signal), setId, signal),
        );
      case "upgradeHistory":
        return this.#keep(`${name} ${setId}`, isNew, async () => ({
          value: await upgradeHistory(await this.#clients(setId, signal), setId, signal),
        }));
      case "instances":
        return this.#keep(`${name} ${setId}`, isNew, async () => ({
          value: await listInstances(await this.#clients(setId, signal), setId, signal),
        }));
    }
  }

  /** An assignment, as the list of its set has it. That of a set which is not there is in no list, and is asked for itself. */
  async #assignment(id: string, signal: AbortSignal, isNew: boolean): Promise<JsonObject | undefined> {
    const setId = parseId(id)?.scope ?? id;
    const list = await this.#list(setId, signal, isNew);
    if (list === undefined) {
      return this.#keep(`association ${id}`, isNew, async () =>
        askForAssignment(await this.#clients(setId, signal), id, signal),
      );
    }
    return arrayAt(list, "value")
      .filter(isObject)
      .find((assignment) => sameId(textAt(assignment, "name") ?? "", nameOf(id)));
  }

  #list(setId: string, signal: AbortSignal, isNew: boolean): Promise<JsonObject | undefined> {
    return this.#keep(`assignments ${setId}`, isNew, () =>
      ifFound(async () => ({
        value: await listAssignments(await this.#clients(setId, signal), setId, signal),
      })),
    );
  }

  #keep(
    name: string,
    isNew: boolean,
    read: () => Promise<JsonObject | undefined>,
  ): Promise<JsonObject | undefined> {
    const key = name.toLowerCase();
    const kept = this.#kept.get(key);
    const now = this.#source.time.now();
    if (!isNew && kept !== undefined && now - kept.at < goodForMs) return kept.value;
    const value = read();
    this.#kept.set(key, { at: now, value });
    value.catch(() => {
      if (this.#kept.get(key)?.value === value) this.#kept.delete(key);
    });
    return value;
  }

  /** For one read. */
  async #clients(id: string, signal: AbortSignal): Promise<Clients> {
    await this.admit(id, signal);
    return this.#source.clientsFor(id, signal);
  }
}

/** Undefined where a direct read answers that it is not there; any other failure is thrown. */
async function readResource(
  clients: Clients,
  id: string,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  if (isConfigurationId(id)) return ifFound(() => getConfiguration(clients, id, signal));
  if (isScaleSetId(id)) return ifFound(() => getScaleSet(clients, id, signal));
  const { resourceGroup, provider } = parseId(id) ?? {};
  if (provider === undefined) return ifFound(() => clients.resourceManager.resourceGroup(id, signal));
  if (resourceGroup === undefined) return clients.resourceManager.provider(id, signal);
  return findExtension(clients, id, signal);
}

async function ifFound(read: () => Promise<JsonObject>): Promise<JsonObject | undefined> {
  try {
    return await read();
  } catch (error) {
    if (saysNotFound(problemOf(error))) return undefined;
    throw error;
  }
}
