import type { Disposable, TreeView } from "vscode";
import type { Runner } from "../../ui/run.ts";
import type { Session } from "./session.ts";

/** Connects as soon as the view can be seen. */
export function connectWhenShown(view: TreeView<unknown>, session: Session, runner: Runner): Disposable {
  const connect = () => runner.inBackground("Connecting", () => session.start());
  if (view.visible) connect();
  return view.onDidChangeVisibility(({ visible }) => {
    if (visible) connect();
  });
}
