/** What a plan does, in verbs: one for all changes of a kind, over as many resources as they are. */
import { turnsOff, turnsOn } from "../../core/plans/kinds/automaticUpgrades.ts";
import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import type { Change } from "../../core/plans/plan.ts";
import { at } from "../../core/resources/json.ts";
import { windowsUpdatePath } from "../../core/resources/scaleSet.ts";
import { message, type Message } from "../../core/text/message.ts";

/** What is done; the kinds of change that do more than one thing are told apart. */
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

/** In the order in which they are told, which is about that in which they are done. */
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
    many: (count) => message("create {0} configurations", count),
  },
  updateConfiguration: {
    one: (name) => message("change {0}", name),
    many: (count) => message("change {0} configurations", count),
  },
  setImageReference: {
    one: (name) => message("change the image of {0}", name),
    many: (count) => message("change the image of {0} scale sets", count),
    same: message("change the image"),
  },
  windowsUpdateOff: {
    one: (name) => message("turn off Windows Update on {0}", name),
    many: (count) => message("turn off Windows Update on {0} scale sets", count),
    same: message("turn off Windows Update"),
  },
  setPatchSettings: {
    one: (name) => message("change the patch settings of {0}", name),
    many: (count) => message("change the patch settings of {0} scale sets", count),
    same: message("change the patch settings"),
  },
  addHealthExtension: {
    one: (name) => message("add the health extension to {0}", name),
    many: (count) => message("add the health extension to {0} scale sets", count),
    same: message("add the health extension"),
  },
  changePolicy: {
    one: (name) => message("change the upgrade policy of {0}", name),
    many: (count) => message("change the upgrade policy of {0} scale sets", count),
    same: message("change the upgrade policy"),
  },
  associate: {
    one: (name) => message("associate {0}", name),
    many: (count) => message("associate {0} scale sets", count),
    same: message("associate them"),
  },
  enable: {
    one: (name) => message("turn on automatic OS upgrades for {0}", name),
    many: (count) => message("turn on automatic OS upgrades for {0} scale sets", count),
    same: message("turn on automatic OS upgrades"),
  },
  disable: {
    one: (name) => message("turn off automatic OS upgrades for {0}", name),
    many: (count) => message("turn off automatic OS upgrades for {0} scale sets", count),
    same: message("turn off automatic OS upgrades"),
  },
  windowsUpdateOn: {
    one: (name) => message("turn on Windows Update on {0}", name),
    many: (count) => message("turn on Windows Update on {0} scale sets", count),
    same: message("turn on Windows Update"),
  },
  dissociate: {
    one: (name) => message("remove the association of {0}", name),
    many: (count) => message("remove the associations of {0} scale sets", count),
    same: message("remove the association"),
  },
  associateAgain: {
    one: (name) => message("associate {0} again if that fails", name),
    many: (count) => message("associate {0} scale sets again if that fails", count),
  },
  deleteConfiguration: {
    one: (name) => message("delete {0}", name),
    many: (count) => message("delete {0} configurations", count),
  },
  updateInstances: {
    one: (name) => message("update the instances of {0}", name),
    many: (count) => message("update the instances of {0} scale sets", count),
    same: message("update the instances"),
  },
  startUpgrade: {
    one: (name) => message("start the upgrade of {0}", name),
    many: (count) => message("start the upgrades of {0} scale sets", count),
  },
  cancelUpgrade: {
    one: (name) => message("cancel the upgrade of {0}", name),
    many: (count) => message("cancel the upgrades of {0} scale sets", count),
  },
  approveUpgrade: {
    one: (name) => message("approve the deferred upgrade of {0}", name),
    many: (count) => message("approve the deferred upgrades of {0} scale sets", count),
  },
};

/** Scale sets that get a configuration: in place of another one, or their first. */
export function associating(to: string, isMove: boolean): Words {
  return isMove
    ? {
        one: (name) => message("move {0} to {1}", name, to),
        many: (count) => message("move {0} scale sets to {1}", count, to),
      }
    : {
        one: (name) => message("associate {0} with {1}", name, to),
        many: (count) => message("associate {0} scale sets with {1}", count, to),
      };
}

/** The same where they get several. */
export const moving: Words = {
  one: (name) => message("move {0}", name),
  many: (count) => message("move {0} scale sets", count),
};
