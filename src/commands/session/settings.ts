import * as vscode from "vscode";
import type { SubscriptionFilter } from "../../fleet/events.ts";
import { subscriptionFilter } from "../../fleet/reading/filter.ts";
import type { Runner } from "../../ui/run.ts";
import type { Session } from "./session.ts";

/** The subscriptions that the settings let through. */
export function wantedSubscriptions(): SubscriptionFilter {
  const settings = vscode.workspace.getConfiguration("scaleSetMaintenance");
  return subscriptionFilter(settings.get("subscriptions", []));
}

/** Follows what the user changes in the settings while a connection is open. */
export function followSettings({ session, runner }: { session: Session; runner: Runner }): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    const follow = (work: () => Promise<void>) => runner.inBackground("Following the settings", work);
    if (event.affectsConfiguration("microsoft-sovereign-cloud")) follow(() => session.changeCloud());
    if (session.origin === "sandbox" && event.affectsConfiguration("scaleSetMaintenance.sandbox.address")) {
      follow(() => session.openSandbox());
    } else if (session.origin !== "none" && event.affectsConfiguration("scaleSetMaintenance.subscriptions")) {
      follow(() => session.refresh());
    }
  });
}
