import { objectAt, textAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";

/** The scope of the configurations that control OS image upgrades of scale sets. */
export const osImageScope = "OSImage";

/** The fields of a `maintenanceWindow` as they came; every one is optional in the contract. */
export interface WindowFields {
  /** `YYYY-MM-DD hh:mm`, in `timeZone`. */
  readonly startDateTime: string | undefined;
  /** `YYYY-MM-DD hh:mm`, in `timeZone`. */
  readonly expirationDateTime: string | undefined;
  /** `HH:mm`. */
  readonly duration: string | undefined;
  /** A Windows time-zone id, such as `Pacific Standard Time`. */
  readonly timeZone: string | undefined;
  /** `Day`, `Week Saturday,Sunday`, `Month Last Sunday Offset-3`… */
  readonly recurEvery: string | undefined;
}

/** The window of a maintenance configuration as ARM returns it; all fields are undefined where it has none. */
export function readWindow(configuration: JsonObject): WindowFields {
  const window = objectAt(configuration, "properties", "maintenanceWindow");
  return {
    startDateTime: textAt(window, "startDateTime"),
    expirationDateTime: textAt(window, "expirationDateTime"),
    duration: textAt(window, "duration"),
    timeZone: textAt(window, "timeZone"),
    recurEvery: textAt(window, "recurEvery"),
  };
}

/** `properties.maintenanceScope` as it came: an open enumeration (Azure/terraform-provider-azurerm#17954 met `All`). */
export function scopeOf(configuration: JsonObject): string | undefined {
  return textAt(configuration, "properties", "maintenanceScope");
}

export function isOsImage(configuration: JsonObject): boolean {
  return scopeOf(configuration)?.toLowerCase() === osImageScope.toLowerCase();
}
