/**
 * Models of Microsoft.Maintenance, in the names of `@azure/arm-maintenance` and in the nested form of its modular version:
 * as on the wire. Members that are not listed here come through untouched.
 */
export interface SystemData {
  createdBy?: string;
  createdByType?: string;
  createdAt?: string;
  lastModifiedBy?: string;
  lastModifiedByType?: string;
  lastModifiedAt?: string;
}

export interface Resource {
  readonly id?: string;
  readonly name?: string;
  readonly type?: string;
  readonly systemData?: SystemData;
}

export interface MaintenanceConfiguration extends Resource {
  location?: string;
  tags?: Record<string, string>;
  properties?: MaintenanceConfigurationProperties;
}

export interface MaintenanceConfigurationProperties {
  namespace?: string;
  extensionProperties?: Record<string, string>;
  maintenanceScope?: MaintenanceScope;
  maintenanceWindow?: MaintenanceWindow;
  visibility?: Visibility;
  installPatches?: InputPatchConfiguration;
}

/** Open: Azure holds values outside the known ones (https://github.com/hashicorp/terraform-provider-azurerm/issues/17954). */
export type MaintenanceScope =
  | "Host"
  | "Resource"
  | "OSImage"
  | "Extension"
  | "InGuestPatch"
  | "SQLDB"
  | "SQLManagedInstance"
  | (string & {});

export type Visibility = "Custom" | "Public" | (string & {});

export interface MaintenanceWindow {
  /** `YYYY-MM-DD hh:mm`, in `timeZone`. */
  startDateTime?: string;
  /** `YYYY-MM-DD hh:mm`, in `timeZone`. */
  expirationDateTime?: string;
  /** `HH:mm`. */
  duration?: string;
  /** A Windows time-zone id, such as `Pacific Standard Time`. */
  timeZone?: string;
  recurEvery?: string;
}

/** For the scope `InGuestPatch` only. */
export interface InputPatchConfiguration {
  rebootSetting?: string;
  windowsParameters?: object;
  linuxParameters?: object;
}

export interface ConfigurationAssignment extends Resource {
  location?: string;
  properties?: ConfigurationAssignmentProperties;
}

export interface ConfigurationAssignmentProperties {
  maintenanceConfigurationId?: string;
  resourceId?: string;
  filter?: object;
}
