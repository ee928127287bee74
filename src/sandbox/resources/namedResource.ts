import type { Call } from "../http/call.ts";
import { arm } from "../http/errors.ts";
import { keyOf, resourceId, type ResourcePath } from "../ids.ts";
import type { Stored } from "../state.ts";

/** A type of top-level resources, and the parameter of a route that names one of them. */
export interface ResourceType {
  readonly namespace: string;
  readonly type: string;
  readonly parameter: string;
}

/** The resource that the path of a call names, whether it is there or not. */
export function pathOf(call: Call, { namespace, type, parameter }: ResourceType): ResourcePath {
  return {
    subscriptionId: call.subscriptionId,
    resourceGroup: call.param("resourceGroupName"),
    namespace,
    type,
    name: call.param(parameter),
  };
}

/** The resource that the path of a call names; refuses one that does not exist. */
export function namedResource(
  call: Call,
  type: ResourceType,
  stored: { get(key: string): Stored | undefined },
): Stored & { readonly key: string } {
  call.groupKey();
  const path = pathOf(call, type);
  const key = keyOf(resourceId(path));
  const found = stored.get(key);
  if (found === undefined)
    throw arm.unknownResource(`${type.namespace}/${type.type}`, path.name, path.resourceGroup);
  return { ...found, key };
}
