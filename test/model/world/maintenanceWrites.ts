/** What writes of configurations, associations and resource groups do, as recorded: pure functions from one state to the next. */
import { keys, lastName, location } from "./ids.ts";
import { isMembers, textAt, valueAt, withEntry, type Configuration, type Members } from "./state.ts";
import { missing, unchanged, type Write } from "./writes.ts";

/** For about so long the name of a deleted configuration is refused. */
const nameRefusedMs = 20 * 60_000;

export function putAssignment(scaleSet: string, name: string, configuration: string): Write {
  const [scaleSetId, configurationId] = [scaleSet.toLowerCase(), configuration.toLowerCase()];
  const id = `${scaleSetId}/providers/microsoft.maintenance/configurationassignments/${name}`;
  return {
    what: `associate ${lastName(scaleSetId)} with ${lastName(configurationId)} as ${name}`,
    refusal: (state) =>
      missing(state.scaleSets.has(scaleSetId), scaleSetId) ??
      missing(state.configurations.has(configurationId), configurationId),
    apply: (state) => {
      if (!state.scaleSets.has(scaleSetId)) return unchanged(state);
      if (state.assignments.get(id.toLowerCase())?.configurationId === configurationId)
        return unchanged(state);
      const assignment = { id, scaleSetId, name, configurationId };
      const assignments = withEntry(state.assignments, id.toLowerCase(), assignment);
      return { state: { ...state, assignments }, touched: [keys.association(scaleSetId, name)] };
    },
  };
}

export function deleteAssignment(scaleSet: string, name: string): Write {
  const scaleSetId = scaleSet.toLowerCase();
  const id = `${scaleSetId}/providers/microsoft.maintenance/configurationassignments/${name}`.toLowerCase();
  return {
    what: `remove the association ${name} of ${lastName(scaleSetId)}`,
    apply: (state) =>
      state.assignments.has(id)
        ? {
            state: { ...state, assignments: withEntry(state.assignments, id, undefined) },
            touched: [keys.association(scaleSetId, name)],
          }
        : unchanged(state),
  };
}

export function putConfiguration(id: string, body: Members): Write {
  const key = id.toLowerCase();
  return {
    what: `put the configuration ${lastName(id)}`,
    refusal: (state, now) =>
      (state.refusedNames.get(key) ?? 0) > now
        ? { status: 409, code: "Conflict", message: "The name was deleted a short while ago." }
        : undefined,
    apply: (state) => {
      const made = configurationOf(id, body);
      if (JSON.stringify(state.configurations.get(key)) === JSON.stringify(made)) return unchanged(state);
      const configurations = withEntry(state.configurations, key, made);
      return { state: { ...state, configurations }, touched: [keys.configuration(id)] };
    },
  };
}

/** With the defaults filled in, and the keys of tags in lower case, as Azure keeps it. */
export function configurationOf(id: string, body: Members): Configuration {
  const properties = isMembers(body["properties"]) ? body["properties"] : {};
  const window = valueAt(properties, "maintenanceWindow");
  const tags = Object.entries(isMembers(body["tags"]) ? body["tags"] : {});
  return {
    id,
    location: typeof body["location"] === "string" ? body["location"] : location,
    tags: Object.fromEntries(tags.map(([name, value]) => [name.toLowerCase(), value])),
    properties: {
      visibility: "Custom",
      configurationType: "Regular",
      extensionProperties: {},
      ...properties,
      ...(isMembers(window) && {
        maintenanceWindow: { expirationDateTime: "9999-12-31 23:59:59", ...window },
      }),
    },
  };
}

/** Azure takes the associations of its scale sets along. */
export function deleteConfiguration(id: string): Write {
  const key = id.toLowerCase();
  return {
    what: `delete the configuration ${lastName(id)}`,
    apply: (state, now) => {
      if (!state.configurations.has(key)) return unchanged(state);
      const removed = [...state.assignments].filter(([, { configurationId }]) => configurationId === key);
      const assignments = removed.reduce((left, [one]) => withEntry(left, one, undefined), state.assignments);
      return {
        state: {
          ...state,
          assignments,
          configurations: withEntry(state.configurations, key, undefined),
          refusedNames: withEntry(state.refusedNames, key, now + nameRefusedMs),
        },
        touched: [
          keys.configuration(id),
          ...removed.map(([, { scaleSetId, name }]) => keys.association(scaleSetId, name)),
        ],
      };
    },
  };
}

export function putGroup(id: string, body: Members): Write {
  return {
    what: `put the resource group ${lastName(id)}`,
    apply: (state) =>
      state.groups.has(id.toLowerCase())
        ? unchanged(state)
        : {
            state: {
              ...state,
              groups: withEntry(state.groups, id.toLowerCase(), textAt(body, "location") || location),
            },
            touched: [keys.group(id)],
          },
  };
}
