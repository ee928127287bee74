import { configurationIdOf } from "../../core/associations/link.ts";
import { setOfAssignment } from "../../core/plans/kinds/association.ts";
import { kindOf, type ChangeKind } from "../../core/plans/kinds/kinds.ts";
import type { Change } from "../../core/plans/plan.ts";
import { nameOf, parseId } from "../../core/resources/ids.ts";
import { arrayAt, isSameJson, textAt } from "../../core/resources/json.ts";
import { associationsOf } from "../code/premises.ts";
import { pathOf, plainAssociation, requestOf } from "../code/requests.ts";
import { newConfiguration, updateVmss } from "./parameters.ts";
import { literal } from "./quoting.ts";

/** What writes a change of each kind, a statement each, waits included. Cmdlets wait for the end of what they begin. */
export const statements: Readonly<Record<ChangeKind, (change: Change) => readonly string[]>> = {
  createResourceGroup: (change) => {
    const location = textAt(change.after, "location");
    if (location === undefined || !isSameJson(change.after, { location })) return [invoke(change)];
    return [
      quiet(
        "New-AzResourceGroup",
        `-Name ${literal(nameOf(change.target))}`,
        `-Location ${literal(location)}`,
        "-Force",
      ),
    ];
  },
  registerProvider: ({ target }) => {
    const namespace = literal(nameOf(target));
    return [
      quiet("Register-AzResourceProvider", `-ProviderNamespace ${namespace}`),
      `while (@(Get-AzResourceProvider -ProviderNamespace ${namespace})[0].RegistrationState -ne 'Registered') { Start-Sleep -Seconds 10 }`,
    ];
  },
  createConfiguration: configuration,
  updateConfiguration: configuration,
  deleteConfiguration: ({ target }) => {
    const { resourceGroup, name } = placeOf(target);
    return [
      quiet(
        "Remove-AzMaintenanceConfiguration",
        `-ResourceGroupName ${literal(resourceGroup)}`,
        `-Name ${literal(name)}`,
        "-Force",
      ),
    ];
  },
  associate: (change) => [associate(change), shown(change)],
  dissociate: (change) => [
    quiet("Remove-AzConfigurationAssignment", ...assignmentParameters(change.target), "-Force"),
    shown(change),
  ],
  setUpgradePolicy: onScaleSet,
  setImageReference: onScaleSet,
  setAutomaticUpdates: onScaleSet,
  setPatchSettings: onScaleSet,
  addHealthExtension: onScaleSet,
  updateInstances: (change) => {
    const { target, after } = change;
    const ids = arrayAt(after, "instanceIds").filter((id) => typeof id === "string");
    if (ids.length === 0 || !isSameJson(after, { instanceIds: ids })) return onScaleSet(change);
    return [
      wait(target),
      quiet("Update-AzVmssInstance", ...setParameters(target), `-InstanceId ${ids.map(literal).join(", ")}`),
    ];
  },
  // The cmdlet would wait for the end of the whole upgrade.
  startUpgrade: (change) => [`${invoke(change)} -NoWait`],
  cancelUpgrade: ({ target }) => [
    quiet("Stop-AzVmssRollingUpgrade", ...setParameters(target), "-Force"),
    wait(target),
  ],
  approveUpgrade: (change) => [`${invoke(change)} -NoWait`],
};

/** A change of a scale set: none is written while Azure works on the set, and each is waited for. */
function onScaleSet(change: Change): readonly string[] {
  const set = kindOf(change).subject(change);
  const parameters = updateVmss(change);
  const written =
    parameters === undefined ? invoke(change) : quiet("Update-AzVmss", ...setParameters(set), ...parameters);
  return [wait(set), written, `${wait(set)} -Succeeded`];
}

function configuration(change: Change): readonly string[] {
  const { resourceGroup, name } = placeOf(change.target);
  const parameters = newConfiguration(change.after ?? {});
  if (parameters === undefined) return [invoke(change)];
  return [
    quiet(
      "New-AzMaintenanceConfiguration",
      `-ResourceGroupName ${literal(resourceGroup)}`,
      `-Name ${literal(name)}`,
      ...parameters,
    ),
  ];
}

/** By the cmdlet where it sends exactly the body. */
function associate(change: Change): string {
  const plain = plainAssociation(change);
  if (plain === undefined) return invoke(change);
  const { location, configurationId, resourceId } = plain;
  return quiet(
    "New-AzConfigurationAssignment",
    ...assignmentParameters(change.target),
    `-Location ${literal(location)}`,
    `-ResourceId ${literal(resourceId)}`,
    `-MaintenanceConfigurationId ${literal(configurationId)}`,
  );
}

function assignmentParameters(id: string): readonly string[] {
  const { resourceGroup, name } = placeOf(setOfAssignment(id));
  return [
    `-ResourceGroupName ${literal(resourceGroup)}`,
    "-ProviderName 'Microsoft.Compute'",
    "-ResourceType 'virtualMachineScaleSets'",
    `-ResourceName ${literal(name)}`,
    `-ConfigurationAssignmentName ${literal(nameOf(id))}`,
  ];
}

function setParameters(id: string): readonly string[] {
  const { resourceGroup, name } = placeOf(id);
  return [`-ResourceGroupName ${literal(resourceGroup)}`, `-VMScaleSetName ${literal(name)}`];
}

function shown({ target, after }: Change): string {
  const list = literal(associationsOf(setOfAssignment(target)));
  const wanted = configurationIdOf(after ?? {});
  return `Wait-Association ${list} ${literal(nameOf(target))} ${literal(wanted ?? "")}`;
}

function wait(set: string): string {
  return `Wait-ScaleSet ${literal(pathOf(set, "compute"))}`;
}

function invoke(change: Change): string {
  const { method, path, body } = requestOf(change);
  const payload = body === undefined ? [] : [literal(JSON.stringify(body))];
  return ["Invoke-Arm", method, literal(path), ...payload].join(" ");
}

function quiet(cmdlet: string, ...parameters: readonly string[]): string {
  return `${[cmdlet, ...parameters].join(" ")} | Out-Null`;
}

function placeOf(id: string) {
  return { resourceGroup: parseId(id)?.resourceGroup ?? "", name: nameOf(id) };
}
