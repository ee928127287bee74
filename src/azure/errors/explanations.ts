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
      summary: message("A lock forbids it."),
      wayOut: message("Have the lock removed that Azure's answer names, then try again."),
    },
  ],
  [
    "requestdisallowedbypolicy",
    {
      summary: message("A policy forbids it."),
      wayOut: message("Change what the policy asks for; Azure's answer names it."),
    },
  ],
]);

const explanations: Record<ProblemKind, (circumstances: Circumstances) => Explanation> = {
  notSignedIn: () => ({
    summary: message("Azure does not accept the sign-in."),
    wayOut: message("Sign in again."),
  }),
  stepUpRefused: () => ({
    summary: message(
      "Azure asks for a stronger sign-in, such as multi-factor authentication, and did not get it.",
    ),
    wayOut: message("Sign in again with multi-factor authentication, then repeat this."),
  }),
  forbidden: ({ detail }) => ({
    summary: message("Azure denied access."),
    wayOut: missingPermission(detail),
  }),
  notFound: () => ({
    summary: message("It was not found."),
    wayOut: message("It may have been deleted or moved meanwhile: refresh to see what is there now."),
  }),
  conflict: () => ({
    summary: message("It is in a state that does not allow this."),
    wayOut: message("Another change may be going on: wait until it has ended, refresh, and try again."),
  }),
  throttled: ({ retryAfter }) => ({
    summary: message("Azure is being asked too much at once."),
    wayOut:
      retryAfter === undefined
        ? message("Wait a minute, then try again.")
        : message("Azure asks to wait {0} s. Try again after that.", retryAfter),
  }),
  notRegistered: ({ detail }) => {
    const namespace = /namespace '([^']+)'/.exec(detail ?? "")?.[1] ?? "Microsoft.Maintenance";
    return {
      summary: message("The subscription is not registered for the resource provider {0}.", namespace),
      wayOut: message(
        "Start this again: its review offers the registration. If you may not register it, ask someone who may: az provider register --namespace {0}.",
        namespace,
      ),
    };
  },
  validation: () => ({
    summary: message("Azure refused the request."),
    wayOut: message("Change what Azure's answer names, then try again."),
  }),
  network: ({ host, code }) => ({
    summary: unreached(host, code),
    wayOut: message(
      "Check the network. Behind a proxy, check VS Code's settings {0} and {1}.",
      "http.proxy",
      "http.proxySupport",
    ),
  }),
  tls: ({ host }) => ({
    summary: message("The certificate of {0} is not trusted.", host),
    wayOut: message(
      "Add the certificate authority to the system's certificates and see that VS Code's setting {0} is on, or name its file in {1}.",
      "http.systemCertificates",
      "NODE_EXTRA_CA_CERTS",
    ),
  }),
  proxy: ({ host }) => ({
    summary: message("The proxy did not let the request to {0} through.", host),
    wayOut: message(
      "Check VS Code's settings {0}, {1} and {2}.",
      "http.proxy",
      "http.proxyAuthorization",
      "http.noProxy",
    ),
  }),
  server: () => ({
    summary: message("Azure failed to answer."),
    wayOut: message("Try again. If it goes on, give Microsoft's support the request id."),
  }),
  cancelled: () => ({ summary: message("It was cancelled.") }),
  malformed: ({ host }) => ({
    summary: message("The answer of {0} is not what Azure answers.", host),
    wayOut: message(
      "A proxy or a network sign-in page may have answered instead: open the portal in a browser, then try again.",
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
  [/^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN)$/, message("there is no route to it")],
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
      "Ask for a role that allows it, such as Contributor. A new role may need some minutes to work.",
    );
  const role = leastRole(action);
  return role === undefined
    ? message(
        "Ask for a role with the action {0} on {1}. A new role may need some minutes to work.",
        action,
        scope,
      )
    : message(
        "Ask for a role with the action {0} on {1}, such as {2}. A new role may need some minutes to work.",
        action,
        scope,
        role,
      );
}
