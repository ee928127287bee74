/** What blocks and what can be done about it, in rows. */
import { blockers } from "../../core/eligibility/rule.ts";
import { joined, message, verbatim, type Message } from "../../core/text/message.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import type { Fix } from "./fixes.ts";
import type { Choice, Fact, Row } from "../engine/question.ts";
import { choice, fact } from "../engine/rows.ts";

/** How many sets are told of one by one. */
const maxShownSets = 50;

/** A row for each blocked set: all that blocks it, and for what cannot be mended here the way out. */
export function blockedRows(
  blocked: readonly ScaleSetRecord[],
  fixesOf: (set: ScaleSetRecord) => readonly Fix[],
): readonly Row[] {
  const rows = blocked.slice(0, maxShownSets).map((set): Fact => {
    const reasons = blockers(set.findings).map(({ message: text, fix, repair }) => {
      const isOurs = fixesOf(set).some((fix) => fix === repair);
      return isOurs || fix === undefined ? text : joined(" ", [text, message("Not to be fixed here:"), fix]);
    });
    return fact("circle-slash", verbatim(set.name), joined(" ", reasons));
  });
  const more = blocked.length - rows.length;
  return more === 0 ? rows : [...rows, fact("blank", message("…and {0} more scale sets", more))];
}

/** A row for a kind of fix, with the sets that it is for. */
export function fixRow(fix: Fix, sets: readonly ScaleSetRecord[]): Choice {
  const { icon, label, detail } = words[fix];
  return choice(fix, icon, sets.length === 1 ? label : message("{0} (scale sets: {1})", label, sets.length), {
    description: verbatim(someNames(sets.map(({ name }) => name))),
    detail,
  });
}

/** The first names, and how many more there are. */
export function someNames(names: readonly string[], maxNames = 3): string {
  const more = names.length - maxNames;
  return more <= 0 ? names.join(", ") : `${names.slice(0, maxNames).join(", ")} +${more}`;
}

const words: Readonly<
  Record<Fix, { readonly icon: string; readonly label: Message; readonly detail: Message }>
> = {
  imageLatest: {
    icon: "versions",
    label: message("Let the image follow latest"),
    detail: message("The model no longer says which version runs: new instances get the newest."),
  },
  patchMode: {
    icon: "settings",
    label: message("Set the patch mode"),
    detail: message(
      "patchMode becomes Manual on Windows, ImageDefault on Linux. What goes only with AutomaticByPlatform is removed.",
    ),
  },
  healthExtension: {
    icon: "pulse",
    label: message("Add the Application Health extension…"),
    detail: message("Asks each instance at a port of yours; one that does not answer counts as unhealthy."),
  },
  rollingPolicy: {
    icon: "layers",
    label: message("Bring the rolling upgrade policy into range…"),
    detail: message("Only the values that Azure refuses become others."),
  },
  upgradeMode: {
    icon: "sync",
    label: message("Set the upgrade mode…"),
    detail: message("From Manual, where instances keep the model they have, to Rolling or Automatic."),
  },
  updateInstances: {
    icon: "warning",
    label: message("Bring the instances to the latest model"),
    detail: message("All at once, outside any window; a changed image replaces their OS disks."),
  },
};
