import { type Clock, durationOf } from "../clock.ts";
import { arm, refuseOrder } from "../http/errors.ts";
import { at, isObject, type JsonObject, listAt, textAt } from "../json.ts";
import { ours } from "../http/ours.ts";
import type { State } from "../state.ts";

/** Whom a token stands for, and what it shows. */
export interface Identity {
  readonly account: string;
  /** The tenant that issued the token; absent for the sandbox's own token, which is good for all of the account's tenants. */
  readonly tenantId?: string;
  /** Whether it was issued after multi-factor authentication. */
  readonly strong: boolean;
}

interface Issued extends Identity {
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const defaultLifetime = "PT1H";

/** What Azure asks of a token for writing: the authentication context of multi-factor authentication. */
const strongClaims = JSON.stringify({ access_token: { acrs: { essential: true, values: ["p1"] } } });

/** Microsoft Entra ID, as far as the sandbox needs it: accounts, their tenants, and tokens. */
export class Directory {
  readonly #ownToken: string;
  readonly #clock: Clock;
  readonly #accounts: () => State["accounts"];
  readonly #views = new WeakMap<State, Map<string, State>>();
  readonly #issued = new Map<string, Issued>();

  constructor(ownToken: string, clock: Clock, accounts: () => State["accounts"]) {
    this.#ownToken = ownToken;
    this.#clock = clock;
    this.#accounts = accounts;
  }

  /** For `GET /sandbox/accounts`. */
  list(): JsonObject {
    return {
      value: this.#accounts().map(({ name, objectId, tenants }) => ({
        name,
        objectId,
        tenants: tenants.map((tenant) => ({ ...tenant })),
      })),
    };
  }

  /**
   * For `POST /sandbox/tokens`: `{"account","tenantId"?,"lifetime"?,"claims"?}`. The tenant is the account's home where none is named; the
   * lifetime an ISO 8601 duration. `claims`, those of a challenge (base64 or JSON), make the token a strong one.
   */
  issue(body: JsonObject): JsonObject {
    const wanted = textAt(body, "account") ?? "";
    const account = this.#accounts().find(({ name }) => name === wanted);
    if (account === undefined) throw invalid(`there is no account '${wanted}'`);
    const tenantId = textAt(body, "tenantId") ?? account.tenants[0].tenantId;
    if (!account.tenants.some((tenant) => tenant.tenantId === tenantId)) {
      throw invalid(`${account.name} is not in the tenant '${tenantId}'`);
    }
    const lifetimeMs = durationOf(textAt(body, "lifetime") ?? defaultLifetime);
    if (lifetimeMs === undefined) throw invalid("the lifetime is no ISO 8601 duration");
    const expiresAt = this.#clock.now + lifetimeMs;
    const token = `sandbox.${globalThis.crypto.randomUUID()}`;
    const strong = isStrong(textAt(body, "claims"));
    this.#issued.set(token, { account: account.name, tenantId, strong, expiresAt });
    return { token, account: account.name, tenantId, strong, expiresOn: new Date(expiresAt).toISOString() };
  }

  /** Refuses a missing, unknown or expired token. */
  identify(authorization: string | undefined): Identity {
    if (authorization === undefined) throw arm.missingToken();
    if (authorization === `Bearer ${this.#ownToken}`)
      return { account: this.#accounts()[0].name, strong: false };
    const issued = this.#issued.get(authorization.replace(/^Bearer /, ""));
    if (issued === undefined) throw arm.invalidToken();
    const { expiresAt, ...identity } = issued;
    if (expiresAt <= this.#clock.now) throw arm.expiredToken(new Date(expiresAt), new Date(this.#clock.now));
    return identity;
  }

  /** The part of the state that an identity is shown. Its resources are the state's own, to be read and written. */
  seenBy({ account, tenantId }: Identity, state: State): State {
    const views = this.#views.get(state) ?? new Map<string, State>();
    this.#views.set(state, views);
    const key = `${account} ${tenantId}`;
    const known = views.get(key);
    if (known !== undefined) return known;
    const { tenants } = state.accounts.find(({ name }) => name === account) ?? state.caller;
    const ids = tenantId === undefined ? tenants.map((tenant) => tenant.tenantId) : [tenantId];
    const subscriptions = [...state.subscriptions].filter(([, one]) => ids.includes(one.tenantId));
    const view = { ...state, tenants, subscriptions: new Map(subscriptions) };
    views.set(key, view);
    return view;
  }

  /** Only the sandbox's own token may give orders to it. */
  isOwner(authorization: string | undefined): boolean {
    return authorization === `Bearer ${this.#ownToken}`;
  }
}

/** Refuses a write with a token that was issued without multi-factor authentication. */
export function demandStrength({ strong }: Identity): void {
  if (!strong) throw ours.claimsChallenge(btoa(strongClaims));
}

/** Refuses a token of another tenant than that of the subscription which the path names. */
export function checkIssuer({ tenantId }: Identity, state: State, { pathname }: URL): void {
  const [, scope, id = ""] = pathname.toLowerCase().split("/");
  const owner = scope === "subscriptions" ? state.subscriptions.get(id)?.tenantId : undefined;
  if (tenantId !== undefined && owner !== undefined && owner !== tenantId)
    throw arm.wrongIssuer(tenantId, owner);
}

function isStrong(claims: string | undefined): boolean {
  if (claims === undefined) return false;
  const text = claims.trimStart().startsWith("{") ? claims : decoded(claims);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid("the claims are neither JSON nor its base64");
  }
  if (!isObject(value)) throw invalid("the claims are no object");
  const asked = at(value, "access_token", "acrs");
  return [at(asked, "value"), ...listAt(asked, "values")].includes("p1");
}

function decoded(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return "";
  }
}

const invalid = (reason: string) => refuseOrder(`The token cannot be issued: ${reason}.`);
