import * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import type { Runner } from "../../ui/run.ts";
import { loadCommands } from "../door.ts";
import type { Tools } from "../tools.ts";

/** How often, in milliseconds, it is looked what other windows do. */
const pace = 10_000;

/** Once an Azure is connected, shows the plans that are kept of it, and goes on looking while they can be seen or run in another window. */
export function followPlans(
  tools: Tools,
  runner: Runner,
  view: Pick<vscode.TreeView<unknown>, "visible" | "onDidChangeVisibility">,
): vscode.Disposable {
  const { session, plans } = tools;
  let azure: Azure | undefined;
  const read = () => {
    if (session.azure === undefined) return;
    runner.inBackground("Reading the plans", async () => (await loadCommands()).readPlans(tools, runner));
  };
  const listen = () => {
    if (session.azure === azure) return;
    ({ azure } = session);
    plans.set([]);
    read();
  };
  const timer = setInterval(() => {
    if (view.visible || plans.plans.some(({ state }) => state === "elsewhere")) read();
  }, pace);
  return vscode.Disposable.from(
    session.onDidChange(listen),
    view.onDidChangeVisibility(({ visible }) => visible && read()),
    { dispose: () => clearInterval(timer) },
  );
}
