import type { Call, RouteTable } from "../http/call.ts";
import { keyOf, resourceId } from "../ids.ts";
import { created, ok, type Reply } from "../http/http.ts";
import { namedResource, pathOf } from "./namedResource.ts";

const type = "Microsoft.Network/loadBalancers";

const resourceType = {
  namespace: "Microsoft.Network",
  type: "loadBalancers",
  parameter: "loadBalancerName",
};

const getLoadBalancer = (call: Call): Reply =>
  ok(namedResource(call, resourceType, call.state.loadBalancers).body);

/** Keeps what it is sent: only the sku of a load balancer matters here. */
function putLoadBalancer(call: Call): Reply {
  const groupKey = call.groupKey();
  const path = pathOf(call, resourceType);
  const id = resourceId(path);
  const isNew = !call.state.loadBalancers.has(keyOf(id));
  const body = { ...call.body(), name: path.name, id, type };
  call.state.loadBalancers.set(keyOf(id), { subscriptionId: call.subscriptionId, groupKey, body });
  return isNew ? created(body) : ok(body);
}

/** What of Microsoft.Network a scale set's health probe leads to. */
export const networkRoutes: RouteTable = {
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/loadBalancers/{loadBalancerName}":
    { GET: getLoadBalancer, PUT: putLoadBalancer },
};
