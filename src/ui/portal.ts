/** The address of a resource in the portal, in the tenant whose subscription holds it. */
export function portalAddress(portalUrl: string, tenantId: string, resourceId: string): string {
  return `${portalUrl}/#@${tenantId}/resource${encodeURI(resourceId)}`;
}
