import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import type { FleetStore } from "../../fleet/store.ts";
import { FleetTree } from "../../tree/fleet/fleetTree.ts";
import type { FleetNode } from "../../tree/fleet/node.ts";
import type { UpcomingNode } from "../../tree/upcoming/node.ts";
import { UpcomingTree } from "../../tree/upcoming/upcomingTree.ts";
import { dragging, dropping } from "../associations/dragAndDrop.ts";

export interface ViewsOptions {
  readonly store: FleetStore;
  /** Where the Fleet view keeps its grouping. */
  readonly state: vscode.Memento;
  readonly log: Log;
}

/** The Fleet view with its tree, and the view of the upcoming windows. */
export interface Views extends vscode.Disposable {
  readonly tree: FleetTree;
  readonly fleet: vscode.TreeView<FleetNode>;
  readonly upcoming: vscode.TreeView<UpcomingNode>;
}

export function openViews({ store, state, log }: ViewsOptions): Views {
  const tree = new FleetTree(store, state);
  const upcomingTree = new UpcomingTree(store);
  const shared = { canSelectMany: true, showCollapseAll: true };
  const upcoming = vscode.window.createTreeView("scaleSetMaintenance.upcoming", {
    ...shared,
    treeDataProvider: upcomingTree,
    dragAndDropController: dragging<UpcomingNode>(),
  });
  const fleet = vscode.window.createTreeView("scaleSetMaintenance.fleet", {
    ...shared,
    treeDataProvider: tree,
    dragAndDropController: dropping({ store, log }, (node) => tree.standingFor(node)),
  });
  return {
    tree,
    fleet,
    upcoming,
    dispose: () => {
      for (const part of [fleet, tree, upcoming, upcomingTree]) part.dispose();
    },
  };
}
