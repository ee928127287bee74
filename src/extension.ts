import * as vscode from "vscode";
import { loadArm } from "./azure/door.ts";
import { followClock, now } from "./commands/clock.ts";
import { LazyCommands } from "./commands/lazyCommands.ts";
import { followPlans } from "./commands/plans/followPlans.ts";
import { registerCommands } from "./commands/register.ts";
import { connectWhenShown } from "./commands/session/connectWhenShown.ts";
import { FleetMemory } from "./commands/session/fleetMemory.ts";
import { keepFresh, Refreshing } from "./commands/session/refreshing.ts";
import { SandboxHost } from "./commands/session/sandboxHost.ts";
import { Session } from "./commands/session/session.ts";
import { followSettings, wantedSubscriptions as wanted } from "./commands/session/settings.ts";
import { openActivity } from "./commands/view/activity.ts";
import { followStatus } from "./commands/view/status.ts";
import { openViews } from "./commands/view/views.ts";
import { readableLog } from "./core/log.ts";
import { FleetStore } from "./fleet/store.ts";
import { followUnderWay } from "./fleet/upgrades/follow.ts";
import { loadFlows } from "./flows/door.ts";
import { Telemetry } from "./telemetry/client.ts";
import { loadTelemetry } from "./telemetry/door.ts";
import { telemetryKey } from "./telemetry/key.ts";
import { Documents } from "./ui/documents.ts";
import { Runner } from "./ui/run.ts";
import { ScriptedPage } from "./ui/scriptedPage.ts";

/** Builds the window's long-lived objects and wires them; connects to nothing until the view is shown or a command asks. */
export function activate(context: vscode.ExtensionContext): void {
  const { version } = context.extension.packageJSON as { version: string };
  const { globalState: storage, globalStorageUri: folder } = context;
  const channel = vscode.window.createOutputChannel("Scale Set Maintenance", { log: true });
  const log = readableLog(channel);
  const telemetry = new Telemetry({
    key: telemetryKey,
    isEnabled: () => vscode.env.isTelemetryEnabled,
    openReporter: async (key) => (await loadTelemetry()).openReporter(key),
    log,
  });
  const store = new FleetStore({
    loadRules: loadFlows,
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
    showLog: () => channel.show(),
  });
  const sandbox = new SandboxHost();
  const memory = new FleetMemory({ store, sandbox, folder, storage, version, wanted, now, log });
  const session = new Session({ store, sandbox, runner, log, version, storage, memory });
  const refreshing = new Refreshing(session, runner);
  const documents = new Documents(() => session.origin === "sandbox");
  const report = new ScriptedPage({
    viewType: "scaleSetMaintenance.fleetReport",
    folder: vscode.Uri.joinPath(context.extensionUri, "dist"),
    script: "fleetReport.js",
    runner,
    restored: async () => (await commands.load()).restoredReport(),
  });
  const views = openViews({ store, state: context.workspaceState, log });
  const activity = openActivity({ context, store, session, sandbox, runner, log, now });
  const { fleet, upcoming } = views;
  const { board, keeper, histories, upgrades } = activity;
  const commands: LazyCommands = new LazyCommands({
    session,
    sandbox,
    store,
    folder,
    extensionId: context.extension.id,
    refreshing,
    fleetView: views.tree,
    board,
    keeper,
    histories,
    upgrades,
    documents,
    report,
    runner,
    telemetry,
    log,
    channel,
    storage,
  });
  // Disposed of in this order: what listens first, the log last.
  context.subscriptions.push(
    registerCommands({ commands, views, runner, log }),
    followStatus({
      session,
      sandbox,
      store,
      tree: views.tree,
      view: fleet,
      others: [upcoming, activity.view],
    }),
    followPlans({ session, board, commands, runner, view: activity.view }),
    followUnderWay(store),
    followSettings({ session, runner }),
    followClock(store, runner),
    activity.watchWhileShown(fleet, activity.view),
    vscode.window.registerUriHandler({
      handleUri: (uri) =>
        runner.inBackground("Opening a link", async () => (await commands.load()).openLink(uri)),
    }),
    keepFresh({ session, commands, runner, views: [fleet, upcoming, activity.view] }),
    ...[fleet, upcoming, activity.view].map((view) => connectWhenShown(view, session, runner)),
    ...[views, activity, commands, documents, report, refreshing, session, memory, store, telemetry, channel],
  );
}
