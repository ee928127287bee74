import { authorize } from "./authorization.ts";
import type { Call, RouteTable } from "../http/call.ts";
import { arm, refuse } from "../http/errors.ts";
import { locationOf, locations } from "../fleet/locations.ts";
import { groupId, keyOf } from "../ids.ts";
import { created, list, noContent, ok, type Reply } from "../http/http.ts";
import { type JsonObject, objectAt, textAt } from "../json.ts";
import { ours } from "../http/ours.ts";
import { type Provider, providerOf, providers } from "./providers.ts";
import type { SandboxSubscription } from "../tenancy.ts";

/** How long registering a provider takes. Azure's takes minutes. */
const registrationMs = 5000;

function subscriptionBody(subscription: SandboxSubscription): JsonObject {
  return {
    id: `/subscriptions/${subscription.subscriptionId}`,
    authorizationSource: "RoleBased",
    managedByTenants: [],
    subscriptionId: subscription.subscriptionId,
    tenantId: subscription.tenantId,
    displayName: subscription.displayName,
    state: "Enabled",
    subscriptionPolicies: {
      locationPlacementId: "Public_2014-09-01",
      quotaId: "EnterpriseAgreement_2014-09-01",
      spendingLimit: "Off",
    },
  };
}

function listTenants({ state }: Call): Reply {
  return list(
    state.tenants.map(({ tenantId, displayName, defaultDomain }) => ({
      id: `/tenants/${tenantId}`,
      tenantId,
      countryCode: "NL",
      displayName,
      domains: [defaultDomain],
      tenantCategory: "Home",
      defaultDomain,
      tenantType: "AAD",
    })),
  );
}

function listSubscriptions({ state }: Call): Reply {
  const value = [...state.subscriptions.values()].map(subscriptionBody);
  return ok({ value, count: { type: "Total", value: value.length } });
}

function getSubscription(call: Call): Reply {
  const subscription = call.state.subscriptions.get(call.subscriptionId);
  if (subscription === undefined) throw arm.unknownSubscription(call.subscriptionId);
  return ok(subscriptionBody(subscription));
}

const listLocations = (call: Call): Reply =>
  list(
    locations.map((location) => ({
      id: `/subscriptions/${call.subscriptionId}/locations/${location.name}`,
      ...location,
    })),
  );

function listGroups(call: Call): Reply {
  const groups = [...call.state.groups.of(call.subscriptionId).values()];
  const top = Number(call.query("$top") ?? groups.length);
  return list(groups.slice(0, top));
}

const getGroup = (call: Call): Reply => ok(call.state.groups.get(call.groupKey()) ?? {});

function headGroup(call: Call): Reply {
  const key = keyOf(groupId(call.subscriptionId, call.param("resourceGroupName")));
  return call.state.groups.has(key) ? noContent : { status: 404 };
}

function putGroup(call: Call): Reply {
  const name = call.param("resourceGroupName");
  const key = keyOf(groupId(call.subscriptionId, name));
  const body = call.body();
  const wanted = textAt(body, "location");
  if (wanted === undefined) throw arm.locationRequired();
  const location = locationOf(wanted);
  if (location === undefined) {
    const names = locations.map(({ name: known }) => known);
    throw refuse(
      400,
      "LocationNotAvailableForResourceGroup",
      `The provided location '${wanted}' is not available for resource group. List of available regions is '${names.join(",")}'.`,
    );
  }
  if (!/^[-\w._()]{1,90}$/u.test(name) || name.endsWith(".")) throw ours.invalidGroupName(name);
  const before = call.state.groups.get(key);
  const taken = textAt(before, "location");
  if (taken !== undefined && taken !== location) throw arm.otherGroupLocation(location, taken);
  const group: JsonObject = {
    id: textAt(before, "id") ?? groupId(call.subscriptionId, name),
    name: textAt(before, "name") ?? name,
    type: "Microsoft.Resources/resourceGroups",
    location,
    tags: objectAt(body, "tags"),
    properties: { provisioningState: "Succeeded" },
  };
  call.state.groups.set(key, group);
  return before === undefined ? created(group) : ok(group);
}

function deleteGroup(call: Call): Reply {
  const key = call.groupKey();
  const { groups, scaleSets, configurations, assignments } = call.state;
  groups.delete(key);
  for (const resources of [scaleSets, configurations, assignments]) {
    for (const [id, resource] of resources) if (resource.groupKey === key) resources.delete(id);
  }
  return { status: 200 };
}

function registrationOf(call: Call, provider: Provider): string {
  const key = `${call.subscriptionId}/${provider.namespace}`.toLowerCase();
  return call.state.registrations.get(key)?.state ?? "Registered";
}

function providerBody(call: Call, provider: Provider): JsonObject {
  return {
    id: `/subscriptions/${call.subscriptionId}/providers/${provider.namespace}`,
    namespace: provider.namespace,
    resourceTypes: provider.types.map((resourceType) => ({
      resourceType,
      locations: locations.map(({ displayName }) => displayName),
      apiVersions: provider.apiVersions,
      capabilities: "None",
    })),
    registrationState: registrationOf(call, provider),
    registrationPolicy: "RegistrationRequired",
  };
}

function namedProvider(call: Call): Provider {
  const provider = providerOf(call.param("namespace"));
  if (provider === undefined) throw arm.unknownNamespace(call.param("namespace"));
  return provider;
}

function changeRegistration(call: Call, state: "Registering" | "Unregistered"): Reply {
  const provider = namedProvider(call);
  const verb = state === "Unregistered" ? "unregister" : "register";
  authorize(call.state, `${provider.namespace}/${verb}/action`, call.request);
  const key = `${call.subscriptionId}/${provider.namespace}`.toLowerCase();
  if (state === "Unregistered") call.state.registrations.set(key, { state });
  else if (registrationOf(call, provider) !== "Registered") {
    call.state.registrations.set(key, { state, registeredAt: call.clock.now + registrationMs });
  }
  return ok(providerBody(call, provider));
}

/** What a Contributor may do, less what is denied on the scope. */
function listPermissions(call: Call): Reply {
  const scope = call.url.pathname.replace(/\/providers\/Microsoft\.Authorization\/permissions\/?$/i, "");
  const notActions = [
    "Microsoft.Authorization/*/Delete",
    "Microsoft.Authorization/*/Write",
    "Microsoft.Authorization/elevateAccess/Action",
  ];
  const denied = call.state.denials.on(scope).map(({ action }) => action);
  return list([
    { actions: ["*"], notActions: [...notActions, ...denied], dataActions: [], notDataActions: [] },
  ]);
}

const subscription = "/subscriptions/{subscriptionId}";
const group = `${subscription}/resourceGroups/{resourceGroupName}`;
const permissions = "providers/Microsoft.Authorization/permissions";

export const resourceManagerRoutes: RouteTable = {
  "/tenants": { GET: listTenants },
  "/subscriptions": { GET: listSubscriptions },
  [subscription]: { GET: getSubscription },
  [`${subscription}/locations`]: { GET: listLocations },
  [`${subscription}/resourceGroups`]: { GET: listGroups },
  [group]: { GET: getGroup, HEAD: headGroup, PUT: putGroup, DELETE: deleteGroup },
  [`${subscription}/providers`]: {
    GET: (call) => list(providers.map((provider) => providerBody(call, provider))),
  },
  [`${subscription}/providers/{namespace}`]: { GET: (call) => ok(providerBody(call, namedProvider(call))) },
  [`${subscription}/providers/{namespace}/register`]: {
    POST: (call) => changeRegistration(call, "Registering"),
  },
  [`${subscription}/providers/{namespace}/unregister`]: {
    POST: (call) => changeRegistration(call, "Unregistered"),
  },
  [`${subscription}/${permissions}`]: { GET: listPermissions },
  [`${group}/${permissions}`]: { GET: listPermissions },
  [`${group}/providers/{providerName}/{resourceType}/{resourceName}/${permissions}`]: {
    GET: listPermissions,
  },
};
