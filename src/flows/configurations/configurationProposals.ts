/** What a new configuration is like unless the user wants it otherwise. */
import { textAt } from "../../core/resources/json.ts";
import { regionOf } from "../../core/resources/regions.ts";
import { message } from "../../core/text/message.ts";
import { isOsImage } from "../../core/windows/window.ts";
import { ianaOf, windowsOf } from "../../core/windows/zones.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { FlowContext } from "../engine/context.ts";
import type { LoadProposal, Proposal } from "../engine/engine.ts";
import type { Lists } from "../engine/lists.ts";
import { subscriptionName } from "../scaleSets/subscriptions.ts";
import { tomorrowEvening } from "../schedule/localTime.ts";
import { createNew, namesIn, type ConfigurationAnswers } from "./configurationAnswers.ts";

/** A proposal for each step of a new configuration, by the step's id; `setsOf`: the scale sets that are to get it. */
export function configurationProposals<A extends ConfigurationAnswers>(
  context: FlowContext,
  lists: Lists,
  setsOf: (answers: A) => readonly ScaleSetRecord[],
): Readonly<Record<string, (answers: A) => Proposal>> {
  return {
    subscription: (answers) => subscriptionFor(context, setsOf(answers)),
    resourceGroup: (answers) => groupFor(context, lists, answers, setsOf(answers)),
    newGroup: ({ subscription = "" }) =>
      nextFree(
        "rg-maintenance",
        lists.knownGroups(subscription).flatMap((known) => textAt(known, "name") ?? []),
      ),
    newGroupRegion: (answers) => regionFor(context, answers, setsOf(answers)),
    name: (answers) => nextFree("mc-nightly", namesIn(context.snapshot(), answers)),
    region: (answers) =>
      answers.resourceGroup === createNew
        ? answers.newGroupRegion
        : regionFor(context, answers, setsOf(answers)),
    timeZone: () => windowsOf(context.localZone) ?? "UTC",
    start: ({ timeZone = "" }) => tomorrowEvening(ianaOf(timeZone) ?? "UTC", context.now()),
    duration: () => "05:00",
    recurrence: () => "Day",
    expiry: () => "",
    tags: () => "",
  };
}

/** The subscription with the most of the scale sets; of all of them where none is chosen. */
function subscriptionFor(context: FlowContext, chosen: readonly ScaleSetRecord[]): string | undefined {
  const snapshot = context.snapshot();
  const holders = [chosen, snapshot.scaleSets.values(), snapshot.configurations.values()].map((records) =>
    mostFrequent(
      [...records].map(({ subscriptionId }) => subscriptionId),
      (id) => subscriptionName(snapshot, id),
    ),
  );
  const held = holders.find((id) => id !== undefined);
  const records = [...snapshot.subscriptions.values()].map(({ subscription }) => subscription);
  const [first] = records.toSorted((a, b) => a.displayName.localeCompare(b.displayName));
  return (records.find(({ subscriptionId }) => subscriptionId.toLowerCase() === held) ?? first)
    ?.subscriptionId;
}

/** A group that holds configurations, of scope OSImage rather than of another, or else chosen scale sets; or else a new one. */
function groupFor(
  context: FlowContext,
  lists: Lists,
  { subscription = "" }: ConfigurationAnswers,
  chosen: readonly ScaleSetRecord[],
): Proposal {
  const isThere = (record: { readonly subscriptionId: string }) =>
    record.subscriptionId === subscription.toLowerCase();
  const configurations = [...context.snapshot().configurations.values()].filter(isThere);
  // The group of a service's own sets is deleted with the service.
  const own = chosen.filter((set) => isThere(set) && set.coverage.managedBy === undefined);
  const groupsOf = (records: readonly { readonly resourceGroup: string }[]) =>
    mostFrequent(records.map(({ resourceGroup }) => resourceGroup));
  const loadNew: LoadProposal = async (signal, say) => {
    say(message("Loading resource groups…"));
    await lists.groups(subscription, signal);
    return createNew;
  };
  const ofOsImages = configurations.filter(({ resource }) => isOsImage(resource));
  return groupsOf(ofOsImages) ?? groupsOf(configurations) ?? groupsOf(own) ?? loadNew;
}

/** The region with the most of the scale sets: of the chosen ones, or else of those in the subscription, or else of all. */
function regionFor(
  context: FlowContext,
  { subscription = "" }: ConfigurationAnswers,
  chosen: readonly ScaleSetRecord[],
): string | undefined {
  const { scaleSets, configurations } = context.snapshot();
  const there = [...scaleSets.values()].filter(
    ({ subscriptionId }) => subscriptionId === subscription.toLowerCase(),
  );
  const regions = [chosen, there, scaleSets.values(), configurations.values()].map((records) =>
    mostFrequent([...records].map(({ resource }) => regionOf(resource)).filter((region) => region !== "")),
  );
  return regions.find((region) => region !== undefined);
}

/** The value that is there most often, whatever its casing; of several the first by name. */
function mostFrequent(
  values: readonly string[],
  nameOf: (value: string) => string = (value) => value,
): string | undefined {
  const alike = [...Map.groupBy(values, (value) => value.toLowerCase()).values()];
  const most = Math.max(...alike.map(({ length }) => length));
  return alike
    .filter(({ length }) => length === most)
    .flatMap(([first]) => first ?? [])
    .toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)))[0];
}

/** `base`, or `base-2` and so on where that is taken, in whatever casing. */
function nextFree(base: string, taken: readonly string[]): string {
  const names = new Set(taken.map((name) => name.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!names.has(name)) return name;
  }
}
