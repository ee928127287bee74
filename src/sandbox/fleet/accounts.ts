import type { Account } from "../tenancy.ts";
import { fabrikam, tenants } from "./contoso.ts";

const [contoso, staging] = tenants;

/** Whom the sandbox's own token stands for. */
export const megan: Account = {
  name: "megan.bowen@contoso.com",
  objectId: "6e0d3a5c-7f3b-4a52-9a0a-5b8a4a0c8f11",
  tenants: [contoso, staging],
};

/** A consultant, who sees Contoso's subscriptions as a guest. */
const adele: Account = {
  name: "adele.vance@fabrikam.com",
  objectId: "c2f7a9d4-3e81-4b06-8c5d-91ab04e7d322",
  tenants: [fabrikam, contoso],
};

/** Those of Contoso. */
export const accounts: readonly [Account, ...Account[]] = [megan, adele];
