/** What a plan does, in verbs: one for all changes of a kind, over as many resources as they are. */
import { turnsOff, turnsOn } from "../../core/plans/kinds/automaticUpgrades.ts";
import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import type { Change } from "../../core/plans/plan.ts";
import { at } from "../../core/resources/json.ts";
import { windowsUpdatePath } from "../../core/resources/scaleSet.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import { scaleSetsInWords } from "./counts.ts";

/** What is done; kinds of change that do more than one thing are split. */
export type Doing =
  | Exclude<ChangeKind, "setUpgradePolicy" | "setAutomaticUpdates">
  | "enable"
  | "disable"
  | "changePolicy"
  | "windowsUpdateOff"
  | "windowsUpdateOn"
  | "associateAgain";

export function doingOf(change: Change): Doing {
  const { kind, after, onFailureOf } = change;
  if (kind === "setUpgradePolicy")
    return turnsOn(change) ? "enable" : turnsOff(change) ? "disable" : "changePolicy";
  if (kind === "setAutomaticUpdates")
    return at(after, ...windowsUpdatePath) === true ? "windowsUpdateOn" : "windowsUpdateOff";
  return kind === "associate" && onFailureOf !== undefined ? "associateAgain" : kind;
}

/** How one doing is said. Each begins in lower case: see `sentence`. */
export interface Words {
  /** Of one resource, by its name. */
  one(name: string): Message;
  /** Of several. */
  many(count: number): Message;
  /** Of those that were just named. */
  readonly same?: Message;
}

/** `phrase`: what is done to scale sets, one by its name or several by their number. `same`: to those that were just named. */
function overSets(phrase: (sets: Message) => Message, same?: Message): Words {
  return {
    one: (name) => phrase(verbatim(name)),
    many: (count) => phrase(scaleSetsInWords(count)),
    ...(same && { same }),
  };
}

/** In the order of a sentence, which is about the order in which they are done. */
export const words: Readonly<Record<Doing, Words>> = {
  createResourceGroup: {
    one: (name) => message("create resource group {0}", name),
    many: (count) => message("create {0} resource groups", count),
  },
  registerProvider: {
    one: (name) => message("register {0}", name),
    many: (count) => message("register Microsoft.Maintenance in {0} subscriptions", count),
  },
  createConfiguration: {
    one: (name) => message("create {0}", name),
    many: (count) => message("create {0}", message("{0} configurations", count)),
  },
  updateConfiguration: {
    one: (name) => message("change {0}", name),
    many: (count) => message("change {0}", message("{0} configurations", count)),
  },
  setImageReference: overSets(
    (sets) => message("change the image of {0}", sets),
    message("change the image"),
  ),
  windowsUpdateOff: overSets(
    (sets) => message("turn off Windows Update on {0}", sets),
    message("turn off Windows Update"),
  ),
  setPatchSettings: overSets(
    (sets) => message("change the patch settings of {0}", sets),
    message("change the patch settings"),
  ),
  addHealthExtension: overSets(
    (sets) => message("add the health extension to {0}", sets),
    message("add the health extension"),
  ),
  changePolicy: overSets(
    (sets) => message("change the upgrade policy of {0}", sets),
    message("change the upgrade policy"),
  ),
  associate: overSets((sets) => message("associate {0}", sets), message("associate them")),
  enable: overSets(
    (sets) => message("turn on automatic OS upgrades for {0}", sets),
    message("turn on automatic OS upgrades"),
  ),
  disable: overSets(
    (sets) => message("turn off automatic OS upgrades for {0}", sets),
    message("turn off automatic OS upgrades"),
  ),
  windowsUpdateOn: overSets(
    (sets) => message("turn on Windows Update on {0}", sets),
    message("turn on Windows Update"),
  ),
  dissociate: overSets(
    (sets) => message("remove the association of {0}", sets),
    message("remove the association"),
  ),
  associateAgain: overSets((sets) => message("associate {0} again if that fails", sets)),
  deleteConfiguration: {
    one: (name) => message("delete {0}", name),
    many: (count) => message("delete {0}", message("{0} configurations", count)),
  },
  updateInstances: overSets(
    (sets) => message("update the instances of {0}", sets),
    message("update the instances"),
  ),
  startUpgrade: overSets((sets) => message("start the upgrade of {0}", sets)),
  cancelUpgrade: overSets((sets) => message("cancel the upgrade of {0}", sets)),
  approveUpgrade: overSets((sets) => message("approve the deferred upgrade of {0}", sets)),
};

/** Scale sets that get a configuration: in place of another one, or their first. */
export function associating(to: string, isMove: boolean): Words {
  return overSets((sets) =>
    isMove ? message("move {0} to {1}", sets, to) : message("associate {0} with {1}", sets, to),
  );
}

/** The same where they get several. */
export const moving: Words = overSets((sets) => message("move {0}", sets));
