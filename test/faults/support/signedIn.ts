import assert from "node:assert/strict";
import type { AccessToken } from "@azure/core-auth";
import type { Connection, TenantAccess } from "../../../src/azure/contracts.ts";
import type { World, WorldOptions } from "./world.ts";

export const megan = "megan.bowen@contoso.com";
export const adele = "adele.vance@fabrikam.com";

export interface SignedInOptions {
  readonly accounts?: readonly string[];
  /** Of a token, as an ISO 8601 duration. */
  readonly lifetime?: string;
  /** Whether VS Code gives a fresh token at each request, as it does while it can renew them; otherwise the first one for ever. */
  readonly renews?: boolean;
  /** What the user does when she is asked for multi-factor authentication. */
  readonly whenChallenged?: "passes" | "declines";
}

/** VS Code's part of signing in, played over the sandbox's tokens. */
export interface SignedIn {
  readonly connect: NonNullable<WorldOptions["connect"]>;
  /** Every token that was given out. */
  readonly tokens: readonly string[];
  /** The claims that the user was prompted for, in order. */
  readonly prompts: readonly string[];
  /** The user signs in again. */
  renew(): void;
}

export function signedIn({
  accounts = [megan],
  lifetime = "PT1H",
  renews = true,
  whenChallenged = "declines",
}: SignedInOptions = {}): SignedIn {
  const prompts: string[] = [];
  const tokens: string[] = [];
  const kept = new Map<string, AccessToken>();

  const connect = ({ url, ask }: Pick<World, "url" | "ask">): Connection => {
    const issue = async (order: Record<string, unknown>): Promise<AccessToken> => {
      const { status, json } = await ask("POST", "/sandbox/tokens", { lifetime, ...order });
      assert.equal(status, 200, JSON.stringify(json));
      tokens.push(json.token);
      return { token: json.token, expiresOnTimestamp: Date.parse(json.expiresOn) };
    };
    const accessTo = (account: string, tenantId?: string): TenantAccess => ({
      credential: {
        getToken: async () => {
          const key = `${account} ${tenantId}`;
          const token = (!renews && kept.get(key)) || (await issue({ account, tenantId }));
          kept.set(key, token);
          return token;
        },
      },
      // VS Code has a session for what the user has passed already, and asks her only without one.
      answerChallenge: async (wwwAuthenticate, { prompt }) => {
        const claims = /claims="([^"]+)"/.exec(wwwAuthenticate)?.[1] ?? "";
        const key = `${account} ${tenantId} ${claims}`;
        const passed = kept.get(key);
        if (passed !== undefined || !prompt) return passed;
        prompts.push(atob(claims));
        if (whenChallenged === "declines") return undefined;
        const token = await issue({ account, tenantId, claims });
        kept.set(key, token);
        return token;
      },
    });
    return {
      origin: "azure",
      cloud: { name: "Test cloud", endpoint: url, scopes: [`${url}/.default`] },
      accounts: async () =>
        accounts.map((account) => ({
          name: { id: account, label: account },
          home: accessTo(account),
          into: (tenantId) => accessTo(account, tenantId),
        })),
    };
  };
  return { connect, tokens, prompts, renew: () => kept.clear() };
}
