/**
 * Every telemetry event that this extension can send. A property is one of the values listed here and nothing else,
 * so no ID, name or text of the user can slip in. `telemetry.json` and the list in docs/privacy.md are made from this map
 * (scripts/telemetry.ts).
 */
export const commandNames = [
  "setUp",
  "createConfiguration",
  "editConfiguration",
  "pauseConfiguration",
  "resumeConfiguration",
  "deleteConfiguration",
  "associate",
  "moveScaleSets",
  "removeAssociation",
  "cleanUpAssociations",
  "enableAutomaticUpgrades",
  "disableAutomaticUpgrades",
  "editUpgradePolicy",
  "startUpgrade",
  "cancelUpgrade",
  "approveUpgrade",
  "upgradeHistory",
  "exportUpgradeHistory",
  "showPlanResults",
  "fleetReport",
  "exportFleetReport",
  "resumePlan",
  "checkPlan",
  "continuePlan",
  "retryFailed",
  "retryWithUpdatesOff",
  "undoPlan",
  "exportPlanResults",
  "exportPlanCode",
  "copyAsPowerShell",
  "copyAsAzureCli",
  "exportConfigurationCode",
  "explainEligibility",
  "checkImageVersions",
  "copyExplanation",
  "openSandbox",
  "leaveSandbox",
  "resetSandbox",
  "signIn",
  "selectSubscriptions",
  "groupFleet",
  "filterFleet",
  "clearFleetFilter",
  "goToScaleSet",
  "refresh",
  "stopReading",
  "viewProperties",
  "openInPortal",
  "copyResourceId",
  "copyLink",
  "copyAsTable",
  "exportUpcomingWindows",
  "showLog",
] as const;

export type CommandName = (typeof commandNames)[number];

const origin = {
  comment: "The connection: Azure, the sandbox or none.",
  values: ["none", "azure", "sandbox"],
} as const;

export const events = {
  command: {
    comment: "A command ended.",
    properties: {
      command: { comment: "The command, without the extension's prefix.", values: commandNames },
      outcome: { comment: "How it ended.", values: ["done", "cancelled", "failed"] },
      problem: {
        comment: "The kind of problem if it failed; `unexpected` for an error that doesn't come from Azure.",
        values: [
          "none",
          "unexpected",
          "notSignedIn",
          "stepUpRefused",
          "forbidden",
          "notFound",
          "conflict",
          "throttled",
          "notRegistered",
          "validation",
          "network",
          "tls",
          "proxy",
          "server",
          "cancelled",
          "malformed",
        ],
      },
      origin,
    },
    measurements: {
      durationMs: {
        comment: "Duration in milliseconds, including the time that the command waited for answers.",
      },
    },
  },
  plan: {
    comment: "A confirmed plan was applied.",
    properties: { origin },
    measurements: {
      done: { comment: "Number of changes that Azure confirmed." },
      underWay: { comment: "Number of changes that Azure was still working on at the cancellation." },
      notConfirmed: { comment: "Number of changes that were sent but not confirmed." },
      changedBySomeoneElse: {
        comment: "Number of changes to resources that someone else had changed.",
      },
      failed: { comment: "Number of changes that failed." },
      skipped: {
        comment: "Number of changes not sent, after a failure or a cancellation.",
      },
      durationMs: { comment: "Duration in milliseconds." },
    },
  },
} as const satisfies Readonly<Record<string, EventDescription>>;

export interface EventDescription {
  readonly comment: string;
  readonly properties: Readonly<
    Record<string, { readonly comment: string; readonly values: readonly string[] }>
  >;
  readonly measurements: Readonly<Record<string, { readonly comment: string }>>;
}

type Events = typeof events;
export type EventName = keyof Events;

export type EventProperties<E extends EventName> = {
  readonly [P in keyof Events[E]["properties"]]: Events[E]["properties"][P] extends {
    readonly values: readonly (infer Value extends string)[];
  }
    ? Value
    : never;
};

export type EventMeasurements<E extends EventName> = {
  readonly [M in keyof Events[E]["measurements"]]: number;
};
