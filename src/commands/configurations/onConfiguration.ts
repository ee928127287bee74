import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import { idKey, nameOf } from "../../core/resources/ids.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { FleetStore } from "../../fleet/store.ts";
import type { FlowContext, FlowStart } from "../../flows/engine/context.ts";
import type { TreeNode } from "../../tree/treeNode.ts";
import { notify } from "../../ui/notify.ts";
import type { FlowRunner, Flows } from "../flowRunner.ts";
import type { Handler } from "../handler.ts";
import type { Knows } from "../known.ts";
import { configurationIdsOf } from "../targets.ts";

type ConfigurationFlow = (context: FlowContext, start: FlowStart) => Promise<Plan | undefined>;

export interface ConfigurationOptions {
  readonly flows: FlowRunner;
  readonly store: FleetStore;
  readonly log: Log;
}

/**
 * A command about one OSImage configuration: that of the node, or from the palette the one that the flow asks for. `knowing`: what of the
 * fleet is enough for its first questions; all of it, when absent.
 */
export const onConfiguration =
  (
    { flows, store, log }: ConfigurationOptions,
    flowOf: (flows: Flows) => ConfigurationFlow,
    { knowing }: { readonly knowing?: (nodes: readonly TreeNode[]) => Knows } = {},
  ): Handler =>
  async (nodes) => {
    const configurationIds = configurationIdsOf(nodes);
    const [id] = configurationIds;
    if (nodes.length === 0 || (id !== undefined && controlsOsImages(id))) {
      return flows.run((all, context) => flowOf(all)(context, { configurationIds }), {
        ...(knowing && { knows: knowing(nodes) }),
      });
    }
    // A key works on every node.
    const text =
      id === undefined
        ? vscode.l10n.t("This works on maintenance configurations: select one.")
        : vscode.l10n.t("{0} does not control OS image upgrades: change it in the portal.", nameOf(id));
    notify(vscode.window.showInformationMessage, text, new Map(), log);

    function controlsOsImages(configurationId: string): boolean {
      const record = store.snapshot.configurations.get(idKey(configurationId));
      return record !== undefined && isOsImage(record.resource);
    }
  };
