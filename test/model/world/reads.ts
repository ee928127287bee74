/** What Azure answers to reads, in the shapes that were recorded. */
import { keys, lastName, location, subscriptionId, tenantId } from "./ids.ts";
import {
  textAt,
  type Assignment,
  type Configuration,
  type Members,
  type ScaleSet,
  type Value,
  type WorldState,
} from "./state.ts";
import { etagOf } from "./scaleSetWrites.ts";

/** An answer, and the keys of what it shows. */
export interface Shown {
  readonly status: number;
  readonly body: Value;
  readonly scope?: string;
}

/** How many instances each scale set has. */
export const capacity = 3;

const paths = {
  scaleSet:
    /^(\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.compute\/virtualmachinescalesets\/[^/]+)(\/.*)?$/,
  configuration:
    /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.maintenance\/maintenanceconfigurations\/[^/]+$/,
  group: /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+$/,
};

/** The configuration whose associations a query of Resource Graph is about; undefined for any other. */
export function configurationAskedFor(body: string): string | undefined {
  return /maintenanceConfigurationId\) =~ '([^']+)'/.exec(body)?.[1]?.toLowerCase();
}

/** The ids of the assignments that lead to a configuration, as a table. */
export function associationsWith({ assignments }: WorldState, configurationId: string): Value {
  const rows = [...assignments.values()]
    .filter((one) => one.configurationId === configurationId)
    .map(({ id }) => [id]);
  return { totalRecords: rows.length, data: { columns: [{ name: "id", type: "string" }], rows } };
}

/** `path`: lower-cased. */
export function read(state: WorldState, path: string): Shown {
  const found = listed(state, path) ?? ofScaleSet(state, path) ?? single(state, path);
  return found ?? notFound(path);
}

function listed(state: WorldState, path: string): Shown | undefined {
  const ofSubscription = `/subscriptions/${subscriptionId}`;
  const list = (value: readonly Value[], scope?: string): Shown => ({
    status: 200,
    body: { value },
    ...(scope !== undefined && { scope }),
  });
  if (path.endsWith("/providers/microsoft.authorization/permissions"))
    return list([{ actions: ["*"], notActions: [], dataActions: [], notDataActions: [] }]);
  switch (path) {
    case "/tenants":
      return list([{ id: `/tenants/${tenantId}`, tenantId, displayName: "Contoso" }]);
    case "/subscriptions":
      return list([{ id: ofSubscription, subscriptionId, tenantId, displayName: "Model", state: "Enabled" }]);
    case `${ofSubscription}/locations`:
      return list([
        {
          name: location,
          displayName: "West Europe",
          metadata: { regionType: "Physical", pairedRegion: [] },
        },
      ]);
    case `${ofSubscription}/resourcegroups`:
      return list([...state.groups].map(([id, region]) => ({ id, name: lastName(id), location: region })));
    case `${ofSubscription}/providers/microsoft.maintenance/maintenanceconfigurations`:
      return list([...state.configurations.values()].map(configurationInList), "configuration ");
    case `${ofSubscription}/providers/microsoft.compute/virtualmachinescalesets`:
      return list([...state.scaleSets.values()].map(scaleSetOnWire), "scale set ");
  }
  return undefined;
}

function ofScaleSet(state: WorldState, path: string): Shown | undefined {
  const [, id, rest = ""] = paths.scaleSet.exec(path) ?? [];
  if (id === undefined) return undefined;
  const set = state.scaleSets.get(id);
  if (set === undefined) return notFound(id);
  const shown = (body: Value, scope: string): Shown => ({ status: 200, body, scope });
  switch (rest) {
    case "":
      return shown(scaleSetOnWire(set), keys.scaleSet(id));
    case "/providers/microsoft.maintenance/configurationassignments":
      return shown(
        {
          value: [...state.assignments.values()].filter((one) => one.scaleSetId === id).map(assignmentInList),
        },
        keys.associations(id),
      );
    case "/rollingupgrades/latest":
      return set.upgrade === undefined
        ? { ...notFound(path), scope: keys.upgrade(id) }
        : shown(latestUpgrade(set.upgrade), keys.upgrade(id));
    case "/osupgradehistory":
      return shown({ value: set.upgrade === undefined ? [] : [pastUpgrade(set.upgrade)] }, keys.upgrade(id));
    case "/virtualmachines":
      return shown({ value: instancesOf(set) }, keys.member(id, "instances"));
    case "/instanceview":
      return shown(
        { virtualMachine: { statusesSummary: [{ code: "ProvisioningState/succeeded", count: capacity }] } },
        keys.member(id, "instances"),
      );
  }
  return oneOf(state, set, rest);
}

/** An assignment or an extension of a set. */
function oneOf(state: WorldState, set: ScaleSet, rest: string): Shown | undefined {
  const id = set.id.toLowerCase();
  const [, name] =
    /^\/providers\/microsoft\.maintenance\/configurationassignments\/([^/]+)$/.exec(rest) ?? [];
  if (name !== undefined) {
    const found = [...state.assignments.values()].find(
      (one) => one.scaleSetId === id && one.name.toLowerCase() === name,
    );
    // Recorded: 400, and not 404.
    return found === undefined
      ? {
          status: 400,
          body: { Message: `Invalid configurationAssignmentName: ${name}. Confirm api version.` },
          scope: keys.association(id, name),
        }
      : { status: 200, body: assignmentInList(found), scope: keys.association(id, name) };
  }
  const [, extension] = /^\/extensions\/([^/]+)$/.exec(rest) ?? [];
  if (extension === undefined) return undefined;
  const found = extensionsOf(set).find((one) => textAt(one, "name").toLowerCase() === extension);
  return found && { status: 200, body: { id: `${set.id}/extensions/${extension}`, ...found } };
}

function single(state: WorldState, path: string): Shown | undefined {
  if (paths.configuration.test(path)) {
    const found = state.configurations.get(path);
    const scope = keys.configuration(path);
    return found === undefined
      ? { ...notFound(path), scope }
      : { status: 200, body: configurationOnWire(found), scope };
  }
  if (/^\/subscriptions\/[^/]+\/providers\/microsoft\.maintenance$/.test(path))
    return {
      status: 200,
      body: { id: path, namespace: "Microsoft.Maintenance", registrationState: "Registered" },
    };
  if (paths.group.test(path)) {
    const region = state.groups.get(path);
    const body = {
      id: path,
      name: lastName(path),
      location: region,
      properties: { provisioningState: "Succeeded" },
    };
    return region === undefined
      ? { ...notFound(path), scope: keys.group(path) }
      : { status: 200, body, scope: keys.group(path) };
  }
  return undefined;
}

export function scaleSetOnWire({ id, version, tags, properties }: ScaleSet): Members {
  return {
    id,
    name: lastName(id),
    type: "Microsoft.Compute/virtualMachineScaleSets",
    location,
    etag: etagOf(version),
    tags,
    sku: { name: "Standard_D2s_v5", tier: "Standard", capacity },
    properties,
  };
}

/** With the provider's part of the id in lower case, as GET returns it. */
export function configurationOnWire({ id, ...rest }: Configuration): Members {
  return {
    id: id.replace(/\/providers\/.+\//i, (middle) => middle.toLowerCase()),
    name: lastName(id),
    type: "Microsoft.Maintenance/maintenanceConfigurations",
    systemData: { lastModifiedBy: "someone@contoso.example" },
    ...rest,
  };
}

/** A list leaves the default of the expiry out. */
function configurationInList(configuration: Configuration): Members {
  const { properties } = configuration;
  const { expirationDateTime, ...window } = (properties["maintenanceWindow"] ?? {}) as Members;
  const isDefault = expirationDateTime === "9999-12-31 23:59:59";
  return configurationOnWire({
    ...configuration,
    properties: {
      ...properties,
      ...(isDefault && { maintenanceWindow: window }),
    },
  });
}

/** Lists have neither `location` nor `resourceId`, and their ids are in lower case. */
function assignmentInList({ id, name, configurationId }: Assignment): Members {
  return {
    id: id.toLowerCase(),
    name,
    type: "Microsoft.Maintenance/configurationAssignments",
    properties: { maintenanceConfigurationId: configurationId },
  };
}

/** As a PUT is answered. */
export function assignmentAnswer(assignment: Assignment): Members {
  const { properties, ...rest } = assignmentInList(assignment);
  return { ...rest, location, properties: { ...(properties as Members), resourceId: assignment.scaleSetId } };
}

export function extensionsOf({ properties }: ScaleSet): readonly Members[] {
  const profile = (properties["virtualMachineProfile"] as Members | undefined)?.["extensionProfile"];
  return ((profile as Members | undefined)?.["extensions"] ?? []) as readonly Members[];
}

function instancesOf({ id, upToDate, properties }: ScaleSet): readonly Members[] {
  return Array.from({ length: capacity }, (_, index) => ({
    id: `${id}/virtualMachines/${index}`,
    instanceId: String(index),
    properties: {
      latestModelApplied: index < upToDate,
      provisioningState: "Succeeded",
      orchestrationMode: properties["orchestrationMode"],
    },
  }));
}

type Latest = NonNullable<ScaleSet["upgrade"]>;

function latestUpgrade({ code, startedAt }: Latest): Members {
  const startTime = new Date(startedAt).toISOString();
  return {
    properties: {
      runningStatus: {
        code,
        startTime,
        lastAction: code === "Cancelled" ? "Cancel" : "Start",
        lastActionTime: startTime,
      },
      progress: progressOf(code),
      ...(code === "Cancelled" && {
        error: { code: "RollingUpgradeCanceled", message: "It was cancelled." },
      }),
    },
  };
}

function pastUpgrade({ code, startedAt, startedBy }: Latest): Members {
  return {
    properties: {
      runningStatus: { code, startTime: new Date(startedAt).toISOString() },
      progress: progressOf(code),
      startedBy,
    },
  };
}

function progressOf(code: Latest["code"]): Members {
  const successful = code === "Completed" ? capacity : 0;
  return {
    successfulInstanceCount: successful,
    failedInstanceCount: 0,
    inProgressInstanceCount: 0,
    pendingInstanceCount: capacity - successful,
  };
}

function notFound(path: string): Shown {
  return {
    status: 404,
    body: { error: { code: "ResourceNotFound", message: `The resource '${path}' was not found.` } },
  };
}
