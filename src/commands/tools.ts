import type * as vscode from "vscode";
import type { Log } from "../core/log.ts";
import type { HistoryKeeper } from "../fleet/upgrades/historyKeeper.ts";
import type { PlanBoard } from "../fleet/plans/planBoard.ts";
import type { FleetStore } from "../fleet/store.ts";
import type { Telemetry } from "../telemetry/client.ts";
import type { FleetView } from "../tree/fleet/fleetView.ts";
import type { TreeNode } from "../tree/treeNode.ts";
import type { Documents } from "../ui/documents.ts";
import type { Pages } from "../ui/pages.ts";
import type { ScriptedPage } from "../ui/scriptedPage.ts";
import type { FactReader } from "./upgrades/factReader.ts";
import type { PlanKeeper } from "./plans/planKeeper.ts";
import type { Refreshing } from "./session/refreshing.ts";
import type { SandboxHost } from "./session/sandboxHost.ts";
import type { Session } from "./session/session.ts";
import type { UpgradeFollower } from "./upgrades/upgradeFollower.ts";

/** What commands work with: the window's long-lived objects. */
export interface Tools {
  readonly session: Session;
  readonly refreshing: Refreshing;
  readonly sandbox: SandboxHost;
  readonly store: FleetStore;
  readonly facts: FactReader;
  readonly documents: Documents;
  readonly pages: Pages;
  /** The editor of the fleet report. */
  readonly report: ScriptedPage;
  readonly telemetry: Telemetry;
  readonly log: Log;
  /** Where the drafts of the flows are kept. */
  readonly storage: vscode.Memento;
  /** What was and is applied to the connected Azure. */
  readonly plans: PlanBoard;
  /** Of the plans that this window applies. */
  keeper(): Promise<PlanKeeper>;
  /** What is kept of upgrades. */
  readonly histories: HistoryKeeper;
  readonly upgrades: UpgradeFollower;
  /** How the Fleet view shows the fleet. */
  readonly fleetView: FleetView;
  showLog(): void;
}

/**
 * What a command does. `nodes` are the nodes of the views that it was called on, none when it came from the palette,
 * a welcome view or the walkthrough; it then asks. A handler that the user cancels throws CancellationError.
 */
export type Handler = (tools: Tools, nodes: readonly TreeNode[]) => Promise<void>;
