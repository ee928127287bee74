import type { Call, RouteTable } from "../http/call.ts";
import { arm } from "../http/errors.ts";
import { keyOf, resourceId } from "../ids.ts";
import { created, ok, type Reply } from "../http/http.ts";

const type = "Microsoft.Network/loadBalancers";

function pathOf(call: Call) {
  return {
    subscriptionId: call.subscriptionId,
    resourceGroup: call.param("resourceGroupName"),
    namespace: "Microsoft.Network",
    type: "loadBalancers",
    name: call.param("loadBalancerName"),
  };
}

function getLoadBalancer(call: Call): Reply {
  call.groupKey();
  const path = pathOf(call);
  const stored = call.state.loadBalancers.get(keyOf(resourceId(path)));
  if (stored === undefined) throw arm.unknownResource(type, path.name, path.resourceGroup);
  return ok(stored.body);
}

/** Keeps what it is sent: only the sku of a load balancer matters here. */
function putLoadBalancer(call: Call): Reply {
  const groupKey = call.groupKey();
  const path = pathOf(call);
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
