import { message } from "../../text/message.ts";
import type { Rule } from "../../text/rule.ts";
import { scopes } from "./sources.ts";

/** How many there are, as far as is known. */
export interface Counts {
  /** Configurations in the subscription and region of the one that is checked, itself included. */
  readonly inRegion?: number | undefined;
  /** Resources that are, or will be, associated with it. */
  readonly associations?: number | undefined;
}

const maxConfigurations = 250;
const maxAssociations = 3000;

/**
 * Limits of the service. They warn: Microsoft's page recommends the numbers rather than say what happens beyond them. They need
 * no time arithmetic, so that the fleet checks them against its own counts as these change.
 */
export const limitRules: readonly Rule<Counts>[] = [
  {
    id: "configurations-per-region",
    severity: "warn",
    sources: [scopes],
    check: ({ inRegion = 0 }) =>
      inRegion > maxConfigurations
        ? message(
            "Its subscription has {0} configurations in its region. Azure supports {1}. Use another region or subscription, or delete unused ones.",
            inRegion,
            maxConfigurations,
          )
        : undefined,
  },
  {
    id: "associations-per-configuration",
    severity: "warn",
    sources: [scopes],
    check: ({ associations: count = 0 }) =>
      count > maxAssociations
        ? message(
            "It's associated with {0} scale sets. Azure supports {1} for one configuration. Use several configurations.",
            count,
            maxAssociations,
          )
        : undefined,
  },
];
