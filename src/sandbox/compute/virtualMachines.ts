/** The instances of Flexible scale sets: virtual machines of their own, which the set's list only names. */
import type { Call, RouteTable } from "../http/call.ts";
import { arm } from "../http/errors.ts";
import { list, ok, type Reply } from "../http/http.ts";
import { guidOf } from "../ids.ts";
import { at, type JsonObject, textAt } from "../json.ts";
import type { Instance } from "./instance.ts";
import { instanceBody, instanceViewOf, isExpanded } from "./instanceViews.ts";
import { instancesOf } from "./instances.ts";
import { isFlexible, same } from "./model.ts";
import { scaleSetOf } from "./scaleSets.ts";

/** Its set's name and eight hexadecimal digits, as the orchestration modes' page has it. */
export const machineName = (set: JsonObject, { id }: Instance): string =>
  `${textAt(set, "name") ?? ""}_${guidOf(`${textAt(set, "id") ?? ""}/${id}`).slice(0, 8)}`;

/** What its set's list and its own GET both have. */
const machineBody = (set: JsonObject, instance: Instance): JsonObject => {
  const name = machineName(set, instance);
  return {
    name,
    id: (textAt(set, "id") ?? "").replace(/virtualMachineScaleSets\/[^/]+$/i, `virtualMachines/${name}`),
    type: "Microsoft.Compute/virtualMachines",
    location: textAt(set, "location") ?? "",
  };
};

/**
 * An instance in the list of a Flexible set: ids and no more, whatever is to be expanded (Azure/azure-sdk-for-go #19707,
 * hashicorp/terraform-provider-azurerm). Its instance id is its name (Microsoft's page on instance ids of scale sets).
 */
const listedMachine = (set: JsonObject, instance: Instance): JsonObject => ({
  ...machineBody(set, instance),
  instanceId: machineName(set, instance),
});

export function listInstances(call: Call): Reply {
  const { key, body } = scaleSetOf(call);
  const bodyOf = (instance: Instance): JsonObject =>
    isFlexible(body) ? listedMachine(body, instance) : instanceBody(call, key, body, instance);
  return list(instancesOf(call.state, key).map(bodyOf));
}

/** The machine that the path names, among the instances of its group's Flexible sets; of others the sandbox has none. */
function found(call: Call): { key: string; set: JsonObject; instance: Instance } {
  const group = call.groupKey();
  const name = call.param("vmName");
  for (const [key, { groupKey, body: set }] of call.state.scaleSets.of(call.subscriptionId)) {
    if (groupKey !== group || !isFlexible(set)) continue;
    const instance = instancesOf(call.state, key).find((one) => same(machineName(set, one), name));
    if (instance !== undefined) return { key, set, instance };
  }
  throw arm.unknownResource("Microsoft.Compute/virtualMachines", name, call.param("resourceGroupName"));
}

/** In the shape of the contract: nothing of it tells whether it has the set's latest model. */
function getMachine(call: Call): Reply {
  const { key, set, instance } = found(call);
  const { zones, properties } = instanceBody(call, key, set, instance);
  return ok({
    ...machineBody(set, instance),
    ...(zones !== undefined && { zones }),
    properties: {
      hardwareProfile: { vmSize: textAt(set, "sku", "name") ?? "" },
      virtualMachineScaleSet: { id: textAt(set, "id") ?? "" },
      vmId: at(properties, "vmId"),
      provisioningState: at(properties, "provisioningState"),
      storageProfile: at(properties, "storageProfile"),
      osProfile: at(properties, "osProfile"),
      timeCreated: at(properties, "timeCreated"),
      ...(isExpanded(call) && { instanceView: instanceViewOf(call, key, set, instance) }),
    },
  });
}

function getInstanceView(call: Call): Reply {
  const { key, set, instance } = found(call);
  return ok(instanceViewOf(call, key, set, instance));
}

const machine =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/virtualMachines/{vmName}";

export const virtualMachineRoutes: RouteTable = {
  [machine]: { GET: getMachine },
  [`${machine}/instanceView`]: { GET: getInstanceView },
};
