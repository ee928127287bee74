import { createHash } from "node:crypto";

/** Names what is kept of one account in the Azure at `endpoint`, without naming the account; of the served sandbox where there is none. */
export function storageKey(endpoint: string, accountId: string | undefined): string {
  const host = new URL(endpoint).host.replaceAll(/[^\w.-]/g, "-");
  return `${host}-${accountId === undefined ? "sandbox" : digestOf(accountId)}`;
}

/** An account in what is kept: the same for the same account, and no one's name. */
export function digestOf(accountId: string): string {
  return createHash("sha256").update(accountId).digest("hex").slice(0, 16);
}
