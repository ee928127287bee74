import type { Azure } from "../../azure/contracts.ts";
import { textAt, type JsonObject } from "../../core/resources/json.ts";
import { message, verbatim } from "../../core/text/message.ts";
import { group, type Row } from "./question.ts";

/** What flows ask Azure for; the groups once per flow, and once more where that failed. */
export class Lists {
  readonly #azure: Azure;
  readonly #groups = new Map<string, readonly JsonObject[]>();

  constructor(azure: Azure) {
    this.#azure = azure;
  }

  groups(subscriptionId: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    return once(this.#groups, subscriptionId, () => this.#azure.resourceGroups(subscriptionId, signal));
  }

  /** The groups as far as they were loaded. */
  knownGroups(subscriptionId: string): readonly JsonObject[] {
    return this.#groups.get(subscriptionId) ?? [];
  }

  locations(subscriptionId: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
    return this.#azure.locations(subscriptionId, signal);
  }
}

async function once<T>(kept: Map<string, T>, key: string, load: () => Promise<T>): Promise<T> {
  const value = kept.get(key) ?? (await load());
  kept.set(key, value);
  return value;
}

/** Regions to choose from: those that Azure recommends first, the others by geography. Logical ones hold no resources. */
export function regionRows(locations: readonly JsonObject[]): readonly Row[] {
  const recommended = message("Recommended");
  const groups = new Map<string, JsonObject[]>();
  for (const location of locations) {
    if (textAt(location, "metadata", "regionType") === "Logical") continue;
    const isRecommended = textAt(location, "metadata", "regionCategory") === "Recommended";
    const name = isRecommended ? "" : (textAt(location, "metadata", "geographyGroup") ?? "~");
    groups.set(name, [...(groups.get(name) ?? []), location]);
  }
  return [...groups]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .flatMap(([name, members]) => [
      group(name === "" ? recommended : name === "~" ? message("Other regions") : verbatim(name)),
      ...members.map(regionRow).toSorted((a, b) => a.value.localeCompare(b.value)),
    ]);
}

function regionRow(location: JsonObject) {
  const name = textAt(location, "name") ?? "";
  const place =
    textAt(location, "metadata", "physicalLocation") ?? textAt(location, "metadata", "geographyGroup");
  return {
    kind: "choice" as const,
    value: name,
    label: verbatim(textAt(location, "displayName") ?? name),
    description: verbatim(name),
    ...(place !== undefined && { detail: verbatim(place) }),
  };
}
