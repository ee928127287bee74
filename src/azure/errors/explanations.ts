import { leastRole } from "../../core/plans/roles.ts";
import type { ErrorDetail } from "../../core/text/errorDetails.ts";
import { message, type Message } from "../../core/text/message.ts";
import type { ProblemKind } from "../../core/text/problem.ts";
import type { Explanation } from "./explanation.ts";
import { explainUpgrade } from "./upgradeExplanations.ts";

/** What is known of a failure beside its kind. */
export interface Circumstances {
  /** Host that was asked. */
  readonly host: string;
  readonly detail?: string | undefined;
  /** The service's error code. */
  readonly code?: string | undefined;
  /** Its details, among which the cause may be. */
  readonly details?: readonly ErrorDetail[] | undefined;
  /** Seconds that the service asks to wait. */
  readonly retryAfter?: number | undefined;
}

export function explain(kind: ProblemKind, circumstances: Circumstances): Explanation {
  return explainCause(circumstances) ?? explanations[kind](circumstances);
}

/** What the code and the words say of the cause, which an answer may hold in its details; undefined where they say nothing that is known. */
export function explainCause({
  code = "",
  detail = "",
  details = [],
}: Omit<Circumstances, "host">): Explanation | undefined {
  const [known] = [code, ...details.map((one) => one.code ?? "")].flatMap(
    (one) => byCode.get(one.toLowerCase()) ?? [],
  );
  return known ?? explainUpgrade(code, detail, details);
}

/** Codes that have a way out of their own. */
const byCode: ReadonlyMap<string, Explanation> = new Map([
  [
    "invalidresourcelocation",
    {
      summary: message("The name is taken in another region."),
      wayOut: message("Choose another name, or the region that Azure's answer names."),
    },
  ],
  [
    "scopelocked",
    {
      summary: message("A lock prevents this."),
      wayOut: message("Remove the lock that Azure's answer names, then try again."),
    },
  ],
  [
    "requestdisallowedbypolicy",
    {
      summary: message("A policy prevents this."),
      wayOut: message("Follow the policy that Azure's answer names."),
    },
  ],
]);

const explanations: Record<ProblemKind, (circumstances: Circumstances) => Explanation> = {
  notSignedIn: () => ({
    summary: message("Azure rejected the sign-in."),
    wayOut: message("Sign in again."),
  }),
  stepUpRefused: () => ({
    summary: message("Azure requires a stronger sign-in, such as multi-factor authentication."),
    wayOut: message("Sign in again with multi-factor authentication, then try again."),
  }),
  forbidden: ({ detail }) => ({
    summary: message("Azure denied access."),
    wayOut: missingPermission(detail),
  }),
  notFound: () => ({
    summary: message("Not found."),
    wayOut: message("It may have been deleted or moved. Refresh to check."),
  }),
  conflict: () => ({
    summary: message("Its current state doesn't allow this."),
    wayOut: message("Another change may be running. Wait until it ends, refresh, then try again."),
  }),
  throttled: ({ retryAfter }) => ({
    summary: message("Too many requests to Azure."),
    wayOut:
      retryAfter === undefined
        ? message("Wait a minute, then try again.")
        : message("Wait {0} s, then try again.", retryAfter),
  }),
  notRegistered: ({ detail }) => {
    const namespace = /namespace '([^']+)'/.exec(detail ?? "")?.[1] ?? "Microsoft.Maintenance";
    return {
      summary: message("The subscription isn't registered for resource provider {0}.", namespace),
      wayOut: message(
        "Start over: the review offers to register it. If you don't have permission, ask someone to run: az provider register --namespace {0}",
        namespace,
      ),
    };
  },
  validation: () => ({
    summary: message("Azure refused the request."),
    wayOut: message("Fix what Azure's answer names, then try again."),
  }),
  network: ({ host, code }) => ({
    summary: unreached(host, code),
    wayOut: message(
      "Check the network. Behind a proxy, check the settings {0} and {1}.",
      "http.proxy",
      "http.proxySupport",
    ),
  }),
  tls: ({ host }) => ({
    summary: message("The certificate of {0} isn't trusted.", host),
    wayOut: message(
      "Add the certificate authority to the system's certificates and turn on the setting {0}, or name its file in {1}.",
      "http.systemCertificates",
      "NODE_EXTRA_CA_CERTS",
    ),
  }),
  proxy: ({ host }) => ({
    summary: message("The proxy blocked the request to {0}.", host),
    wayOut: message(
      "Check the settings {0}, {1} and {2}.",
      "http.proxy",
      "http.proxyAuthorization",
      "http.noProxy",
    ),
  }),
  server: () => ({
    summary: message("Azure couldn't answer."),
    wayOut: message("Try again. If it keeps failing, give Microsoft support the request ID from the log."),
  }),
  cancelled: () => ({ summary: message("Cancelled.") }),
  malformed: ({ host }) => ({
    summary: message("Unexpected answer from {0}.", host),
    wayOut: message(
      "A proxy or network sign-in page may have answered. Open the portal in a browser, then try again.",
    ),
  }),
};

/** Which host could not be reached, and why where the code says it. */
function unreached(host: string, code = ""): Message {
  const reason = reasons.find(([codes]) => codes.test(code))?.[1];
  return reason === undefined
    ? message("Couldn't reach {0}.", host)
    : message("Couldn't reach {0}: {1}.", host, reason);
}

/** The codes are Node's: https://nodejs.org/api/errors.html#common-system-errors, `EAI_*` those of a name look-up. */
const reasons: readonly (readonly [codes: RegExp, reason: Message])[] = [
  [/^(ENOTFOUND|EAI_\w+)$/, message("its name couldn't be resolved")],
  [/^ECONNREFUSED$/, message("the connection was refused")],
  [/^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/, message("the connection broke")],
  [/^(E|ESOCKET|UND_ERR_CONNECT_)TIME(D)?OUT$/, message("it didn't answer in time")],
  [/^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN)$/, message("no route to it")],
];

/**
 * Names the action and the scope that Azure's text names: `… to perform action 'X' over scope 'Y' …`, and where the caller lacks it on
 * another resource that the request names, `… to perform action 'X' on the linked scope(s) 'Y'`.
 */
function missingPermission(detail: string | undefined): Message {
  const text = detail ?? "";
  const [, action, scope] =
    /perform action '([^']+)' on the linked scope\(s\) '([^']+)'/.exec(text) ??
    /perform action '([^']+)' over scope '([^']+)'/.exec(text) ??
    [];
  if (action === undefined || scope === undefined)
    return message(
      "Ask for a role that allows it, such as Contributor. A new role can take some minutes to work.",
    );
  const role = leastRole(action);
  return role === undefined
    ? message(
        "Ask for a role with the action {0} on {1}. A new role can take some minutes to work.",
        action,
        scope,
      )
    : message(
        "Ask for a role with the action {0} on {1}, such as {2}. A new role can take some minutes to work.",
        action,
        scope,
        role,
      );
}
