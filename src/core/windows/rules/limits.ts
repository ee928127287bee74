import { message } from "../../text/message.ts";
import type { Rule } from "../../text/rule.ts";
import { sources } from "./sources.ts";

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
    title: message("A subscription has at most 250 configurations in a region"),
    sources: [sources.scopes],
    check: ({ inRegion = 0 }) =>
      inRegion > maxConfigurations
        ? message(
            "Its subscription has {0} configurations in its region, and Azure supports {1}: use another region or subscription, or delete some that no scale set uses.",
            inRegion,
            maxConfigurations,
          )
        : undefined,
  },
  {
    id: "associations-per-configuration",
    severity: "warn",
    title: message("A configuration has at most 3,000 associations"),
    sources: [sources.scopes],
    check: ({ associations: count = 0 }) =>
      count > maxAssociations
        ? message(
            "It is associated with {0} scale sets, and Azure supports {1} associations for one configuration: spread them over several.",
            count,
            maxAssociations,
          )
        : undefined,
  },
];
