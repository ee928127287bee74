import { behindInWords, freshnessInWords } from "../../core/upgrades/freshnessInWords.ts";
import { nameOf } from "../../core/resources/ids.ts";
import { textAt } from "../../core/resources/json.ts";
import { coverageName } from "../../core/associations/coverageInWords.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { joined, message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import {
  automaticUpgradesOf,
  healthSourcesOf,
  imageInWords,
  isDeferring,
  orchestrationModeOf,
  upgradeModeOf,
} from "../../core/resources/scaleSet.ts";
import { provisioningStateOf } from "../../core/resources/provisioning.ts";
import type { HealthSource } from "../../core/resources/scaleSet.ts";
import { isRunning } from "../../core/upgrades/upgrade.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { configurationOfSet } from "../associations/associationLeaf.ts";
import { coverageIcon } from "./coverageLook.ts";
import { detailLeaf, noteLeaf, problemLeaf } from "../leaves.ts";
import type { Leaf, Place } from "../fleet/node.ts";
import { conditions, imageVersions, unread, verdicts } from "./scaleSetFindings.ts";
import { runningProgress, upgradeDetail, upgradingIcon, upgradingInWords } from "./upgradeDetails.ts";
import { inABreath, inARow } from "../view.ts";
import type { Clock, NodeView, TooltipLine } from "../view.ts";

/** What the row of a scale set leaves to the group that it stands in, or says since its group does not. */
interface Standing {
  /** Its subscription's name, where the set does not stand in it. */
  readonly subscription?: Message | undefined;
  /** Whether its group says the state of all that stand in it. */
  readonly isByState?: boolean;
}

/** The row of a scale set: its state, what is wrong in a few words, and what else distinguishes it. */
export function scaleSetView(
  record: ScaleSetRecord,
  clock: Clock,
  { subscription, isByState = false }: Standing = {},
): NodeView {
  const { name, resource, coverage, freshness } = record;
  const progress = runningProgress(record, clock);
  const upgrading = progress && upgradingInWords(progress);
  const provisioning = provisioningStateOf(resource);
  const busy =
    provisioning === "Succeeded" || provisioning === undefined || upgrading !== undefined
      ? undefined
      : verbatim(provisioning);
  const parts = [
    isByState && coverage.managedBy === undefined ? undefined : coverageName(coverage),
    upgrading,
    coverage.managedBy === undefined ? coverage.brief : undefined,
    configurationsOf(record),
    subscription,
    behindInWords(freshness),
    busy,
  ];
  return {
    label: verbatim(name),
    description: inARow(...parts),
    icon: upgrading === undefined ? coverageIcon(coverage) : upgradingIcon,
    tooltip: () => ({ title: verbatim(name), lines: tooltipLines(record, upgrading, subscription) }),
    spoken: message("Scale set {0}, {1}", name, inABreath(...parts)),
    contextValue: scaleSetContext(record),
    children: "collapsed",
  };
}

export function scaleSetChildren(
  parent: Place,
  record: ScaleSetRecord,
  snapshot: Snapshot,
  clock: Clock,
): readonly Leaf[] {
  const { resource } = record;
  const upgrade = upgradeDetail(record, clock);
  const rows: readonly (readonly [name: string, label: Message, value: Message, icon: string])[] = [
    ["upgrades", message("Automatic OS upgrades"), upgradesInWords(record), "sync"],
    ["image", message("Image"), imageInWords(resource), "package"],
    ["health", message("Health source"), healthInWords(record), "heart"],
    ["mode", message("Upgrade mode"), verbatim(upgradeModeOf(resource) ?? "–"), "settings-gear"],
    ["state", message("Provisioning state"), verbatim(provisioningStateOf(resource) ?? "–"), "pulse"],
    ["orchestration", message("Orchestration"), verbatim(orchestrationModeOf(resource)), "layers"],
  ];
  return [
    ...(upgrade ? [detailLeaf(parent, upgrade)] : []),
    ...verdicts(record).map((detail) => detailLeaf(parent, detail)),
    ...associations(parent, record, snapshot),
    ...rows.map(([name, label, value, icon]) =>
      detailLeaf(parent, { name, label, value, icon: { id: icon } }),
    ),
    detailLeaf(parent, imageVersions(record)),
    detailLeaf(parent, conditions(record)),
    ...unread(record).map((detail) => detailLeaf(parent, detail)),
  ];
}

function associations(parent: Place, record: ScaleSetRecord, snapshot: Snapshot): readonly Leaf[] {
  const { assignments } = record;
  if ("unknown" in assignments) {
    const { unknown } = assignments;
    if (unknown === "loading") return [];
    return [problemLeaf(parent, "problem/assignments", message("Couldn't load associations"), unknown)];
  }
  if (assignments.known.length === 0) {
    const label =
      assignments.source === "graph"
        ? message("No maintenance configuration in Resource Graph")
        : message("No maintenance configuration");
    return [noteLeaf(parent, "no-configuration", label, { id: "calendar" })];
  }
  return assignments.known.map((assignment) => configurationOfSet(parent, record, assignment, snapshot));
}

/**
 * `scaleSet;associated;upgradesOn`: the association is `associationUnknown` where the assignments could not be read; `;deferring` where each
 * upgrade waits to be approved, `;upgrading` while one runs, `;broken` where there is something to clean up.
 */
export function scaleSetContext({ resource, assignments, upgrade, coverage }: ScaleSetRecord): string {
  const association =
    "unknown" in assignments
      ? "associationUnknown"
      : assignments.known.length > 0
        ? "associated"
        : "unassociated";
  const parts = [
    "scaleSet",
    association,
    automaticUpgradesOf(resource) ? "upgradesOn" : "upgradesOff",
    ...(isDeferring(resource) ? ["deferring"] : []),
    ...(isRunning(upgrade) ? ["upgrading"] : []),
    ...(coverage.state === "broken" ? ["broken"] : []),
  ];
  return parts.join(";");
}

/** The names of its configurations. */
function configurationsOf({ assignments }: ScaleSetRecord): Message | undefined {
  if ("unknown" in assignments || assignments.known.length === 0) return undefined;
  const names = assignments.known.map((assignment) => nameOf(configurationIdOf(assignment) ?? "–"));
  // One may be there twice.
  return joined(", ", [...new Set(names)].map(verbatim));
}

function tooltipLines(
  record: ScaleSetRecord,
  upgrading: Message | undefined,
  subscription: Message | undefined,
): readonly TooltipLine[] {
  const { resource, coverage, resourceGroup, id, freshness } = record;
  const configurations = configurationsOf(record);
  return [
    { text: coverageName(coverage) },
    ...(upgrading ? [{ text: upgrading }] : []),
    ...coverage.reasons.map((text) => ({ text })),
    ...(isGraphsSilence(record)
      ? [{ text: message("Resource Graph leaves out what your account can't read.") }]
      : []),
    ...(configurations ? [{ name: message("Maintenance configuration"), text: configurations }] : []),
    { name: message("Automatic OS upgrades"), text: upgradesInWords(record) },
    { name: message("Image"), text: imageInWords(resource) },
    ...(freshness ? [{ name: message("Image versions"), text: freshnessInWords(freshness) }] : []),
    { name: message("Health source"), text: healthInWords(record) },
    { name: message("Region"), text: verbatim(textAt(resource, "location") ?? "–") },
    ...(subscription ? [{ name: message("Subscription"), text: subscription }] : []),
    { name: message("Resource group"), text: verbatim(resourceGroup) },
    { text: verbatim(id) },
  ];
}

/** That it has no association is not known from the set itself. */
function isGraphsSilence({ assignments }: ScaleSetRecord): boolean {
  return "known" in assignments && assignments.known.length === 0 && assignments.source === "graph";
}

function upgradesInWords({ resource }: ScaleSetRecord): Message {
  return automaticUpgradesOf(resource) ? message("On") : message("Off");
}

function healthInWords({ resource }: ScaleSetRecord): Message {
  const sources = healthSourcesOf(resource);
  if (sources.length === 0) return message("None");
  return joined(", ", sources.map(sourceInWords));
}

function sourceInWords(source: HealthSource): Message {
  return source.kind === "probe"
    ? message("load balancer probe {0}", nameOf(source.id))
    : message("Application Health extension {0}", source.name);
}
