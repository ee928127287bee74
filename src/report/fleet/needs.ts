import { attemptOf } from "../../core/upgrades/attempts.ts";
import { stateMeaning, stateName } from "../../core/associations/coverageInWords.ts";
import type { CoverageState } from "../../core/associations/coverageStates.ts";
import { message, sentence } from "../../core/text/message.ts";
import { inPieces } from "../../core/slices.ts";
import type { Sliced } from "../../core/slices.ts";
import type { Message } from "../../core/text/message.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { Action, Need, NeedName, View } from "./contract.ts";
import { addOne } from "./overview.ts";

/** One kind of need: what it says, how to fix it and which part of the table shows it. */
interface Kind {
  readonly name: NeedName;
  readonly title: Message;
  readonly meaning: Message;
  /** Commands with their labels, the one to take first. They are called on the sets of the need, or on none. */
  readonly ways: readonly (readonly [command: string, label: Message])[];
  readonly shows?: Partial<View>;
  /** Whether the commands concern no set in particular. */
  readonly ofNoSet?: true;
}

/** What weighs most comes first: what no window controls, then what no window reaches, then what can wait. */
const kinds: readonly Kind[] = [
  {
    name: "broken",
    title: stateName("broken"),
    meaning: stateMeaning("broken"),
    ways: [
      ["cleanUpAssociations", message("Clean Up Associations…")],
      ["explainEligibility", message("Explain")],
    ],
    shows: { state: "broken" },
  },
  {
    name: "blocked",
    title: stateName("blocked"),
    meaning: stateMeaning("blocked"),
    ways: [
      ["explainEligibility", message("Explain")],
      ["enableAutomaticUpgrades", message("Fix and Turn On…")],
    ],
    shows: { state: "blocked" },
  },
  {
    name: "uncontrolled",
    title: stateName("uncontrolled"),
    meaning: stateMeaning("uncontrolled"),
    ways: [["associate", message("Associate with a Configuration…")]],
    shows: { state: "uncontrolled" },
  },
  {
    name: "idle",
    title: stateName("idle"),
    meaning: stateMeaning("idle"),
    ways: [["enableAutomaticUpgrades", message("Turn On Automatic OS Upgrades…")]],
    shows: { state: "idle" },
  },
  {
    name: "dangling",
    title: message("Associations without a scale set"),
    meaning: message(
      "An association can remain after its scale set is deleted. To remove it, run Clean Up Associations.",
    ),
    ways: [["cleanUpAssociations", message("Clean Up Associations…")]],
    ofNoSet: true,
  },
  {
    name: "failed",
    title: message("Last upgrade failed"),
    meaning: message("The last known upgrade didn't fully succeed"),
    ways: [
      ["upgradeHistory", message("Upgrade History")],
      ["explainEligibility", message("Explain")],
    ],
  },
  {
    name: "behind",
    title: sentence(message("behind the latest image")),
    meaning: message("Some instances run an older image"),
    ways: [["startUpgrade", message("Start OS Upgrade Now…")]],
    shows: { freshness: "behind" },
  },
  {
    name: "unknown",
    title: stateName("unknown"),
    meaning: stateMeaning("unknown"),
    ways: [["refresh", message("Refresh")]],
    shows: { state: "unknown" },
    ofNoSet: true,
  },
];

/** What the page may name; scale sets with unchecked images need nothing, but can be checked. */
export const needNames: readonly NeedName[] = [...kinds.map(({ name }) => name), "unchecked"];

/** What the user's own sets need, the most urgent first; needs without a set are left out. */
export function* needsOf(snapshot: Snapshot, say: (text: Message) => string): Sliced<readonly Need[]> {
  const counts = new Map<NeedName, number>([["dangling", danglingIn(snapshot)]]);
  yield* inPieces(snapshot.scaleSets.values(), (record) => {
    for (const name of needsOfOne(record)) addOne(counts, name);
  });
  return kinds.flatMap(({ name, title, meaning, ways, shows, ofNoSet }): readonly Need[] => {
    const count = counts.get(name) ?? 0;
    if (count === 0) return [];
    const actions = ways.map(([command, label]): Action => ({
      command,
      label: say(label),
      ...(ofNoSet ? {} : { need: name }),
    }));
    return [{ name, count, title: say(title), meaning: say(meaning), actions, ...(shows && { shows }) }];
  });
}

/** Only those whose scale set is confirmed to be deleted. */
function danglingIn({ danglingAssociations }: Snapshot): number {
  let count = 0;
  for (const { scaleSet } of danglingAssociations.values()) if (scaleSet === "gone") count += 1;
  return count;
}

/** The sets that have a need, for the command that its button runs. */
export function setsOf(name: NeedName, { scaleSets }: Snapshot): readonly ScaleSetRecord[] {
  return [...scaleSets.values()].filter((record) => needsOfOne(record).includes(name));
}

function needsOfOne({ coverage, freshness, upgrade, assignments }: ScaleSetRecord): readonly NeedName[] {
  if (coverage.managedBy !== undefined) return [];
  // What is still loading needs nothing yet.
  const isRead = !("unknown" in assignments) || assignments.unknown !== "loading";
  const needs: NeedName[] = isRead && isNeed(coverage.state) ? [coverage.state] : [];
  if (upgrade !== undefined && hasFailed(attemptOf(upgrade))) needs.push("failed");
  if (freshness === undefined) needs.push("unchecked");
  else if (freshness.state === "behind") needs.push("behind");
  return needs;
}

function isNeed(state: CoverageState): state is CoverageState & NeedName {
  return state !== "unmanaged" && state !== "controlled";
}

/** Ended, and not as it should have. */
function hasFailed({ status, progress }: ReturnType<typeof attemptOf>): boolean {
  return /^(faulted|rollingback)$/i.test(status) || (/^completed$/i.test(status) && progress.failed > 0);
}
