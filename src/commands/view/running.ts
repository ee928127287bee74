import * as vscode from "vscode";
import type { PlanBoard } from "../../fleet/plans/planBoard.ts";
import type { RunningState } from "../../tree/activity/running.ts";
import { upgradingSets } from "../../tree/activity/state.ts";
import type { Runner } from "../../ui/run.ts";
import { StatusItem } from "../../ui/statusBar.ts";
import { loadCommands } from "../door.ts";

export interface RunningOptions {
  readonly state: () => RunningState;
  readonly origin: () => "none" | "azure" | "sandbox";
  /** Whatever changes it. */
  readonly changes: readonly ((listener: () => void) => vscode.Disposable)[];
  readonly board: PlanBoard;
  readonly view: Pick<vscode.TreeView<unknown>, "visible" | "onDidChangeVisibility">;
  readonly runner: Pick<Runner, "inBackground">;
  /** Told whether the item is there: what it shows has to be read again and again. */
  setShown(isShown: boolean): void;
}

const focusActivity = "scaleSetMaintenance.activity.focus";

/** How long changes are gathered, in milliseconds: while a fleet is read there are many in a second. */
const gatherMs = 250;

/** Shows in the status bar what runs, and opens the Activity view with the first change of the window. */
export function followRunning(options: RunningOptions): vscode.Disposable {
  const { state, origin, changes, runner, setShown } = options;
  const item = new StatusItem({
    id: "running",
    name: vscode.l10n.t("Scale Set Maintenance"),
    icon: "sync~spin",
    command: focusActivity,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = () => {
    timer = undefined;
    const isShown = isAnythingRunning(state());
    setShown(isShown);
    if (!isShown) return item.show(undefined);
    runner.inBackground("Showing what runs", async () => {
      const { runningLine } = await loadCommands();
      item.show(runningLine(state(), origin()));
    });
  };
  const soon = () => (timer ??= setTimeout(update, gatherMs));
  return vscode.Disposable.from(
    item,
    { dispose: () => clearTimeout(timer) },
    ...changes.map((listen) => listen(soon)),
    openOnce(options),
  );
}

/** Leaves the keyboard where it is. A view that the user has seen in this window stays as it was left. */
function openOnce({ board, view }: RunningOptions): vscode.Disposable {
  let isSeen = view.visible;
  return vscode.Disposable.from(
    view.onDidChangeVisibility(({ visible }) => (isSeen ||= visible)),
    board.onDidChange(() => {
      if (isSeen || !board.plans.some(isHere)) return;
      isSeen = true;
      void vscode.commands.executeCommand(focusActivity, { preserveFocus: true });
    }),
  );
}

function isAnythingRunning(state: RunningState): boolean {
  return state.plans.some(isHere) || upgradingSets(state).length > 0;
}

function isHere({ state }: PlanBoard["plans"][number]): boolean {
  return state === "here";
}
