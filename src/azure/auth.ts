import type { Log } from "../core/log.ts";
import type { AccountsConnection } from "./contracts.ts";

/** Connects through the user's accounts in VS Code, in the cloud that her settings name. Throws AzureError where those settings are incomplete. */
export function connectWithAccounts(log: Log): AccountsConnection {
  throw new Error(`not built yet ${String(log)}`);
}
