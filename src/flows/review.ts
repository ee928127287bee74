import { nameOf, parseId } from "../core/ids.ts";
import { objectAt, textAt } from "../core/json.ts";
import { message, verbatim } from "../core/message.ts";
import type { Change, ChangeKind, Plan } from "../core/plan.ts";
import type { FlowContext } from "./context.ts";
import { editRows } from "./editRows.ts";
import { type Choice, type Fact, type PickQuestion, type Row } from "./question.ts";
import { fact, section } from "./rows.ts";

/** What a review shows beside the plan. */
export interface ReviewExtras {
  /** Other ways, each a row whose value the flow turns into another plan. */
  readonly instead?: readonly Choice[];
  /** After the changes and the warnings: the windows, the scale sets. */
  readonly details?: readonly Row[];
}

/**
 * The preview that ends every flow: what the plan would change, what it leaves as it is and why. Nothing is sent before its first
 * row is chosen.
 */
export function reviewOf(
  context: FlowContext,
  plan: Plan,
  { instead = [], details = [] }: ReviewExtras = {},
): PickQuestion {
  return {
    kind: "pick",
    title: message("Review"),
    placeholder: message("Nothing has been sent to Azure yet"),
    rows: [
      confirmation(context, plan),
      ...(plan.changes.length > 0 ? [requests(context, plan)] : []),
      ...section(message("Changes"), plan.changes.flatMap(changeRows)),
      ...section(
        message("Warnings"),
        plan.warnings.map((warning) => fact("warning", warning)),
      ),
      ...section(message("Other ways"), instead),
      ...section(message("Left as they are"), plan.leftOut.map(leftOutRow)),
      ...details,
    ],
  };
}

const icons: Readonly<Record<ChangeKind, string>> = {
  createResourceGroup: "folder",
  registerProvider: "plug",
  createConfiguration: "calendar",
  updateConfiguration: "edit",
  deleteConfiguration: "trash",
  associate: "link",
  dissociate: "trash",
  setUpgradePolicy: "sync",
  setImageReference: "versions",
  setAutomaticUpdates: "settings",
  setPatchSettings: "settings",
  addHealthExtension: "pulse",
  updateInstances: "server-process",
  startUpgrade: "run",
  cancelUpgrade: "stop-circle",
  approveUpgrade: "pass",
};

function confirmation({ azure }: FlowContext, { title, changes, leftOut }: Plan): Choice {
  if (changes.length === 0) {
    return {
      kind: "choice",
      value: "close",
      icon: "close",
      label: message("Close: there is nothing to change"),
      detail: message("The reasons are below."),
    };
  }
  const count = changes.length;
  const left = leftOut.length;
  const detail = left === 0 ? title : message("{0}; left as they are, see below: {1}", title, left);
  const sandbox = azure.origin === "sandbox";
  const one = sandbox ? message("Apply 1 change in the Sandbox") : message("Apply 1 change");
  const many = sandbox
    ? message("Apply {0} changes in the Sandbox", count)
    : message("Apply {0} changes", count);
  return { kind: "choice", value: "apply", icon: "check", label: count === 1 ? one : many, detail };
}

function requests(context: FlowContext, plan: Plan): Row {
  return {
    kind: "action",
    icon: "json",
    label: message("Show the exact requests"),
    run: () => context.showRequests(plan),
  };
}

function changeRows({ kind, title, target, before, after }: Change): readonly Fact[] {
  const row = fact(icons[kind], title);
  if (kind === "updateConfiguration") return [row, ...editRows(before ?? {}, after ?? {})];
  if (kind !== "createConfiguration") return [row];
  const group = parseId(target)?.resourceGroup ?? "";
  const place = message("In resource group {0}, region {1}", group, textAt(after, "location") ?? "");
  const tags = Object.keys(objectAt(after, "tags") ?? {}).map(
    (name) => `${name}=${textAt(after, "tags", name) ?? ""}`,
  );
  return [{ ...row, detail: tags.length === 0 ? place : message("{0}; tags: {1}", place, tags.join(", ")) }];
}

function leftOutRow({ target, reason }: Plan["leftOut"][number]): Fact {
  return { kind: "fact", icon: "circle-slash", label: verbatim(nameOf(target)), detail: reason };
}
