/** What a request path or a resource id says: the resource group, the provider, and type/name pairs below it. */
export interface ResourcePath {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly namespace: string;
  readonly type: string;
  readonly name: string;
}

/** Ids are one whatever their casing: this form is the key of every map. */
export const keyOf = (id: string): string => id.toLowerCase().replace(/(?<!\/)\/+$/, "");

export const groupId = (subscriptionId: string, resourceGroup: string): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;

export const resourceId = (path: ResourcePath): string =>
  `${groupId(path.subscriptionId, path.resourceGroup)}/providers/${path.namespace}/${path.type}/${path.name}`;

/** The subscription in a key: what stands behind `/subscriptions/`. */
export const subscriptionOf = (key: string): string => key.split("/", 3)[2]?.toLowerCase() ?? "";

const topLevel =
  /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/providers\/([^/]+)\/([^/]+)\/([^/]+)\/?$/i;

/** Takes the id of a top-level resource apart; undefined for anything else. */
export function parseResourceId(id: string): ResourcePath | undefined {
  const [, subscriptionId, resourceGroup, namespace, type, name] = topLevel.exec(id) ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined) return undefined;
  if (namespace === undefined || type === undefined || name === undefined) return undefined;
  return { subscriptionId, resourceGroup, namespace, type, name };
}

/** A GUID that depends on `seed` alone, so that the same fleet has the same ids each time it is made. */
export function guidOf(seed: string): string {
  const words = [0, 1, 2, 3].map((lane) => {
    let hash = 2166136261 ^ (lane * 0x9e3779b9);
    for (let index = 0; index < seed.length; index++) {
      hash = Math.imul(hash ^ seed.charCodeAt(index), 16777619);
    }
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return ((hash ^ (hash >>> 12)) >>> 0).toString(16).padStart(8, "0");
  });
  const hex = words.join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
