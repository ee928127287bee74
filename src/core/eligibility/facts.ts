import type { JsonObject } from "../resources/json.ts";
import type { KnownConfiguration } from "../associations/link.ts";

/**
 * What the model of a scale set can't hold, each fact as Azure returns it and each optional: one that is missing leaves the rules
 * that need it at "unknown". Null: Azure was asked, and there is none.
 */
export interface EligibilityFacts {
  /**
   * The newest version of the image: of a platform image GET
   * `…/publishers/{p}/artifacttypes/vmimage/offers/{o}/skus/{s}/versions/{newest}`, of a gallery image GET
   * `…/galleries/{g}/images/{i}/versions/{newest}` (https://learn.microsoft.com/rest/api/compute/gallery-image-versions/get).
   */
  readonly newestImage?: JsonObject | null;
  /**
   * GET `{set}/virtualMachines`, with `$expand=instanceView` for the health of each. The list of a Flexible set holds ids only; there each
   * has the members of its virtual machine beside what the list said. What an instance lacks is unknown.
   */
  readonly instances?: readonly JsonObject[];
  /** GET `{set}/instanceView`. Flexible sets have none. */
  readonly instanceView?: JsonObject | null;
  /** The load balancer that the health probe belongs to. */
  readonly loadBalancer?: JsonObject | null;
  /** GET `{set}/rollingUpgrades/latest`; null when there never was one. */
  readonly rollingUpgrade?: JsonObject | null;
  /** GET `{set}/osUpgradeHistory`: the attempts of the last two months, at most five. */
  readonly upgradeHistory?: readonly JsonObject[];
  /** The maintenance configurations that the set is associated with, those of other scopes included; empty for none. */
  readonly configurations?: readonly KnownConfiguration[];
}
