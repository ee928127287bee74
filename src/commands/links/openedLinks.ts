import * as vscode from "vscode";
import type { Log } from "../../core/log.ts";
import { localize } from "../../ui/messages.ts";
import { notify } from "../../ui/notify.ts";
import { withLateProgress, type Runner } from "../../ui/run.ts";
import type { FleetAccess } from "../session/chosenAzure.ts";
import { Links } from "./links.ts";

interface Options extends FleetAccess {
  readonly runner: Pick<Runner, "inBackground">;
  readonly log: Log;
}

/** How long a link holds the next one up, in milliseconds. */
const pauseMs = 1000;

/** The links to rows of the Fleet view, as VS Code opens them. */
export function openedLinks({ session, store, runner, log }: Options): Links {
  return new Links({
    session,
    store,
    focus: async () => vscode.commands.executeCommand("scaleSetMaintenance.fleet.focus"),
    reveal: async (id) => vscode.commands.executeCommand("scaleSetMaintenance.reveal", id),
    waiting: (work) => withLateProgress(vscode.l10n.t("Opening a link…"), work),
    tell: (text) => notify(vscode.window.showInformationMessage, localize(text), new Map(), log),
    fail: (error) => runner.inBackground("Opening a link", () => Promise.reject(error)),
    pause: () => new Promise((resolve) => setTimeout(resolve, pauseMs)),
  });
}
