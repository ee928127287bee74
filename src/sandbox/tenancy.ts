export interface Tenant {
  readonly tenantId: string;
  readonly displayName: string;
  readonly defaultDomain: string;
}

export interface SandboxSubscription {
  readonly subscriptionId: string;
  readonly displayName: string;
  readonly tenantId: string;
}

/** A user. */
export interface Account {
  readonly name: string;
  readonly objectId: string;
  /** Her own tenant, then those that she is a guest in. */
  readonly tenants: readonly [Tenant, ...Tenant[]];
}
