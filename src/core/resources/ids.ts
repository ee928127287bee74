/**
 * Azure resource ids. Azure returns one id in different casings from different calls
 * (https://github.com/Azure/azure-rest-api-specs/issues/28880), so ids are compared by their lower-cased key
 * and shown as they came.
 */
declare const brand: unique symbol;

/** A resource id, lower-cased: the only form used as a map key or compared. */
export type IdKey = string & { readonly [brand]: "IdKey" };

export type ResourceKind = "configuration" | "scaleSet" | "assignment" | "resourceGroup" | "subscription";

/** An id of a known kind, in the casing it came in. */
export type Id<K extends ResourceKind> = string & { readonly [brand]: K };
export type ConfigurationId = Id<"configuration">;
export type ScaleSetId = Id<"scaleSet">;
export type AssignmentId = Id<"assignment">;

/** The parts of a resource id; `types` and `names` run in parallel, one pair per nesting level below the provider. */
export interface ParsedId {
  readonly subscriptionId: string;
  readonly resourceGroup?: string;
  /** Namespace of the last provider in the id, such as `Microsoft.Compute`. */
  readonly provider?: string;
  readonly types: readonly string[];
  readonly names: readonly string[];
  /** For an extension resource: the id of the resource that it extends. */
  readonly scope?: string;
}

export function idKey(id: string): IdKey {
  return id.toLowerCase() as IdKey;
}

export function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Ids without those that name the same, in the casing of the last. */
export function distinctIds(ids: readonly string[]): readonly string[] {
  return [...new Map(ids.map((id) => [idKey(id), id])).values()];
}

/**
 * What a URL takes for a step to another place (`.` and `..`, their dots percent-encoded too), for its end or for another slash, and what
 * it leaves out, which could hide one of these (https://url.spec.whatwg.org/#path-state).
 */
const noName = /^(?:\.|%2e){1,2}$|[\\?#\p{Cc}]/iu;

/**
 * Takes an id apart. Undefined when the text is not a resource id: wrong words, empty or odd segments, or one that is no name, with which
 * the address of a request would lead elsewhere than the id reads.
 */
export function parseId(id: string): ParsedId | undefined {
  const segments = id.trim().replace(/\/$/, "").split("/").slice(1);
  if (!id.trim().startsWith("/") || segments.some(isNoName)) return undefined;
  const [subscriptions, subscriptionId, ...rest] = segments;
  if (subscriptions?.toLowerCase() !== "subscriptions" || subscriptionId === undefined) return undefined;
  let resourceGroup: string | undefined;
  if (rest[0]?.toLowerCase() === "resourcegroups") {
    resourceGroup = rest[1];
    if (resourceGroup === undefined) return undefined;
    rest.splice(0, 2);
  }
  const group = resourceGroup === undefined ? {} : { resourceGroup };
  if (rest.length === 0) return { subscriptionId, ...group, types: [], names: [] };
  const last = rest.findLastIndex(
    (segment, index) => index % 2 === 0 && segment.toLowerCase() === "providers",
  );
  const [, provider, ...pairs] = rest.slice(last);
  // A provider in its subscription is a resource of its own, which can be registered.
  if (last === 0 && provider !== undefined && pairs.length === 0 && resourceGroup === undefined)
    return { subscriptionId, provider, types: [], names: [] };
  if (last < 0 || provider === undefined || pairs.length === 0 || pairs.length % 2 !== 0) return undefined;
  const types = pairs.filter((_, index) => index % 2 === 0);
  const names = pairs.filter((_, index) => index % 2 === 1);
  if (last === 0) return { subscriptionId, ...group, provider, types, names };
  const scope = `/${segments.slice(0, segments.length - rest.length + last).join("/")}`;
  return { subscriptionId, ...group, provider, types, names, scope };
}

function isNoName(segment: string): boolean {
  return segment.trim() === "" || noName.test(segment);
}

const kinds = {
  configuration: ["microsoft.maintenance", "maintenanceconfigurations"],
  scaleSet: ["microsoft.compute", "virtualmachinescalesets"],
  assignment: ["microsoft.maintenance", "configurationassignments"],
} as const;

function isKind(id: string, kind: keyof typeof kinds): boolean {
  const parsed = parseId(id);
  const [provider, type] = kinds[kind];
  return (
    parsed !== undefined &&
    parsed.provider?.toLowerCase() === provider &&
    parsed.types.length === 1 &&
    parsed.types[0]?.toLowerCase() === type
  );
}

export const isConfigurationId = (id: string): id is ConfigurationId => isKind(id, "configuration");
export const isScaleSetId = (id: string): id is ScaleSetId => isKind(id, "scaleSet");
export const isAssignmentId = (id: string): id is AssignmentId => isKind(id, "assignment");

/** The last name in an id: what the user calls the resource. The whole text when it is not an id. */
export function nameOf(id: string): string {
  const parsed = parseId(id);
  return parsed?.names.at(-1) ?? parsed?.resourceGroup ?? parsed?.provider ?? parsed?.subscriptionId ?? id;
}

/**
 * The subscription in an id, in the casing it came in; empty where the text is not an id. Nothing else of the id is taken apart: there are
 * thousands of them.
 */
export function subscriptionOf(id: string): string {
  return /^\s*\/subscriptions\/([^/\s]+)/i.exec(id)?.[1] ?? "";
}

/** The resource group in the id of a resource that is known to be in one: there are thousands of them. */
export function groupOf(id: string): string {
  // After "/subscriptions/…/resourceGroups/".
  const start = id.indexOf("/", id.indexOf("/", 15) + 1) + 1;
  return id.slice(start, id.indexOf("/", start));
}

/** The name in a list of what a plan was about: of an assignment with its scale set, which is what the user looks for. */
export function nameWithSet(id: string): string {
  return isAssignmentId(id) ? `${nameOf(parseId(id)?.scope ?? "")}: ${nameOf(id)}` : nameOf(id);
}

export function resourceGroupId(subscriptionId: string, resourceGroup: string): Id<"resourceGroup"> {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}` as Id<"resourceGroup">;
}

/** A resource provider in a subscription. */
export function providerId(subscriptionId: string, namespace: string): string {
  return `/subscriptions/${subscriptionId}/providers/${namespace}`;
}

export function configurationId(
  subscriptionId: string,
  resourceGroup: string,
  name: string,
): ConfigurationId {
  return `${resourceGroupId(subscriptionId, resourceGroup)}/providers/Microsoft.Maintenance/maintenanceConfigurations/${name}` as ConfigurationId;
}

export function assignmentId(scaleSet: string, name: string): AssignmentId {
  return `${scaleSet}/providers/Microsoft.Maintenance/configurationAssignments/${name}` as AssignmentId;
}
