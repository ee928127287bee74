import type { Azure } from "../../azure/contracts.ts";
import { textAt } from "../../core/resources/json.ts";
import { memo } from "../../core/memo.ts";
import type { Problem } from "../../core/text/problem.ts";
import { readRegions, regionKey } from "../../core/resources/regions.ts";
import type { Regions } from "../../core/resources/regions.ts";
import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import type { ProblemOf } from "./directly.ts";
import { assignmentsOf } from "../snapshot/facts.ts";
import type { Facts, RegionsAnswer, SubscriptionFacts } from "../snapshot/facts.ts";

/**
 * The subscription to ask next for its regions, so that each associated set's region is known by its name and by what Azure pairs it with.
 * Undefined when that is known, or as well known as it can be; a fleet in one region has nothing to tell apart.
 */
export function* subscriptionToAsk(facts: Facts): Sliced<string | undefined> {
  /** Each region of associated sets, with a subscription that has some there and was not asked. */
  const places = new Map<string, string | undefined>();
  yield* inPieces(facts.subscriptions, ([subscription, known]) => {
    for (const region of regionsOfSets(known)) {
      if (places.get(region) === undefined)
        places.set(region, facts.regions.has(subscription) ? undefined : subscription);
    }
  });
  if (places.size < 2) return undefined;
  const known = regionsIn(facts);
  for (const [region, subscription] of places) {
    if (subscription !== undefined && !known.has(region)) return subscription;
  }
  return undefined;
}

/** Asks a subscription for its regions. */
export async function regionsOf(
  azure: Azure,
  subscription: string,
  problemOf: ProblemOf,
  signal: AbortSignal,
): Promise<RegionsAnswer> {
  try {
    return { regions: readRegions(await azure.locations(subscription, signal)) };
  } catch (error) {
    return { problem: await problemOf(error) };
  }
}

/** Where the scale sets of a subscription are that have an association. */
function regionsOfSets({ scaleSets, assignments }: SubscriptionFacts): ReadonlySet<string> {
  const regions = new Set<string>();
  for (const [key, set] of scaleSets.items) {
    const location = textAt(set, "location");
    const of = assignmentsOf(assignments, key);
    if ("known" in of && of.known.length > 0 && location !== undefined) regions.add(keyOf(location));
  }
  return regions;
}

/** There are thousands of sets in few regions. */
const keyOf = memo(regionKey);

/** The regions that were read, through whichever subscription. */
export function regionsIn({ regions }: Facts): Regions {
  return new Map([...regions.values()].flatMap((answer) => ("regions" in answer ? [...answer.regions] : [])));
}

/** Why regions could not be read, where some could not. */
export function regionsProblemIn({ regions }: Facts): { readonly regionsProblem?: Problem } {
  for (const answer of regions.values()) if ("problem" in answer) return { regionsProblem: answer.problem };
  return {};
}
