import * as vscode from "vscode";
import { loadArm } from "./azure/door.ts";
import { openActivity } from "./commands/view/activity.ts";
import { dragging, dropping } from "./commands/associations/dragAndDrop.ts";
import { FactReader } from "./commands/upgrades/factReader.ts";
import { loadCommands } from "./commands/door.ts";
import { followPlans } from "./commands/plans/followPlans.ts";
import { registerCommands } from "./commands/register.ts";
import { FleetMemory } from "./commands/session/fleetMemory.ts";
import { Refreshing } from "./commands/session/refreshing.ts";
import { SandboxHost } from "./commands/session/sandboxHost.ts";
import { Session } from "./commands/session/session.ts";
import { followSettings } from "./commands/session/settings.ts";
import { followStatus } from "./commands/view/status.ts";
import type { Tools } from "./commands/tools.ts";
import type { SubscriptionFilter } from "./fleet/events.ts";
import { subscriptionFilter } from "./fleet/reading/filter.ts";
import { followUnderWay } from "./fleet/upgrades/follow.ts";
import { FleetStore } from "./fleet/store.ts";
import { loadFlows } from "./flows/door.ts";
import { Telemetry } from "./telemetry/client.ts";
import { loadTelemetry } from "./telemetry/door.ts";
import { telemetryKey } from "./telemetry/key.ts";
import { FleetTree } from "./tree/fleet/fleetTree.ts";
import type { UpcomingNode } from "./tree/upcoming/node.ts";
import { UpcomingTree } from "./tree/upcoming/upcomingTree.ts";
import { Documents } from "./ui/documents.ts";
import { Pages } from "./ui/pages.ts";
import { Runner } from "./ui/run.ts";
import { ScriptedPage } from "./ui/scriptedPage.ts";

/** Builds the window's long-lived objects and wires them; connects to nothing until the view is shown or a command asks. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Scale Set Maintenance", { log: true });
  const telemetry = new Telemetry({
    key: telemetryKey,
    isEnabled: () => vscode.env.isTelemetryEnabled,
    openReporter: async (key) => (await loadTelemetry()).openReporter(key),
    log,
  });
  const store = new FleetStore({
    loadRules: loadFlows,
    scheduleFacts: async (configuration) => (await loadFlows()).scheduleFacts(configuration, now()),
    problemOf: async (error) => (await loadArm()).problemOf(error),
    wanted,
    now,
    log,
  });
  const runner: Runner = new Runner({
    log,
    telemetry,
    azureProblemOf: async (error) => {
      const { isAzureError } = await loadArm();
      return isAzureError(error) ? error.problem : undefined;
    },
    origin: () => session.origin,
    showLog: () => log.show(),
  });
  const { version } = context.extension.packageJSON as { version: string };
  const sandbox = new SandboxHost();
  const storage = context.globalState;
  const memory = new FleetMemory({
    store,
    sandbox,
    folder: context.globalStorageUri,
    storage,
    version,
    wanted,
    now,
    log,
  });
  const session = new Session({ store, sandbox, runner, log, version, storage, memory });
  const refreshing = new Refreshing(session, runner);
  const documents = new Documents();
  const pages = new Pages(runner);
  const report = new ScriptedPage({
    viewType: "scaleSetMaintenance.fleetReport",
    folder: vscode.Uri.joinPath(context.extensionUri, "dist"),
    script: "fleetReport.js",
    runner,
    restored: async () => (await loadCommands()).restoredReport(tools),
  });
  const facts = new FactReader(store);
  const tree = new FleetTree(store, context.workspaceState);
  const upcomingTree = new UpcomingTree(store);
  const upcoming = vscode.window.createTreeView("scaleSetMaintenance.upcoming", {
    treeDataProvider: upcomingTree,
    dragAndDropController: dragging<UpcomingNode>(),
    canSelectMany: true,
    showCollapseAll: true,
  });
  const view = vscode.window.createTreeView("scaleSetMaintenance.fleet", {
    treeDataProvider: tree,
    dragAndDropController: dropping({ store, log }, (node) => tree.standingFor(node)),
    canSelectMany: true,
    showCollapseAll: true,
  });
  const activity = openActivity({ context, store, session, sandbox, runner, log, now });
  const { plans, keeper, histories, upgrades } = activity;
  const tools: Tools = {
    session,
    sandbox,
    store,
    facts,
    documents,
    pages,
    report,
    telemetry,
    log,
    storage,
    refreshing,
    plans,
    keeper,
    histories,
    upgrades,
    fleetView: tree,
    showLog: () => log.show(),
  };
  // Disposed of in this order: what listens first, the log last.
  context.subscriptions.push(
    registerCommands(tools, runner, { tree, view, upcoming }),
    followStatus({ session, sandbox, store, tree, view, others: [upcoming, activity.view] }),
    followPlans(tools, runner, activity.view),
    followUnderWay(store),
    followSettings({ session, runner }),
    everyMinute(() => runner.inBackground("Following the clock", () => store.tick(now()))),
    activity.watchWhileShown(view, activity.view),
    ...[view, upcoming, activity.view].map((shown) => connectWhenShown(shown, () => session.start(), runner)),
    ...[
      view,
      tree,
      upcoming,
      upcomingTree,
      activity,
      documents,
      pages,
      report,
      facts,
      refreshing,
      session,
      memory,
      store,
      telemetry,
      log,
    ],
  );
}

function connectWhenShown(
  view: vscode.TreeView<unknown>,
  connect: () => Promise<void>,
  runner: Runner,
): vscode.Disposable {
  const start = () => runner.inBackground("Connecting", connect);
  if (view.visible) start();
  return view.onDidChangeVisibility(({ visible }) => {
    if (visible) start();
  });
}

function wanted(): SubscriptionFilter {
  return subscriptionFilter(settings().get("subscriptions", []));
}

function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("scaleSetMaintenance");
}

function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

function everyMinute(work: () => void): vscode.Disposable {
  const timer = setInterval(work, 60_000);
  return { dispose: () => clearInterval(timer) };
}
