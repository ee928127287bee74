import type { Reply } from "./http.ts";
import type { Json, JsonObject } from "../json.ts";

const brand = Symbol.for("scaleSetMaintenance.sandbox.refusal");

/** Thrown by any handler to answer with an error. */
export class Refusal extends Error {
  readonly [brand] = true;
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`${reply.status} ${JSON.stringify(reply.body)}`);
    this.reply = reply;
  }

  static is(value: unknown): value is Refusal {
    return typeof value === "object" && value !== null && brand in value;
  }
}

type Headers = Readonly<Record<string, string>>;

/** An error in the shape of the contract, `{"error":{"code","message"}}`. */
export function refuse(
  status: number,
  code: string,
  message: string,
  more: JsonObject = {},
  headers: Headers = {},
): Refusal {
  return new Refusal({ status, headers, body: { error: { code, message, ...more } } });
}

/** An error in one of the other shapes that Microsoft.Maintenance was seen to answer with. */
export function refuseOddly(status: number, body: Json): Refusal {
  return new Refusal({ status, body });
}

function refuseToken(
  code: string,
  message: string,
  description: string,
  authority = "https://login.microsoftonline.com/common",
): Refusal {
  const challenge = `Bearer authorization_uri="${authority}", error="invalid_token", error_description="${description}"`;
  return refuse(401, code, message, {}, { "www-authenticate": challenge });
}

/** An order to the sandbox that it does not take, in its own words. */
export const refuseOrder = (message: string): Refusal => refuse(400, "SandboxControlInvalid", message);

/** Errors that Resource Manager itself answers with, in its own words. */
export const arm = {
  missingToken: () =>
    refuseToken(
      "AuthenticationFailed",
      "Authentication failed. The 'Authorization' header is missing.",
      "The authentication failed because of missing 'Authorization' header.",
    ),
  invalidToken: () =>
    refuseToken(
      "InvalidAuthenticationToken",
      "The access token is invalid.",
      "The authentication failed because of an invalid access token.",
    ),
  expiredToken: (expiry: Date, now: Date) =>
    refuseToken(
      "ExpiredAuthenticationToken",
      `The access token expiry UTC time '${expiry.toISOString()}' is earlier than current UTC time '${now.toISOString()}'.`,
      "The access token expired.",
    ),
  wrongIssuer: (tenantId: string, owner: string) =>
    refuseToken(
      "InvalidAuthenticationTokenTenant",
      `The access token is from the wrong issuer 'https://sts.windows.net/${tenantId}/'. It must match the tenant 'https://sts.windows.net/${owner}/' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/${owner}' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later.`,
      "The access token is from the wrong issuer. It must match the tenant associated with this subscription.",
      `https://login.windows.net/${owner}`,
    ),
  missingApiVersion: () =>
    refuse(
      400,
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    ),
  malformedApiVersion: (version: string, supported: readonly string[]) =>
    refuse(
      400,
      "InvalidApiVersionParameter",
      `The api-version '${version}' is invalid. The supported versions are '${supported.join(",")}'.`,
    ),
  unknownApiVersion: (namespace: string, type: string, version: string, supported: readonly string[]) =>
    refuse(
      400,
      "NoRegisteredProviderFound",
      `No registered resource provider found for API version '${version}' for type '${type}' in namespace '${namespace}'. The supported api-versions are '${supported.join(", ")}'.`,
    ),
  unknownNamespace: (namespace: string) =>
    refuse(404, "InvalidResourceNamespace", `The resource namespace '${namespace}' is invalid.`),
  unknownType: (namespace: string, type: string, version: string, supported: readonly string[]) =>
    refuse(
      404,
      "InvalidResourceType",
      `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${version}'. The supported api-versions are '${supported.join(",")}'.`,
    ),
  malformedSubscription: (subscriptionId: string) =>
    refuse(
      400,
      "InvalidSubscriptionId",
      `The provided subscription identifier '${subscriptionId}' is malformed or invalid.`,
    ),
  unknownSubscription: (subscriptionId: string) =>
    refuse(404, "SubscriptionNotFound", `The subscription '${subscriptionId}' could not be found.`),
  unknownGroup: (group: string) =>
    refuse(404, "ResourceGroupNotFound", `Resource group '${group}' could not be found.`),
  unknownResource: (type: string, name: string, group: string) =>
    refuse(
      404,
      "ResourceNotFound",
      `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    ),
  unsupportedMethod: (method: string, url: string, allowed: readonly string[]) =>
    refuse(
      405,
      "MethodNotAllowed",
      `The HTTP method '${method}' is not supported on the resource '${url}'.`,
      {},
      { allow: allowed.join(", ") },
    ),
  malformedBody: (reason: string) =>
    refuse(
      400,
      "InvalidRequestContent",
      `The request content was invalid and could not be deserialized: '${reason}'.`,
    ),
  locationRequired: () =>
    refuse(400, "LocationRequired", "The location property is required for this definition."),
  unavailableLocation: (location: string, type: string, available: readonly string[]) =>
    refuse(
      400,
      "LocationNotAvailableForResourceType",
      `The provided location '${location}' is not available for resource type '${type}'. List of available regions for the resource type is '${available.join(",")}'.`,
    ),
  otherLocation: (name: string, taken: string, group: string, wanted: string) =>
    refuse(
      409,
      "InvalidResourceLocation",
      `The resource '${name}' already exists in location '${taken}' in resource group '${group}'. A resource with the same name cannot be created in location '${wanted}'. Please select a new resource name.`,
    ),
  otherGroupLocation: (wanted: string, taken: string) =>
    refuse(
      409,
      "InvalidResourceGroupLocation",
      `Invalid resource group location '${wanted}'. The Resource group already exists in location '${taken}'.`,
    ),
  notRegistered: (namespace: string) => {
    const code = "MissingSubscriptionRegistration";
    const message = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
    return refuse(409, code, message, { details: [{ code, target: namespace, message }] });
  },
  forbidden: (client: string, objectId: string, action: string, scope: string) =>
    refuse(
      403,
      "AuthorizationFailed",
      `The client '${client}' with object id '${objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    ),
};
