import * as vscode from "vscode";
import { idKey, nameOf } from "../../core/resources/ids.ts";
import type { Plan } from "../../core/plans/plan.ts";
import { isOsImage } from "../../core/windows/window.ts";
import type { FlowContext, FlowStart } from "../../flows/engine/context.ts";
import { notify } from "../../ui/notify.ts";
import { runFlow, type Flows } from "../flow.ts";
import { configurationIdsOf } from "../targets.ts";
import type { Handler } from "../tools.ts";

type ConfigurationFlow = (context: FlowContext, start: FlowStart) => Promise<Plan | undefined>;

/** A command about one OSImage configuration: that of the node, or from the palette the one that the flow asks for. */
export const onConfiguration =
  (flowOf: (flows: Flows) => ConfigurationFlow): Handler =>
  async (tools, nodes) => {
    const configurationIds = configurationIdsOf(nodes);
    const [id] = configurationIds;
    if (nodes.length === 0 || (id !== undefined && controlsOsImages(id))) {
      return runFlow(tools, (flows, context) => flowOf(flows)(context, { configurationIds }));
    }
    // A key works on every node.
    const text =
      id === undefined
        ? vscode.l10n.t("This works on maintenance configurations: select one.")
        : vscode.l10n.t("{0} does not control OS image upgrades: change it in the portal.", nameOf(id));
    notify(vscode.window.showInformationMessage, text, new Map(), tools.log);

    function controlsOsImages(configurationId: string): boolean {
      const record = tools.store.snapshot.configurations.get(idKey(configurationId));
      return record !== undefined && isOsImage(record.resource);
    }
  };
