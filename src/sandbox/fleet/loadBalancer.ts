import { type JsonObject, textAt } from "../json.ts";
import { probeOf } from "../compute/model.ts";

/** The Standard load balancer whose probe watches a set; undefined where none does. */
export function loadBalancerOf(set: JsonObject): JsonObject | undefined {
  const probe = probeOf(set);
  if (probe === undefined) return undefined;
  const [id = "", probeName = ""] = probe.split("/probes/");
  return {
    name: id.split("/").at(-1) ?? "",
    id,
    type: "Microsoft.Network/loadBalancers",
    location: textAt(set, "location") ?? "",
    sku: { name: "Standard", tier: "Regional" },
    properties: {
      provisioningState: "Succeeded",
      backendAddressPools: [{ name: "pool", id: `${id}/backendAddressPools/pool` }],
      probes: [
        {
          name: probeName,
          id: probe,
          properties: {
            provisioningState: "Succeeded",
            protocol: "Http",
            port: 8080,
            requestPath: "/healthz",
            intervalInSeconds: 15,
            numberOfProbes: 2,
          },
        },
      ],
    },
  };
}
