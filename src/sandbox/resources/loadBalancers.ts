import type { Call, RouteTable } from "../http/call.ts";
import { created, ok, type Reply } from "../http/http.ts";
import { namedResource, placeOf } from "./namedResource.ts";

const balancers = { type: "Microsoft.Network/loadBalancers", parameter: "loadBalancerName" };

const getLoadBalancer = (call: Call): Reply =>
  ok(namedResource(call, balancers, call.state.loadBalancers).body);

/** Keeps what it is sent: only the sku of a load balancer matters here. */
function putLoadBalancer(call: Call): Reply {
  const { key, groupKey, id, name } = placeOf(call, balancers);
  const isNew = !call.state.loadBalancers.has(key);
  const body = { ...call.body(), name, id, type: balancers.type };
  call.state.loadBalancers.set(key, { subscriptionId: call.subscriptionId, groupKey, body });
  return isNew ? created(body) : ok(body);
}

/** What of Microsoft.Network a scale set's health probe leads to. */
export const networkRoutes: RouteTable = {
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/loadBalancers/{loadBalancerName}":
    { GET: getLoadBalancer, PUT: putLoadBalancer },
};
