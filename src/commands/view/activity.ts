import * as vscode from "vscode";
import { loadArm } from "../../azure/door.ts";
import type { FollowedAzure } from "../../fleet/upgrades/followedUpgrades.ts";
import { HistoryKeeper } from "../../fleet/upgrades/historyKeeper.ts";
import { PlanBoard } from "../../fleet/plans/planBoard.ts";
import type { FleetStore } from "../../fleet/store.ts";
import { realClock, UpgradeWatch } from "../../fleet/upgrades/upgradeWatch.ts";
import { ActivityTree } from "../../tree/activity/activityTree.ts";
import type { ActivityNode } from "../../tree/activity/node.ts";
import type { Log } from "../../core/log.ts";
import type { Runner } from "../../ui/run.ts";
import { clockNow } from "../../tree/clock.ts";
import { dragging } from "../associations/dragAndDrop.ts";
import { loadCommands } from "../door.ts";
import { historyFileOf } from "../upgrades/historyFile.ts";
import type { PlanKeeper } from "../plans/planKeeper.ts";
import type { SandboxHost } from "../session/sandboxHost.ts";
import type { Session } from "../session/session.ts";
import { followRunning } from "./running.ts";
import { UpgradeFollower } from "../upgrades/upgradeFollower.ts";

export interface ActivityOptions {
  readonly context: vscode.ExtensionContext;
  readonly store: FleetStore;
  readonly session: Session;
  readonly sandbox: SandboxHost;
  readonly runner: Runner;
  readonly log: Log;
  readonly now: () => string;
}

/** What is long-lived about upgrades and applied plans, and the view that shows it. */
export interface Activity extends vscode.Disposable {
  /** The plans that were and are applied to the connected Azure. */
  readonly board: PlanBoard;
  /** Keeps the plans that this window applies; loaded at the first call. */
  keeper(): Promise<PlanKeeper>;
  /** Keeps what is known of upgrades. */
  readonly histories: HistoryKeeper;
  readonly upgrades: UpgradeFollower;
  readonly view: vscode.TreeView<ActivityNode>;
  /** Watches the upgrades that run for as long as one of the views can be seen, or the status bar shows them. */
  watchWhileShown(...views: readonly vscode.TreeView<unknown>[]): vscode.Disposable;
}

export function openActivity(options: ActivityOptions): Activity {
  const { context, store, session, sandbox, runner, log, now } = options;
  const azure = (): FollowedAzure | undefined =>
    session.azure && {
      endpoint: session.azure.cloud.endpoint,
      isLasting: session.origin === "azure" || !sandbox.isInProcess,
    };
  const watch = new UpgradeWatch({ store, storage: context.workspaceState, azure, clock: realClock, log });
  const fileOf = (which: FollowedAzure) => historyFileOf(context.globalStorageUri, which);
  const problemOf = async (error: unknown) => (await loadArm()).problemOf(error);
  const histories = new HistoryKeeper({ store, azure, fileOf, problemOf, now, log });
  const board = new PlanBoard();
  let keeper: PlanKeeper | undefined;
  const openKeeper = async () => {
    const { PlanKeeper: Keeper } = await loadCommands();
    keeper ??= new Keeper({
      storage: context.globalStorageUri,
      board,
      store,
      azure: () => session.azure,
      accounts: () => session.accountIds(),
      isLasting: ({ origin }) => origin === "azure" || !sandbox.isInProcess,
      silenceMs: () =>
        1000 * vscode.workspace.getConfiguration("scaleSetMaintenance").get("takeOverAfter", 60),
      log,
    });
    return keeper;
  };
  const upgrades = new UpgradeFollower({
    watch,
    session,
    tell: (ended) =>
      runner.inBackground("Telling how upgrades ended", async () =>
        (await loadCommands()).tellUpgrades(ended, session.origin, log),
      ),
  });
  const tree = new ActivityTree((clock) => ({
    snapshot: store.snapshot,
    attempts: histories.current?.attempts ?? [],
    followed: watch.followed,
    plans: board.plans,
    unread: board.unread,
    clock,
  }));
  const view = vscode.window.createTreeView("scaleSetMaintenance.activity", {
    treeDataProvider: tree,
    dragAndDropController: dragging<ActivityNode>(),
    canSelectMany: true,
    showCollapseAll: true,
  });
  const follow = () => void tree.follow();
  /** What was kept is read as soon as the view is there to show it. */
  const readHistory = () => {
    const history = histories.current;
    if (view.visible && history !== undefined)
      runner.inBackground("Reading the upgrade history", () => history.load());
  };
  const inSight = { view: false, statusBar: false };
  const watchInSight = (changed: Partial<typeof inSight>) => {
    Object.assign(inSight, changed);
    watch.setVisible(inSight.view || inSight.statusBar);
  };
  const running = followRunning({
    state: () => ({
      snapshot: store.snapshot,
      followed: watch.followed,
      plans: board.plans,
      clock: clockNow(),
    }),
    origin: () => session.origin,
    changes: [store.onDidChange, board.onDidChange, watch.onDidEnd, session.onDidChange],
    board,
    view,
    runner,
    setShown: (statusBar) => watchInSight({ statusBar }),
  });
  const listening = vscode.Disposable.from(
    running,
    ...[store, histories, board].map((source) => source.onDidChange(follow)),
    watch.onDidEnd(follow), // it is followed no more
    session.onDidChange(readHistory),
    view.onDidChangeVisibility(readHistory),
  );
  readHistory();
  return {
    board,
    keeper: openKeeper,
    histories,
    upgrades,
    view,
    watchWhileShown: (...views) => {
      const update = () => watchInSight({ view: views.some(({ visible }) => visible) });
      update();
      return vscode.Disposable.from(...views.map((shown) => shown.onDidChangeVisibility(update)));
    },
    dispose: () => {
      keeper?.dispose();
      for (const part of [listening, view, tree, upgrades, watch, histories]) part.dispose();
    },
  };
}
