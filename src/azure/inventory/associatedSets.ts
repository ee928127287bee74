import { parseId } from "../../core/resources/ids.ts";
import type { Clients } from "../clients/clients.ts";
import { maxPageRows } from "./resourceGraph.ts";

/** Ids of the assignments that lead to a configuration, anywhere that the caller may read. */
export const associationsQuery = (configurationId: string): string => `maintenanceresources
| where type =~ 'microsoft.maintenance/configurationassignments'
| where tostring(properties.maintenanceConfigurationId) =~ '${configurationId.replaceAll(/[\\']/g, String.raw`\$&`)}'
| project id
| order by id asc`;

/**
 * Ids of the scale sets that Resource Graph shows with an assignment to a configuration. It lags by up to a minute and shows only what the
 * caller may read: a set that it does not show may have one all the same.
 */
export async function associatedSets(
  clients: Clients,
  configurationId: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const query = associationsQuery(configurationId);
  const answer = await clients.graph.query({ query, subscriptions: [], top: maxPageRows, from: 0 }, signal);
  return answer.page().rows.flatMap(([id]) => (typeof id === "string" ? (parseId(id)?.scope ?? []) : []));
}
