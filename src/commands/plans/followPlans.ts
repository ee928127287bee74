import * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import type { Runner } from "../../ui/run.ts";
import type { PlanBoard } from "../../fleet/plans/planBoard.ts";
import type { LazyCommands } from "../lazyCommands.ts";
import type { Session } from "../session/session.ts";

export interface FollowPlansOptions {
  readonly session: Session;
  readonly board: PlanBoard;
  readonly commands: LazyCommands;
  readonly runner: Runner;
  /** The view that shows the plans. */
  readonly view: Pick<vscode.TreeView<unknown>, "visible" | "onDidChangeVisibility">;
}

/** How often it is looked what other windows do. */
const refreshIntervalMs = 10_000;

/** Once an Azure is connected, shows its saved plans, and keeps them up to date while they are visible or run in another window. */
export function followPlans(options: FollowPlansOptions): vscode.Disposable {
  const { session, board, commands, runner, view } = options;
  let azure: Azure | undefined;
  const read = () => {
    if (session.azure === undefined) return;
    runner.inBackground("Reading the plans", async () => (await commands.load()).readPlans());
  };
  const listen = () => {
    if (session.azure === azure) return;
    ({ azure } = session);
    board.set([]);
    read();
  };
  const timer = setInterval(() => {
    if (view.visible || board.plans.some(({ state }) => state === "elsewhere")) read();
  }, refreshIntervalMs);
  return vscode.Disposable.from(
    session.onDidChange(listen),
    view.onDidChangeVisibility(({ visible }) => visible && read()),
    { dispose: () => clearInterval(timer) },
  );
}
