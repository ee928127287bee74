import * as vscode from "vscode";
import type { PlanBoard } from "../../fleet/plans/planBoard.ts";
import { runningInWords, type RunningState } from "../../tree/activity/running.ts";
import { localize } from "../../ui/messages.ts";
import { StatusItem } from "../../ui/statusBar.ts";

export interface RunningOptions {
  readonly state: () => RunningState;
  readonly origin: () => "none" | "azure" | "sandbox";
  /** Whatever changes it. */
  readonly changes: readonly ((listener: () => void) => vscode.Disposable)[];
  readonly board: PlanBoard;
  readonly view: Pick<vscode.TreeView<unknown>, "visible" | "onDidChangeVisibility">;
}

const focusActivity = "scaleSetMaintenance.activity.focus";

/** How long changes are gathered, in milliseconds: while a fleet is read there are many in a second. */
const gatherMs = 250;

/** Shows in the status bar what runs, and opens the Activity view with the first change of the window. */
export function followRunning(options: RunningOptions): vscode.Disposable {
  const item = new StatusItem({
    id: "running",
    name: vscode.l10n.t("Scale Set Maintenance"),
    icon: "sync~spin",
    command: focusActivity,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = () => {
    timer = undefined;
    item.show(lineOf(options));
  };
  const soon = () => (timer ??= setTimeout(update, gatherMs));
  return vscode.Disposable.from(
    item,
    { dispose: () => clearTimeout(timer) },
    ...options.changes.map((listen) => listen(soon)),
    openOnce(options),
  );
}

function lineOf({ state, origin }: RunningOptions) {
  const running = runningInWords(state());
  if (running === undefined) return undefined;
  const where = (text: string) => (origin() === "sandbox" ? vscode.l10n.t("Sandbox: {0}", text) : text);
  const text = localize(running.text);
  return {
    text: where(text),
    lines: [...running.lines.map(localize), vscode.l10n.t("Click to open the Activity view.")],
    spoken: where(vscode.l10n.t("Running: {0}. Opens the Activity view.", text)),
  };
}

/** Leaves the keyboard where it is. A view that the user has seen in this window stays as it was left. */
function openOnce({ board, view }: RunningOptions): vscode.Disposable {
  let isSeen = view.visible;
  return vscode.Disposable.from(
    view.onDidChangeVisibility(({ visible }) => (isSeen ||= visible)),
    board.onDidChange(() => {
      if (isSeen || !board.plans.some(({ state }) => state === "here")) return;
      isSeen = true;
      void vscode.commands.executeCommand(focusActivity, { preserveFocus: true });
    }),
  );
}
