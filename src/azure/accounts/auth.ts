import type { AccessToken, TokenCredential } from "@azure/core-auth";
import {
  getConfiguredAuthProviderId,
  getConfiguredAzureEnv,
  getSessionFromVSCode,
} from "@microsoft/vscode-azext-azureauth";
import {
  authentication,
  l10n,
  type AuthenticationGetSessionOptions,
  type AuthenticationSession,
} from "vscode";
import { textAt } from "../../core/resources/json.ts";
import type { Log } from "../../core/log.ts";
import { message, verbatim } from "../../core/text/message.ts";
import { type AccountWatch, watchAccounts } from "./accountWatch.ts";
import { cloudOf } from "./cloud.ts";
import type { AccountName, AccountsConnection, Cloud, TenantAccess } from "../contracts.ts";
import { jsonOf } from "../errors/errorBody.ts";
import { unreachedIn, withoutAddresses } from "../errors/addresses.ts";
import { about, AzureError, errorOf } from "../errors/errors.ts";
import { untilAborted } from "../http/pause.ts";
import { shareInFlight } from "../http/shareInFlight.ts";

/**
 * Connects through the user's accounts in VS Code, in the cloud that her settings name. Throws AzureError (`validation`) where those
 * settings are incomplete. Lists nothing itself: the library's own listing asks one tenant after the other, keeps the first token for
 * ever, and names the tenant that was asked as the owner.
 */
export function connectWithAccounts(log: Log): AccountsConnection {
  const cloud = configuredCloud();
  const providerId = getConfiguredAuthProviderId();
  const accounts = async () => {
    try {
      return await authentication.getAccounts(providerId);
    } catch (error) {
      throw accountsUnknown(error);
    }
  };
  const silently = (account: AccountName, tenantId?: string) =>
    sessionOf(cloud, tenantId, { silent: true, account });
  const watches = new Set<AccountWatch>();
  /** A prompt that the user answered; what it changed is known here, and needs no second telling. */
  const prompted = async (asked: Promise<AuthenticationSession | undefined>) => {
    const session = await unlessDeclined(asked);
    for (const watch of watches) watch.accept();
    return session !== undefined;
  };

  return {
    origin: "azure",
    cloud,
    accounts: async () =>
      (await accounts()).map((account) => ({
        name: { id: account.id, label: account.label },
        home: accessOf(account, account.label),
        homeTenantId: async () => {
          // Whoever lists the tenants asks for the same session, and tells why there is none.
          const session = await silently(account).catch(() => undefined);
          return session && tenantOf(session);
        },
        into: (tenantId, displayName) => accessOf(account, displayName, tenantId),
      })),
    isSignedIn: async () => {
      const sessions = await Promise.all((await accounts()).map((account) => silently(account)));
      return sessions.some((session) => session !== undefined);
    },
    signIn: async (where) => {
      if (where === undefined) {
        const asked = { createIfNone: true, clearSessionPreference: true };
        return prompted(sessionOf(cloud, undefined, asked));
      }
      const { account, tenantId } = where;
      const detail = l10n.t("Sign in to see your scale sets in this tenant.");
      // VS Code has a session, and Azure refused it all the same: only a new one can help.
      const refused = await silently(account, tenantId);
      const asked = refused === undefined ? { createIfNone: { detail } } : { forceNewSession: { detail } };
      return prompted(sessionOf(cloud, tenantId, { ...asked, account }));
    },
    onDidChangeAccounts: (listener) => {
      const onDidChangeSessions = (changed: () => void) =>
        authentication.onDidChangeSessions((event) => {
          if (event.provider.id === providerId) changed();
        });
      const ids = async () => (await accounts()).map(({ id }) => id);
      const watch = watchAccounts({ accounts: ids, onDidChangeSessions }, listener, log);
      watches.add(watch);
      return watch;
    },
    dispose: () => {
      for (const watch of watches) watch.dispose();
    },
  };

  function accessOf(account: AccountName, displayName: string, tenantId?: string): TenantAccess {
    return {
      credential: credentialOf(displayName, () => silently(account, tenantId)),
      answerChallenge: async (wwwAuthenticate, { prompt }) => {
        const detail = l10n.t("Azure requires multi-factor authentication for this change.");
        const asked = prompt ? { createIfNone: { detail } } : { silent: true };
        const request = { wwwAuthenticate, fallbackScopes: [...cloud.scopes] };
        try {
          const session = await unlessDeclined(
            getSessionFromVSCode(request, tenantId, { ...asked, account }),
          );
          return session && accessTokenOf(session);
        } catch (error) {
          // A provider that cannot answer challenges: the caller says what Azure asks for.
          log.warn(`The stronger sign-in for ${displayName} failed: ${withoutAddresses(String(error))}`);
          return undefined;
        }
      },
    };
  }
}

async function sessionOf(
  cloud: Cloud,
  tenantId: string | undefined,
  options: AuthenticationGetSessionOptions,
): Promise<AuthenticationSession | undefined> {
  return getSessionFromVSCode([...cloud.scopes], tenantId, options);
}

/**
 * Asks VS Code for each burst of requests, without prompting: VS Code keeps and renews the tokens, the library's own credential would
 * freeze the first.
 */
function credentialOf(
  displayName: string,
  session: () => Promise<AuthenticationSession | undefined>,
): TokenCredential {
  const ask = shareInFlight(session);
  return {
    getToken: async (_scopes, { abortSignal } = {}) => {
      const found = await untilAborted(ask(), abortSignal).catch((error: unknown) => {
        throw isAbort(error) ? error : signInFailed(displayName, error);
      });
      if (found === undefined) throw needsSignIn(displayName);
      return accessTokenOf(found);
    },
  };
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

/**
 * The tenant that a session is in, by the claim `tid` of its id token (https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference),
 * which is an app's to read, unlike the access token. Undefined where the provider gives none.
 */
function tenantOf({ idToken = "" }: AuthenticationSession): string | undefined {
  const [, claims = ""] = idToken.split(".");
  return textAt(jsonOf(Buffer.from(claims, "base64url").toString()), "tid");
}

/** When it ends is VS Code's to know; nothing of ours keeps it. */
function accessTokenOf({ accessToken }: AuthenticationSession): AccessToken {
  return { token: accessToken, expiresOnTimestamp: 0 };
}

/** VS Code tells of a prompt that the user turned down by an error without a code. */
async function unlessDeclined<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    const words = error instanceof Error ? `${error.name} ${error.message}` : String(error);
    if (/did not consent|cancel/i.test(words)) return undefined;
    throw error;
  }
}

function configuredCloud(): Cloud {
  try {
    const cloud = cloudOf(getConfiguredAzureEnv());
    if (new URL(cloud.endpoint).protocol === "https:") return cloud;
    throw new Error(`Tokens are sent over https only: ${cloud.endpoint}`);
  } catch (error) {
    throw new AzureError({
      kind: "validation",
      summary: message("The custom cloud isn't configured."),
      wayOut: message("Complete the setting {0}.", "microsoft-sovereign-cloud.customEnvironment"),
      detail: String(error),
    });
  }
}

function needsSignIn(name: string): AzureError {
  return new AzureError({
    kind: "notSignedIn",
    summary: message("{0} needs its own sign-in.", verbatim(name)),
    wayOut: message("Sign in to see your scale sets in this tenant."),
  });
}

/** VS Code's provider failed, rather than having no session. */
function signInFailed(name: string, error: unknown): AzureError {
  const doing = message("VS Code couldn't sign in to {0}.", verbatim(name));
  const unreached = unreachedIn(String(error));
  if (unreached !== undefined) return about(doing, errorOf("network", unreached.host, unreached.code));
  return new AzureError({
    kind: "notSignedIn",
    summary: doing,
    wayOut: message("Sign in again."),
    detail: withoutAddresses(String(error)),
  });
}

/** VS Code has no such provider, or it did not start in time. */
function accountsUnknown(error: unknown): AzureError {
  return new AzureError({
    kind: "notSignedIn",
    summary: message("Couldn't get the Microsoft accounts from VS Code."),
    wayOut: message("Check that the built-in extension {0} is enabled, then try again.", "Microsoft Account"),
    detail: withoutAddresses(String(error)),
  });
}
