import * as vscode from "vscode";
import type { Log } from "../core/log.ts";
import type { Plan } from "../core/plans/plan.ts";
import { idKey, nameOf } from "../core/resources/ids.ts";
import { isOsImage } from "../core/windows/window.ts";
import type { FlowContext, FlowStart } from "../flows/engine/context.ts";
import type { CommandName } from "../telemetry/events.ts";
import type { TreeNode } from "../tree/treeNode.ts";
import { notify } from "../ui/notify.ts";
import type { FlowRunner, Flows } from "./flowRunner.ts";
import { setsBelow, startOnBoth, startOnSets, type ShownFleet } from "./flowStart.ts";
import type { Handler } from "./handler.ts";
import {
  knowsConfigurations,
  knowsConfigurationsOf,
  knowsScaleSets,
  knowsSetsAndConfiguration,
  type Knows,
} from "./known.ts";
import { configurationIdsOf, resourceIdsOf, scaleSetIdsOf } from "./targets.ts";

export interface FlowCommandOptions extends ShownFleet {
  readonly flows: Pick<FlowRunner, "run">;
  readonly log: Log;
}

type FlowOf = (flows: Flows) => (context: FlowContext, start: FlowStart) => Promise<Plan | undefined>;

/** The commands that are a flow: each begins with the rows that it was called on, and asks for what these do not say. */
export function flowCommands({ flows, store, fleetView, log }: FlowCommandOptions) {
  const shown = { store, fleetView };
  const onSets = (nodes: readonly TreeNode[]) => startOnSets(nodes, shown);
  const onBoth = (nodes: readonly TreeNode[]) => startOnBoth(nodes, shown);
  const onNamedSets = (nodes: readonly TreeNode[]) => ({ scaleSetIds: scaleSetIdsOf(nodes) });
  const onConfigurations = (nodes: readonly TreeNode[]) => ({ configurationIds: configurationIdsOf(nodes) });
  const onNamed = (nodes: readonly TreeNode[]) => ({ ...onConfigurations(nodes), ...onNamedSets(nodes) });
  /** The page that explains marks sets that are to be fixed. */
  const fixing = (nodes: readonly TreeNode[]) =>
    nodes.some((node) => "fix" in node) ? { fix: true as const } : {};

  /** `knowing`: what of the fleet is enough for the first questions; all of it, when absent. */
  const begin =
    (
      flowOf: FlowOf,
      startOf: (nodes: readonly TreeNode[]) => FlowStart,
      knowing: (nodes: readonly TreeNode[]) => Knows = () => () => false,
    ): Handler =>
    (nodes, selected) =>
      flows.run((all, context) => flowOf(all)(context, startOf(nodes)), {
        knows: knowing(nodes),
        selected: startOf(selected),
      });

  /** About one OSImage configuration: that of the node, or from the palette the one that the flow asks for. */
  const aboutOne = (flowOf: FlowOf, knowing?: (nodes: readonly TreeNode[]) => Knows): Handler => {
    const run = begin(flowOf, onConfigurations, knowing);
    return async (nodes, selected) => {
      const [id] = configurationIdsOf(nodes);
      const record = id === undefined ? undefined : store.snapshot.configurations.get(idKey(id));
      if (nodes.length === 0 || (record !== undefined && isOsImage(record.resource)))
        return run(nodes, selected);
      // A key works on every node.
      const text =
        id === undefined
          ? vscode.l10n.t("Select a maintenance configuration or a scale set first.")
          : vscode.l10n.t(
              "{0} doesn't control OS image upgrades. Manage it in the Azure portal.",
              nameOf(id),
            );
      notify(vscode.window.showInformationMessage, text, new Map(), log);
    };
  };
  const deleteSeveral = begin((all) => all.deleteConfigurationFlow, onConfigurations);
  const deleteOne = aboutOne((all) => all.deleteConfigurationFlow);

  /** Ids that say what a node stands for: what is in a subscription is more than its scale sets. */
  const within = (node: TreeNode): readonly string[] => {
    if (node.kind === "group") return setsBelow([node], shown);
    const isList = node.kind === "scaleSets" || node.kind === "danglingAssociations";
    return isList && node.subscriptionId !== undefined
      ? [`/subscriptions/${node.subscriptionId}`]
      : resourceIdsOf([node]);
  };

  return {
    setUp: begin(
      (all) => all.setUpFlow,
      (nodes) => ({ ...onNamed(nodes), ...fixing(nodes) }),
      knowsSetsAndConfiguration,
    ),
    /** On a node it is in that node's subscription. */
    createConfiguration: ([node]) => {
      const subscriptionId = node?.subscriptionId;
      return flows.run((all, context) => all.createConfigurationFlow(context, { subscriptionId }), {
        knows: knowsConfigurationsOf(subscriptionId),
      });
    },
    editConfiguration: aboutOne((all) => all.editConfigurationFlow, knowsConfigurations),
    pauseConfiguration: aboutOne((all) => all.pauseConfigurationFlow, knowsConfigurations),
    resumeConfiguration: aboutOne((all) => all.resumeConfigurationFlow, knowsConfigurations),
    /** Of several, those that do not control OS images are left out by the flow, with the reason. */
    deleteConfiguration: (nodes, selected) =>
      (configurationIdsOf(nodes).length > 1 ? deleteSeveral : deleteOne)(nodes, selected),
    associate: begin((all) => all.associateFlow, onBoth, knowsSetsAndConfiguration),
    moveScaleSets: begin((all) => all.moveScaleSetsFlow, onSets),
    removeAssociation: begin((all) => all.removeAssociationFlow, onSets, knowsScaleSets),
    /** Of the nodes, or of the whole fleet. */
    cleanUpAssociations: (nodes) =>
      flows.run((all, context) => all.cleanUpFlow(context, [...new Set(nodes.flatMap(within))])),
    enableAutomaticUpgrades: begin(
      (all) => all.enableUpgradesFlow,
      (nodes) => ({ ...onSets(nodes), ...fixing(nodes) }),
      knowsScaleSets,
    ),
    disableAutomaticUpgrades: begin((all) => all.disableUpgradesFlow, onSets, knowsScaleSets),
    editUpgradePolicy: begin((all) => all.editUpgradePolicyFlow, onSets, knowsScaleSets),
    startUpgrade: begin((all) => all.startUpgradeFlow, onNamedSets, knowsScaleSets),
    cancelUpgrade: begin((all) => all.cancelUpgradeFlow, onNamedSets, knowsScaleSets),
    approveUpgrade: begin((all) => all.approveUpgradeFlow, onNamedSets, knowsScaleSets),
  } satisfies Partial<Record<CommandName, Handler>>;
}
