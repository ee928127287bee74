import { stateMeaning, stateName } from "../../core/associations/coverageInWords.ts";
import type { CoverageState } from "../../core/associations/coverageStates.ts";
import { configurationIdOf } from "../../core/associations/link.ts";
import { idKey, nameOf } from "../../core/resources/ids.ts";
import type { IdKey } from "../../core/resources/ids.ts";
import { textAt } from "../../core/resources/json.ts";
import { message, verbatim } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { configurationState } from "../associations/associationLeaf.ts";
import { managedIcon, stateIcon } from "../scaleSets/coverageLook.ts";
import { managed, none, unknown } from "./grouping.ts";
import type { Grouping } from "./grouping.ts";
import type { Icon, TooltipLine } from "../view.ts";

/** What scale sets have in common, as a line. */
export interface Heading {
  readonly label: Message;
  readonly icon: Icon;
  /** What follows the counts. */
  readonly says?: Message | undefined;
  readonly lines?: readonly TooltipLine[];
  /** The label in a sentence for a screen reader. */
  readonly spoken: Message;
}

/** Of the scale sets of a group, which has at least one. */
export function headingOf(
  value: string,
  sets: readonly ScaleSetRecord[],
  grouping: Grouping,
  snapshot: Snapshot,
): Heading {
  switch (grouping.by) {
    case "subscription":
    case "state": {
      if (value === managed) {
        const label = message("Managed by other services");
        return { label, icon: managedIcon, spoken: label };
      }
      const state = value as CoverageState;
      const label = stateName(state);
      return {
        label,
        icon: stateIcon(state),
        lines: [{ text: stateMeaning(state) }],
        spoken: message("{0}: {1}", message("State"), label),
      };
    }
    case "configuration":
      return configurationHeading(value, sets, snapshot);
    case "region": {
      const icon: Icon = { id: "globe" };
      const label =
        value === none
          ? message("No region")
          : verbatim(
              snapshot.regions.get(value)?.displayName ?? textAt(sets[0]?.resource, "location") ?? value,
            );
      return { label, icon, spoken: message("{0}: {1}", message("Region"), label) };
    }
    case "tag": {
      const icon: Icon = { id: "tag" };
      if (value === none) {
        const label = message("No tag {0}", grouping.tag);
        return { label, icon: { id: "circle-large-outline" }, spoken: label };
      }
      const of = value === "=" ? message("empty") : verbatim(value.slice(1));
      const label = message("{0}: {1}", grouping.tag, of);
      return { label, icon, spoken: message("Tag {0}", label) };
    }
  }
}

/** Of a configuration that no list has, or of those that have none. */
function configurationHeading(value: string, sets: readonly ScaleSetRecord[], snapshot: Snapshot): Heading {
  if (value === none) {
    const label = message("No configuration");
    return { label, icon: { id: "circle-large-outline", color: "descriptionForeground" }, spoken: label };
  }
  if (value === unknown) {
    const label = stateName("unknown");
    const says = message("associations unknown");
    return {
      label,
      says,
      icon: stateIcon("unknown"),
      spoken: message("{0}: {1}", message("Maintenance configuration"), label),
    };
  }
  const id = namedBy(sets, value as IdKey);
  const { icon, says } = configurationState(value as IdKey, snapshot);
  const label = verbatim(nameOf(id));
  return {
    label,
    icon,
    says,
    lines: [{ text: verbatim(id) }],
    spoken: message("{0}: {1}", message("Maintenance configuration"), label),
  };
}

/** The id of a configuration in the casing of an assignment. */
function namedBy(sets: readonly ScaleSetRecord[], key: IdKey): string {
  for (const { assignments } of sets) {
    if ("unknown" in assignments) continue;
    for (const assignment of assignments.known) {
      const id = configurationIdOf(assignment);
      if (id !== undefined && idKey(id) === key) return id;
    }
  }
  return key;
}
