import { configurationIdOf } from "../../core/associations/link.ts";
import { setOfAssignment } from "../../core/plans/kinds/association.ts";
import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import { kindOf } from "../../core/plans/kinds/kinds.ts";
import type { Change } from "../../core/plans/plan.ts";
import { nameOf, parseId } from "../../core/resources/ids.ts";
import { arrayAt, isSameJson, textAt } from "../../core/resources/json.ts";
import { associationsOf } from "../code/premises.ts";
import { pathOf, plainAssociation, requestOf } from "../code/requests.ts";
import { asciiJson, option, shorthandOption, word } from "./quoting.ts";

/** What writes a change of each kind, a command each, waits included. */
export const commands: Readonly<Record<ChangeKind, (change: Change) => readonly string[]>> = {
  createResourceGroup: (change) => {
    const { target, after } = change;
    const location = textAt(after, "location");
    if (location === undefined || !isSameJson(after, { location })) return [rest(change)];
    const { subscriptionId, name } = placeOf(target);
    return [
      command(
        "az group create",
        option("--name", name),
        option("--location", location),
        option("--subscription", subscriptionId),
      ),
    ];
  },
  registerProvider: ({ target }) => {
    const { subscriptionId, name } = placeOf(target);
    const namespace = option("--namespace", name);
    return [command("az provider register", namespace, "--wait", option("--subscription", subscriptionId))];
  },
  createConfiguration: (change) => [rest(change)],
  updateConfiguration: (change) => [rest(change)],
  deleteConfiguration: ({ target }) => {
    const { subscriptionId, resourceGroup, name } = placeOf(target);
    return [
      command(
        "az maintenance configuration delete",
        shorthandOption("--resource-group", resourceGroup),
        shorthandOption("--name", name),
        "--yes",
        option("--subscription", subscriptionId),
      ),
    ];
  },
  associate: (change) => [associate(change), shown(change, configurationIdOf(change.after ?? {}))],
  dissociate: (change) => [
    command("az maintenance assignment delete", ...assignmentOptions(change.target), "--yes"),
    shown(change, undefined),
  ],
  setUpgradePolicy: onScaleSet,
  setImageReference: onScaleSet,
  setAutomaticUpdates: onScaleSet,
  setPatchSettings: onScaleSet,
  addHealthExtension: onScaleSet,
  updateInstances: (change) => {
    const { target, after } = change;
    const ids = arrayAt(after, "instanceIds").filter((id) => typeof id === "string");
    const arePlain = ids.length > 0 && ids.every((id) => /^(\*|\w[\w.-]*)$/.test(id));
    if (!arePlain || !isSameJson(after, { instanceIds: ids })) return onScaleSet(change);
    const { subscriptionId, resourceGroup, name } = placeOf(target);
    return [
      idle(target),
      command(
        "az vmss update-instances",
        option("--resource-group", resourceGroup),
        option("--name", name),
        `--instance-ids ${ids.map(word).join(" ")}`,
        option("--subscription", subscriptionId),
      ),
    ];
  },
  // Its operation lives as long as the upgrade: nothing waits for it.
  startUpgrade: (change) => [rest(change)],
  cancelUpgrade: (change) => [rest(change), idle(change.target)],
  approveUpgrade: (change) => [rest(change)],
};

/** Whether a change is written by a command of the extension for maintenance. */
export function usesExtension(command: string): boolean {
  return command.startsWith("az maintenance ");
}

/** A change of a scale set: none is written while Azure works on the set, and each is waited for. */
function onScaleSet(change: Change): readonly string[] {
  const set = kindOf(change).subject(change);
  const { subscriptionId, resourceGroup, name } = placeOf(set);
  return [idle(set), rest(change), `settled ${word(resourceGroup)} ${word(name)} ${word(subscriptionId)}`];
}

function idle(set: string): string {
  return `idle ${word(pathOf(set, "compute"))}`;
}

function rest(change: Change): string {
  const { method, path, body } = requestOf(change);
  const sent = body === undefined ? [] : [option("--body", JSON.stringify(body))];
  return command(`az rest --method ${method.toLowerCase()}`, option("--url", path), ...sent);
}

/** By the command of the extension where it sends exactly the body. */
function associate(change: Change): string {
  const plain = plainAssociation(change);
  if (plain === undefined) return rest(change);
  const { location, configurationId, resourceId } = plain;
  return command(
    "az maintenance assignment create",
    ...assignmentOptions(change.target),
    shorthandOption("--location", location),
    shorthandOption("--maintenance-configuration-id", configurationId),
    shorthandOption("--resource-id", resourceId),
  );
}

function assignmentOptions(id: string): readonly string[] {
  const { subscriptionId, resourceGroup, name } = placeOf(setOfAssignment(id));
  return [
    shorthandOption("--resource-group", resourceGroup),
    "--provider-name Microsoft.Compute",
    "--resource-type virtualMachineScaleSets",
    shorthandOption("--resource-name", name),
    shorthandOption("--configuration-assignment-name", nameOf(id)),
    option("--subscription", subscriptionId),
  ];
}

function shown({ target }: Change, configurationId: string | undefined): string {
  const list = associationsOf(setOfAssignment(target));
  const wanted = configurationId === undefined ? "" : asciiJson(configurationId);
  return `shown ${[list, asciiJson(nameOf(target)), wanted].map(word).join(" ")}`;
}

function command(verb: string, ...options: readonly string[]): string {
  return [verb, ...options, "--output none"].join(" ");
}

function placeOf(id: string) {
  const { subscriptionId = "", resourceGroup = "" } = parseId(id) ?? {};
  return { subscriptionId, resourceGroup, name: nameOf(id) };
}
