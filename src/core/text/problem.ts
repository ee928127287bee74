import type { JsonObject } from "../resources/json.ts";
import type { ErrorDetail } from "./errorDetails.ts";
import type { Message } from "./message.ts";

/** What kind of thing went wrong while speaking to Azure; each has its own way out. */
export type ProblemKind =
  | "notSignedIn"
  | "stepUpRefused"
  | "forbidden"
  | "notFound"
  | "conflict"
  | "throttled"
  | "notRegistered"
  | "validation"
  | "network"
  | "tls"
  | "proxy"
  | "server"
  | "cancelled"
  | "malformed";

/**
 * Whether Azure answered that a resource is not there. That it does not know the subscription proves nothing: it may be one that the account
 * does not reach.
 */
export function saysNotFound({ kind, code = "" }: Problem): boolean {
  return kind === "notFound" && !/^(SubscriptionNotFound|InvalidSubscriptionId)$/i.test(code);
}

/** Whether nothing came back, so that the code is the network's and no answer of Azure's. */
export function isUnheard({ kind, status }: Problem): boolean {
  return status === undefined && (kind === "network" || kind === "tls" || kind === "proxy");
}

/** An error as data: it can be shown, logged, stored and sent to another bundle. Never holds a token or a signed URL. */
export interface Problem {
  readonly kind: ProblemKind;
  /** One line for a node or a notification: what failed, with the name of the thing. */
  readonly summary: Message;
  /** What the user can do about it. */
  readonly wayOut?: Message;
  /** The service's own words, whole. */
  readonly detail?: string;
  /** What the service tells one by one, as of each instance, with its codes and targets; the words are part of `detail` too. */
  readonly details?: readonly ErrorDetail[];
  /** The service's error code, such as `AuthorizationFailed`. */
  readonly code?: string;
  readonly status?: number;
  /** `x-ms-request-id` of the answer, for a support request. */
  readonly requestId?: string;
  /** Of a conflict: the resource as it was read and as Azure has it now, both whole. */
  readonly compare?: { readonly before: JsonObject; readonly now: JsonObject };
}
