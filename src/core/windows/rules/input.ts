import type { Rule } from "../../rule.ts";
import type { WindowFields } from "../window.ts";

/** What the schedule rules look at. A rule says nothing of what another rule has found missing. */
export interface ScheduleInput {
  /** ISO instant. */
  readonly now: string;
  readonly scope: string | undefined;
  /** Undefined for a configuration that has no `maintenanceWindow`. */
  readonly window: WindowFields | undefined;
  /** Undefined while there is none to check; empty text is a name that Azure refuses. */
  readonly name?: string | undefined;
  readonly resourceGroup?: string | undefined;
  /** Names of the configurations in the group. */
  readonly taken?: readonly string[] | undefined;
}

export interface ScheduleRule extends Rule<ScheduleInput> {
  /** The rule holds for what is about to be written: a configuration in use has, rightly, started. */
  readonly onlyWhenWriting?: boolean;
}

/** Where the schedule rules are documented. */
export const sources = {
  overview:
    "https://learn.microsoft.com/azure/virtual-machines/virtual-machine-scale-sets-maintenance-control",
  powerShell:
    "https://learn.microsoft.com/azure/virtual-machines/virtual-machine-scale-sets-maintenance-control-powershell",
  cli: "https://learn.microsoft.com/azure/virtual-machines/virtual-machine-scale-sets-maintenance-control-cli",
  scopes: "https://learn.microsoft.com/azure/virtual-machines/maintenance-configurations",
  contract:
    "https://github.com/Azure/azure-rest-api-specs/blob/main/specification/maintenance/resource-manager/Microsoft.Maintenance/Maintenance/stable/2023-04-01/Maintenance.json",
  names: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules",
  startRequired: "https://github.com/Azure/azure-quickstart-templates/issues/12837",
  gap: "https://github.com/hashicorp/terraform-provider-azurerm/issues/32918",
  monthWithoutDay: "https://github.com/hashicorp/terraform-provider-azurerm/issues/29738",
} as const;
