import { refuse, refuseOddly, type Refusal } from "./errors.ts";

/**
 * Answers of ours. Azure documents the rule, or that there is an error, but its real code or text was not found in
 * public material. Everything that the sandbox says in words that are not Azure's stands here.
 */
export const ours = {
  /**
   * The header's form is that of Microsoft Entra's claims challenges
   * (https://learn.microsoft.com/entra/identity-platform/claims-challenge); the body's words are ours.
   */
  claimsChallenge: (claims: string): Refusal =>
    refuse(
      401,
      "InsufficientClaims",
      "Multi-factor authentication is required to create, update or delete resources.",
      {},
      {
        "www-authenticate": `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${claims}"`,
      },
    ),
  /** Only the text after `Error:` is ours: the code and the words before it were seen with other window errors. */
  window: (reason: string): Refusal =>
    refuse(400, "InvalidMaintenanceWindow", `Invalid maintenance window. Error: ${reason}`),
  nameTooLong: (group: string, name: string): Refusal =>
    refuse(
      400,
      "InvalidResourceName",
      `The names of the resource group '${group}' and the maintenance configuration '${name}' must be shorter than 128 characters together.`,
    ),
  nameStillTaken: (name: string): Refusal =>
    refuse(
      409,
      "ResourceBeingDeleted",
      `The maintenance configuration '${name}' was deleted less than 20 minutes ago. Its name can be used again when the clean-up is done.`,
    ),
  /** Status, shape, beginning and end as recorded (2023-03-23; Azure/azure-rest-api-specs #26565); what stands between is ours. */
  missingAssignment: (name: string): Refusal =>
    refuseOddly(400, { Message: `Invalid configurationAssignmentName: ${name}. Confirm api version.` }),
  invalidConfigurationId: (id: string): Refusal =>
    refuse(400, "InvalidMaintenanceConfigurationId", `The maintenance configuration id '${id}' is invalid.`),
  unsupportedInSubscription: (): Refusal => refuse(501, "NotImplemented", "This API is not implemented yet."),
  unknownPublicConfiguration: (name: string): Refusal =>
    refuse(404, "ResourceNotFound", `The public maintenance configuration '${name}' was not found.`),
  patchMode: (): Refusal =>
    refuse(
      400,
      "BadRequest",
      "Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because patchSettings.patchMode is AutomaticByPlatform.",
    ),
  hotpatching: (): Refusal =>
    refuse(
      400,
      "InvalidParameter",
      "The value true of parameter patchSettings.enableHotpatching needs patchSettings.patchMode AutomaticByPlatform.",
      { target: "patchSettings.enableHotpatching" },
    ),
  basicLoadBalancer: (name: string): Refusal =>
    refuse(
      400,
      "BadRequest",
      `Automatic OS Upgrade is not supported for this Virtual Machine Scale Set because it spans multiple placement groups and its health probe is of the Basic load balancer '${name}': it needs a Standard load balancer.`,
    ),
  /** The beginning was seen with another parameter of the policy: Azure/vm-scale-sets #34. */
  rollingPolicy: (name: string, rule: string): Refusal =>
    refuse(
      400,
      "InvalidParameter",
      `The value of parameter upgradePolicy.rollingUpgradePolicy.${name} is invalid. It must be ${rule}.`,
      { target: `upgradePolicy.rollingUpgradePolicy.${name}` },
    ),
  /** That another rolling upgrade forbids it, and the code, is known (the errors of extension upgrades); the words are not. */
  upgradeRunning: (name: string): Refusal =>
    refuse(
      409,
      "OperationNotAllowed",
      `Operation 'osRollingUpgrade' is not allowed on Virtual Machine Scale Set '${name}' since a Rolling Upgrade is in progress.`,
    ),
  nothingToApprove: (name: string): Refusal =>
    refuse(
      409,
      "OperationNotAllowed",
      `There is no Rolling Upgrade of Virtual Machine Scale Set '${name}' that waits for an approval.`,
    ),
  unknownExtension: (set: string, name: string): Refusal =>
    refuse(404, "NotFound", `The Virtual Machine Scale Set '${set}' has no extension '${name}'.`),
  /** The code was seen, and the like of these words for older limits: MicrosoftDocs/azure-docs #51431, #105248. */
  tooManyRequests: (kind: string, level: "subscription" | "tenant", id: string, seconds: number): Refusal =>
    refuse(
      429,
      level === "subscription" ? "SubscriptionRequestsThrottled" : "TenantRequestsThrottled",
      `Number of ${kind} requests for ${level} '${id}' exceeded the limit. Please try again after '${seconds}' seconds.`,
      {},
      { "retry-after": String(seconds) },
    ),
  noInstanceView: (name: string): Refusal =>
    refuse(
      400,
      "OperationNotAllowed",
      `Instance view is not supported for Virtual Machine Scale Set '${name}' with orchestration mode Flexible.`,
    ),
  noRollingUpgrade: (name: string): Refusal =>
    refuse(404, "NotFound", `There is no rolling upgrade of Virtual Machine Scale Set '${name}'.`),
  invalidGroupName: (name: string): Refusal =>
    refuse(
      400,
      "InvalidResourceGroup",
      `The provided resource group name '${name}' is invalid. It takes up to 90 letters, digits, '-', '.', '(', ')' or '_', and must not end with a period.`,
    ),
  notInSandbox: (method: string, path: string): Refusal =>
    refuse(501, "NotImplemented", `The sandbox doesn't support ${method} ${path}.`),
  invalidSkipToken: (token: string): Refusal =>
    refuse(400, "BadRequest", `The skip token '${token}' is invalid.`),
} as const;
