import type { ConfigurationModel } from "./configuration.ts";
import type { SubscriptionName } from "./contoso.ts";

export interface ConfigurationSeed extends Omit<ConfigurationModel, "id"> {
  readonly subscription: SubscriptionName;
  readonly group: string;
}

export const configurations: readonly ConfigurationSeed[] = [
  {
    subscription: "shared",
    group: "rg-maintenance",
    name: "mc-prod-nightly",
    location: "westeurope",
    tags: { environment: "production", owner: "platform@contoso.com" },
    start: [-120, "22:00"],
    properties: { maintenanceScope: "OSImage" },
    window: { duration: "05:00", timeZone: "W. Europe Standard Time", recurEvery: "Day" },
  },
  {
    subscription: "shared",
    group: "rg-maintenance",
    name: "mc-shared-fourth-monday",
    location: "westeurope",
    tags: { environment: "shared" },
    start: [-200, "01:30"],
    properties: { maintenanceScope: "OSImage" },
    window: { duration: "06:00", timeZone: "Pacific Standard Time", recurEvery: "Month Fourth Monday" },
  },
  {
    subscription: "production",
    group: "rg-web-prod-weu",
    name: "mc-web-until-migration",
    location: "westeurope",
    start: [-300, "23:00"],
    expiry: [-30, "23:00"],
    properties: { maintenanceScope: "OSImage" },
    window: { duration: "05:30", timeZone: "GMT Standard Time", recurEvery: "Day" },
  },
  {
    subscription: "production",
    group: "rg-data-prod-weu",
    name: "mc-guest-patching-sunday",
    location: "westeurope",
    start: [-90, "03:00"],
    properties: {
      maintenanceScope: "InGuestPatch",
      extensionProperties: { InGuestPatchMode: "User" },
      installPatches: {
        rebootSetting: "IfRequired",
        linuxParameters: { classificationsToInclude: ["Critical", "Security"] },
        windowsParameters: { classificationsToInclude: ["Critical", "Security"] },
      },
    },
    window: { duration: "03:30", timeZone: "W. Europe Standard Time", recurEvery: "1Week Sunday" },
  },
  {
    subscription: "staging",
    group: "rg-maintenance-staging",
    name: "mc-staging-daily",
    location: "westeurope",
    tags: { environment: "staging" },
    start: [-45, "04:00"],
    expiry: [700, "04:00"],
    properties: { maintenanceScope: "OSImage" },
    window: { duration: "08:00", timeZone: "UTC", recurEvery: "Day" },
  },
];
