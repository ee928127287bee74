import { enabledMember, keys } from "./ids.ts";
import { valueAt, type WorldState } from "./state.ts";

/** What a state has under a key of `keys`, as text that can be compared; empty where there is nothing. */
export function valueOf(state: WorldState, key: string): string {
  for (const { scaleSetId, name, configurationId } of state.assignments.values())
    if (key === keys.association(scaleSetId, name)) return configurationId;
  for (const [id, configuration] of state.configurations)
    if (key === keys.configuration(id)) return JSON.stringify(configuration);
  for (const [id, set] of state.scaleSets) {
    if (key === keys.upgrade(id)) return JSON.stringify(set.upgrade ?? "");
    if (!key.startsWith(keys.scaleSet(id))) continue;
    const path = key.slice(keys.scaleSet(id).length);
    const value = path === "tags" ? set.tags : valueAt(set.properties, ...path.split("."));
    // Upgrades that are off and upgrades of which nothing was ever said are the same to Azure.
    return path === enabledMember ? JSON.stringify(value === true) : JSON.stringify(value ?? "");
  }
  return "";
}
