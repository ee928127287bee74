import type { TokenCredential } from "@azure/core-auth";
import {
  getConfiguredAuthProviderId,
  getConfiguredAzureEnv,
  getSessionFromVSCode,
  VSCodeAzureSubscriptionProvider,
} from "@microsoft/vscode-azext-azureauth";
import { authentication, type AuthenticationSessionAccountInformation } from "vscode";
import type { Log } from "../core/log.ts";
import { message, verbatim } from "../core/message.ts";
import { watchAccounts } from "./accountWatch.ts";
import { cloudOf } from "./cloud.ts";
import type { AccountsConnection, TenantAccess } from "./contracts.ts";
import { AzureError } from "./errors.ts";
import { failureOfForeignClient } from "./failures.ts";

type Account = AuthenticationSessionAccountInformation;

/**
 * Connects through the user's accounts in VS Code, in the cloud that her settings name. Throws AzureError (`validation`) where those
 * settings are incomplete.
 */
export function connectWithAccounts(log: Log): AccountsConnection {
  const cloud = configuredCloud();
  const providerId = getConfiguredAuthProviderId();
  const provider = new VSCodeAzureSubscriptionProvider();
  const accounts = () => authentication.getAccounts(providerId);

  /** The tenants of one account. One that cannot be asked becomes a single entry whose credential says why. */
  const tenantsOf = async (account: Account): Promise<readonly TenantAccess[]> => {
    try {
      const tenants = await provider.getTenants(account);
      if (tenants.length === 0) throw notSignedIn(account.label);
      return tenants.map(({ tenantId = account.id, displayName = tenantId }) => ({
        tenantId,
        displayName,
        credential: tenantCredential(tenantId, displayName, account),
      }));
    } catch (error) {
      const failure = failureOfForeignClient(error, new URL(cloud.endpoint).host);
      log.warn(`The tenants of ${account.label} could not be listed: ${failure.message}`);
      const credential = { getToken: () => Promise.reject(failure) };
      return [{ tenantId: account.id, displayName: account.label, credential }];
    }
  };

  return {
    origin: "azure",
    cloud,
    tenants: async (signal) => {
      const lists = await Promise.all((await accounts()).map(tenantsOf));
      signal.throwIfAborted();
      return lists.flat();
    },
    isSignedIn: () => provider.isSignedIn(),
    signIn: () => provider.signIn(),
    onDidChangeAccounts: (listener) =>
      watchAccounts(
        {
          accounts: async () => (await accounts()).map(({ id }) => id),
          onDidChangeSessions: (changed) =>
            authentication.onDidChangeSessions((event) => {
              if (event.provider.id === providerId) changed();
            }),
        },
        listener,
      ),
    dispose: () => provider.dispose(),
  };
}

/** Asks VS Code at each use, without prompting: VS Code keeps and renews the tokens, the library's own credential would freeze the first. */
function tenantCredential(tenantId: string, displayName: string, account: Account): TokenCredential {
  return {
    getToken: async (scopes) => {
      const session = await getSessionFromVSCode([scopes].flat(), tenantId, { silent: true, account });
      if (session === undefined) throw notSignedIn(displayName);
      // When it ends is VS Code's to know; nothing of ours keeps it.
      return { token: session.accessToken, expiresOnTimestamp: 0 };
    },
  };
}

function configuredCloud() {
  try {
    return cloudOf(getConfiguredAzureEnv());
  } catch (error) {
    throw new AzureError({
      kind: "validation",
      summary: message("The custom cloud is not configured."),
      wayOut: message("Complete the setting {0}.", "microsoft-sovereign-cloud.customEnvironment"),
      detail: String(error),
    });
  }
}

function notSignedIn(name: string): AzureError {
  return new AzureError({
    kind: "notSignedIn",
    summary: message("{0} needs its own sign-in.", verbatim(name)),
    wayOut: message("Sign in again."),
  });
}
