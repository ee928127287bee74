/** Ids are one whatever their casing: this form is the key of every map. */
export const keyOf = (id: string): string => id.toLowerCase().replace(/(?<!\/)\/+$/, "");

export const groupId = (subscriptionId: string, resourceGroup: string): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;

/** The id of a top-level resource; `type` with its namespace. */
export const resourceId = (
  subscriptionId: string,
  resourceGroup: string,
  type: string,
  name: string,
): string => `${groupId(subscriptionId, resourceGroup)}/providers/${type}/${name}`;

/** The subscription in a key: what stands behind `/subscriptions/`. */
export const subscriptionOf = (key: string): string => key.split("/", 3)[2]?.toLowerCase() ?? "";

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
