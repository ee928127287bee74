import * as vscode from "vscode";
import type { Azure } from "../azure/contracts.ts";
import type { FleetStore } from "../fleet/store.ts";
import type { FleetNode } from "../tree/node.ts";
import type { Session } from "./session.ts";
import type { SandboxHost } from "./sandboxHost.ts";
import { viewStateOf } from "./viewState.ts";
import { followWaits } from "./waiting.ts";

export interface StatusOptions {
  readonly session: Session;
  readonly sandbox: SandboxHost;
  readonly store: FleetStore;
  readonly view: vscode.TreeView<FleetNode>;
  /** The views below it. */
  readonly others: readonly Pick<vscode.TreeView<unknown>, "description">[];
}

/** Keeps context keys, the views' description and the badge in step with the session, the fleet and the settings. */
export function followStatus(options: StatusOptions): vscode.Disposable {
  const { session, store } = options;
  const shown = new Map<string, unknown>();
  let wait: string | undefined;
  const update = () => {
    const context = { ...contextOf(options), waiting: wait !== undefined };
    for (const [key, value] of Object.entries(context)) {
      if (shown.get(key) === value) continue;
      shown.set(key, value);
      vscode.commands.executeCommand("setContext", `scaleSetMaintenance.${key}`, value);
    }
    const description = descriptionOf(options);
    options.view.description = description;
    for (const other of options.others) other.description = description;
    options.view.message =
      wait === undefined
        ? context.state === "ready"
          ? messageOf(options)
          : ""
        : [description, wait].filter((part) => part !== "").join(" · ");
    options.view.badge = badgeOf(store);
  };
  update();
  return vscode.Disposable.from(
    session.onDidChange(update),
    followWaits(session, (sentence) => {
      wait = sentence;
      update();
    }),
    store.onDidChange(update),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("scaleSetMaintenance")) update();
    }),
  );
}

function contextOf({ session, sandbox, store }: StatusOptions) {
  return {
    origin: session.origin,
    state: viewStateOf(session.state, store.snapshot),
    sandboxResettable: session.origin === "sandbox" && sandbox.isInProcess,
  };
}

/** Which Azure it is, and that a filter is on. The public cloud is what everyone expects, so it is not named. */
function descriptionOf({ session: { azure }, store }: StatusOptions): string {
  const sandbox = azure?.origin === "sandbox" ? [vscode.l10n.t("Sandbox")] : [];
  return [...sandbox, ...cloudOf(azure), ...filterOf(store)].join(" · ");
}

/**
 * Says the same in the view itself, since VS Code shows no description while a view is the only one shown of its container.
 * Only above nodes: a message takes the place of the welcome view.
 */
function messageOf({ session: { azure }, store }: StatusOptions): string {
  const sandbox =
    azure?.origin === "sandbox"
      ? [vscode.l10n.t("Sandbox: nothing here is real, and nothing leaves your machine.")]
      : [];
  return [...sandbox, ...cloudOf(azure), ...filterOf(store)].join(" · ");
}

function cloudOf(azure: Azure | undefined): readonly string[] {
  return azure?.origin !== "azure" || azure.cloud.name === "AzureCloud" ? [] : [azure.cloud.name];
}

function filterOf({ snapshot: { subscriptions, hiddenSubscriptions } }: FleetStore): readonly string[] {
  if (hiddenSubscriptions === 0) return [];
  const all = subscriptions.size + hiddenSubscriptions;
  return [vscode.l10n.t("Filtered: {0} of {1} subscriptions", subscriptions.size, all)];
}

function badgeOf({ snapshot }: FleetStore): vscode.ViewBadge | undefined {
  if (!vscode.workspace.getConfiguration("scaleSetMaintenance").get("badge", true)) return undefined;
  const value = [...snapshot.scaleSets.values()].filter(({ coverage }) => coverage.needsAttention).length;
  if (value === 0) return undefined;
  return {
    value,
    tooltip:
      value === 1
        ? vscode.l10n.t("1 scale set needs attention")
        : vscode.l10n.t("{0} scale sets need attention", value),
  };
}
