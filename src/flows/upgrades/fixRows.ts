/** What blocks and what can be done about it, in rows. */
import { blockers } from "../../core/eligibility/rule.ts";
import { joined, message, verbatim, type Message } from "../../core/text/message.ts";
import { upgradeModeOf } from "../../core/resources/scaleSet.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { Fix } from "./fixes.ts";
import type { Choice, Fact, Row } from "../engine/question.ts";
import { choice, fact } from "../engine/rows.ts";

/** How many sets have a row of their own. */
const maxShownSets = 50;

/** A row for each blocked set: all that blocks it, and how to fix what cannot be fixed here. */
export function blockedRows(
  blocked: readonly ScaleSetRecord[],
  fixesOf: (set: ScaleSetRecord) => readonly Fix[],
): readonly Row[] {
  const rows = blocked.slice(0, maxShownSets).map((set): Fact => {
    const reasons = blockers(set.findings).map(({ message: text, fix, repair }) => {
      const isOurs = fixesOf(set).some((fix) => fix === repair);
      return isOurs || fix === undefined ? text : joined(" ", [text, message("Can't be fixed here:"), fix]);
    });
    return fact("circle-slash", verbatim(set.name), joined(" ", reasons));
  });
  const more = blocked.length - rows.length;
  return more === 0 ? rows : [...rows, fact("blank", message("…and {0} more", more))];
}

/** A row for a kind of fix, with what it restarts and, where the user chooses for several sets, those that it is for. */
export function fixRow(fix: Fix, sets: readonly ScaleSetRecord[], isOfSeveral: boolean): Choice {
  const { icon, label, detail, rolled } = words[fix];
  const rolling = rolled === undefined ? 0 : sets.filter(isRolledOut).length;
  return choice(fix, icon, label, {
    ...(isOfSeveral && { description: verbatim(someNames(sets.map(({ name }) => name))) }),
    detail:
      rolled === undefined || rolling === 0
        ? detail
        : rolling === sets.length
          ? rolled
          : message("{0} ({1} of {2} scale sets)", rolled, rolling, sets.length),
  });
}

/** Whether Azure brings the instances of a set to a changed model by itself, at once. */
function isRolledOut({ resource }: ScaleSetRecord): boolean {
  return (upgradeModeOf(resource) ?? "Manual").toLowerCase() !== "manual";
}

/** The first names, and how many more there are. */
export function someNames(names: readonly string[], maxNames = 3): string {
  const more = names.length - maxNames;
  return more <= 0 ? names.join(", ") : `${names.slice(0, maxNames).join(", ")} +${more}`;
}

interface Words {
  readonly icon: string;
  readonly label: Message;
  /** What it does, and what it restarts. */
  readonly detail: Message;
  /** The same where the upgrade mode rolls a changed model out at once. */
  readonly rolled?: Message;
}

/** Short enough for a row: what it restarts must not be cut off. */
const words: Readonly<Record<Fix, Words>> = {
  imageLatest: {
    icon: "versions",
    label: message("Use the latest image"),
    detail: message("Restarts nothing: running instances keep their image."),
    rolled: message("Restarts instances now: the image replaces their OS disks."),
  },
  patchMode: {
    icon: "settings",
    label: message("Set the patch mode"),
    detail: message("Restarts nothing: running instances keep their mode."),
    rolled: message("Updates instances now, outside any window. May restart them."),
  },
  healthExtension: {
    icon: "pulse",
    label: message("Add the Application Health extension…"),
    detail: message("Instances get it when updated, which may restart them."),
    rolled: message("Updates instances now, outside any window. May restart them."),
  },
  rollingPolicy: {
    icon: "layers",
    label: message("Correct the rolling upgrade policy…"),
    detail: message("Restarts nothing: only values that Azure refuses change."),
  },
  upgradeMode: {
    icon: "sync",
    label: message("Set the upgrade mode…"),
    detail: message("Updates instances behind the model now. May restart them."),
  },
  updateInstances: {
    icon: "warning",
    label: message("Update all instances now (restarts them)"),
    detail: message("All at once, outside any window. A new image replaces OS disks."),
  },
};
