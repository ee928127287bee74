/**
 * The arguments of azurerm's resources by their published names; blocks are named after the path to them. Of 4.x: hashicorp/azurerm 4.73.0 as
 * the package @cdktn/provider-azurerm 16.1.0 has it. Of 5.x: the schemas of v5.2.0 in hashicorp/terraform-provider-azurerm
 * (internal/services/{maintenance,compute,resource}), which differ from those of 4.x in the names below.
 */
export type Arguments = Readonly<Record<string, readonly string[]>>;

/** Every resource has these (https://developer.hashicorp.com/terraform/language/meta-arguments). */
export const metaArguments = ["provider", "depends_on"];

const extension = [
  "auto_upgrade_minor_version",
  "automatic_upgrade_enabled",
  "force_update_tag",
  "name",
  "protected_settings",
  "provision_after_extensions",
  "publisher",
  "settings",
  "type",
  "type_handler_version",
  "protected_settings_from_key_vault",
];

const both: Arguments = {
  azurerm_resource_group: ["location", "managed_by", "name", "tags"],
  azurerm_maintenance_configuration: [
    "in_guest_user_patch_mode",
    "location",
    "name",
    "properties",
    "resource_group_name",
    "scope",
    "tags",
    "visibility",
    "install_patches",
    "window",
  ],
  "azurerm_maintenance_configuration.window": [
    "duration",
    "expiration_date_time",
    "recur_every",
    "start_date_time",
    "time_zone",
  ],
  azurerm_maintenance_assignment_virtual_machine_scale_set: [
    "location",
    "maintenance_configuration_id",
    "virtual_machine_scale_set_id",
  ],
  azurerm_virtual_machine_scale_set_extension: [
    ...extension,
    "failure_suppression_enabled",
    "virtual_machine_scale_set_id",
  ],
  "scale_set.extension": extension,
  "scale_set.rolling_upgrade_policy": [
    "cross_zone_upgrades_enabled",
    "max_batch_instance_percent",
    "max_unhealthy_instance_percent",
    "max_unhealthy_upgraded_instance_percent",
    "maximum_surge_instances_enabled",
    "pause_time_between_batches",
    "prioritize_unhealthy_instances_enabled",
  ],
  "scale_set.source_image_reference": ["offer", "publisher", "sku", "version"],
  provider: [
    "alias",
    "environment",
    "features",
    "resource_provider_registrations",
    "resource_providers_to_register",
    "subscription_id",
  ],
};

/** What a scale set's block, Linux or Windows, has that an upgrade is about. */
const scaleSet = [
  "automatic_os_upgrade_policy",
  "extension",
  "health_probe_id",
  "rolling_upgrade_policy",
  "source_image_id",
  "source_image_reference",
  "upgrade_mode",
];

/** Those that a block must have. */
export const requiredArguments: Arguments = {
  azurerm_resource_group: ["location", "name"],
  azurerm_maintenance_configuration: ["location", "name", "resource_group_name", "scope"],
  "azurerm_maintenance_configuration.window": ["start_date_time", "time_zone"],
  azurerm_maintenance_assignment_virtual_machine_scale_set: [
    "location",
    "maintenance_configuration_id",
    "virtual_machine_scale_set_id",
  ],
  azurerm_virtual_machine_scale_set_extension: [
    "name",
    "publisher",
    "type",
    "type_handler_version",
    "virtual_machine_scale_set_id",
  ],
  "scale_set.extension": ["name", "publisher", "type", "type_handler_version"],
  "scale_set.rolling_upgrade_policy": [
    "max_batch_instance_percent",
    "max_unhealthy_instance_percent",
    "max_unhealthy_upgraded_instance_percent",
    "pause_time_between_batches",
  ],
  "scale_set.source_image_reference": ["offer", "publisher", "sku", "version"],
  provider: ["features", "subscription_id"],
};

/** By major version; in both, each block has all arguments of `automatic_os_upgrade_policy`. */
export const azurermArguments: Readonly<Record<"azurerm4" | "azurerm5", Arguments>> = {
  azurerm4: {
    ...both,
    scale_set: [...scaleSet, "enable_automatic_updates"],
    "scale_set.automatic_os_upgrade_policy": ["disable_automatic_rollback", "enable_automatic_os_upgrade"],
  },
  azurerm5: {
    ...both,
    scale_set: [...scaleSet, "automatic_updates_enabled"],
    "scale_set.automatic_os_upgrade_policy": ["automatic_os_upgrade_enabled", "automatic_rollback_enabled"],
  },
};

/** The arguments of azapi's resources (docs/resources/{resource,resource_action}.md of Azure/terraform-provider-azapi v2.12.0). */
export const azapiArguments: Arguments = {
  azapi_resource: [
    "body",
    "ignore_casing",
    "location",
    "locks",
    "name",
    "parent_id",
    "schema_validation_enabled",
    "tags",
    "type",
  ],
  azapi_resource_action: ["action", "body", "locks", "method", "resource_id", "type", "when"],
};
