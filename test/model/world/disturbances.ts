/** What other people, the network and Azure itself do to a run: data, so that a run can be repeated and made smaller. */
import { configurationId, scaleSetId } from "./ids.ts";
import type { Members, WorldState } from "./state.ts";
import {
  deleteAssignment,
  deleteConfiguration,
  putAssignment,
  putConfiguration,
} from "./maintenanceWrites.ts";
import { cancelUpgrade, patchScaleSet, startUpgrade, tagScaleSet } from "./scaleSetWrites.ts";
import type { Write } from "./writes.ts";

export type Disturbance =
  /** Another person writes something right before or after the how-manieth request, from 0 on. */
  | {
      readonly kind: "others";
      readonly request: number;
      readonly moment: "before" | "after";
      readonly write: OthersWrite;
    }
  /** Something befalls the how-manieth write. */
  | { readonly kind: "write"; readonly write: number; readonly fault: WriteFault }
  /** Something befalls the how-manieth read. */
  | { readonly kind: "read"; readonly read: number; readonly fault: ReadFault }
  /** From the how-manieth request on nobody may list the associations of a set. */
  | { readonly kind: "unreadable"; readonly request: number; readonly scaleSet: string }
  /** Lists show what there was so long ago. */
  | { readonly kind: "lag"; readonly ms: number }
  /** The window is closed right before the how-manieth write is sent, or before it is answered; another person may write before the next window goes on. */
  | {
      readonly kind: "closed";
      readonly write: number;
      readonly moment: "sending" | "answering";
      readonly meanwhile: OthersWrite | undefined;
    }
  /** Azure lets no scale set have two associations at a time. */
  | { readonly kind: "refusesTwo" };

export const writeFaults = [
  /** The connection breaks: after it was applied, before it is, or it never is. */
  "lostApplied",
  "lostLate",
  "lostUnapplied",
  /** Azure says yes, and does it later or never. */
  "late",
  "ignored",
  "throttled",
  "invalid",
  "forbidden",
  "conflict",
  "serverError",
  "serverErrorApplied",
  /** The operation that was accepted fails soon after. */
  "failsLater",
] as const;
export type WriteFault = (typeof writeFaults)[number];

export const readFaults = ["forbidden", "serverError", "broken", "throttled"] as const;
export type ReadFault = (typeof readFaults)[number];

/** Names stand for what there may be of them at that moment; where there is nothing, nothing happens. */
export type OthersWrite =
  | {
      readonly act: "associate";
      readonly scaleSet: string;
      readonly configuration: string;
      readonly as: string;
    }
  /** The how-manieth association that the set has then. */
  | {
      readonly act: "repoint";
      readonly scaleSet: string;
      readonly nth: number;
      readonly configuration: string;
    }
  | { readonly act: "unassociate"; readonly scaleSet: string; readonly nth: number }
  | { readonly act: "deleteConfiguration" | "putConfiguration"; readonly configuration: string }
  | { readonly act: "enable" | "disable" | "policy" | "mode" | "image" | "tag"; readonly scaleSet: string }
  | { readonly act: "platformUpgrade" | "cancelUpgrade"; readonly scaleSet: string };

/** The write that another person makes. */
export function writeOfOthers(order: OthersWrite, state: WorldState): Write | undefined {
  switch (order.act) {
    case "associate":
      return putAssignment(scaleSetId(order.scaleSet), order.as, configurationId(order.configuration));
    case "repoint":
    case "unassociate": {
      const set = scaleSetId(order.scaleSet);
      const its = [...state.assignments.values()].filter((one) => one.scaleSetId === set.toLowerCase());
      const one = its[order.nth % Math.max(1, its.length)];
      if (one === undefined) return undefined;
      return order.act === "repoint"
        ? putAssignment(set, one.name, configurationId(order.configuration))
        : deleteAssignment(set, one.name);
    }
    case "deleteConfiguration":
      return deleteConfiguration(configurationId(order.configuration));
    case "putConfiguration":
      return putConfiguration(configurationId(order.configuration), othersConfiguration);
    case "platformUpgrade":
      return startUpgrade(scaleSetId(order.scaleSet), "Platform");
    case "cancelUpgrade":
      return cancelUpgrade(scaleSetId(order.scaleSet));
    case "tag":
      return tagScaleSet(scaleSetId(order.scaleSet), { owner: "others" });
    default:
      return patchScaleSet(scaleSetId(order.scaleSet), { properties: othersPatches[order.act] });
  }
}

const othersConfiguration: Members = {
  location: "westeurope",
  tags: { owner: "others" },
  properties: {
    maintenanceScope: "OSImage",
    maintenanceWindow: {
      startDateTime: "2031-03-01 02:00",
      duration: "06:00",
      timeZone: "UTC",
      recurEvery: "Day",
    },
  },
};

const enable = (on: boolean): Members => ({
  upgradePolicy: { automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: on } },
});

const othersPatches: Readonly<Record<"enable" | "disable" | "policy" | "mode" | "image", Members>> = {
  enable: enable(true),
  disable: enable(false),
  policy: { upgradePolicy: { rollingUpgradePolicy: { maxBatchInstancePercent: 35 } } },
  mode: { upgradePolicy: { mode: "Automatic" } },
  image: { virtualMachineProfile: { storageProfile: { imageReference: { version: "3.0.0" } } } },
};

/** One line for a reader. */
export function disturbanceInWords(disturbance: Disturbance): string {
  switch (disturbance.kind) {
    case "others":
      return `others ${disturbance.moment} request ${disturbance.request}: ${orderInWords(disturbance.write)}`;
    case "write":
      return `write ${disturbance.write}: ${disturbance.fault}`;
    case "read":
      return `read ${disturbance.read}: ${disturbance.fault}`;
    case "unreadable":
      return `from request ${disturbance.request} on, associations of ${disturbance.scaleSet} can't be listed`;
    case "lag":
      return `lists lag ${disturbance.ms} ms`;
    case "closed":
      return `the window is closed ${disturbance.moment} write ${disturbance.write}${meanwhileInWords(disturbance.meanwhile)}`;
    case "refusesTwo":
      return "Azure refuses a second association";
  }
}

export function meanwhileInWords(order: OthersWrite | undefined): string {
  return order === undefined ? "" : `; meanwhile others: ${orderInWords(order)}`;
}

function orderInWords({ act, ...rest }: OthersWrite): string {
  return `${act} ${Object.values(rest).join(" ")}`;
}
