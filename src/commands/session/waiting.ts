import * as vscode from "vscode";
import type { Azure } from "../../azure/contracts.ts";
import { countDown } from "../../ui/countDown.ts";
import type { Session } from "./session.ts";

/** Tells how long Azure asks the window to wait, in a sentence, whichever Azure is open; undefined when it does not. */
export function followWaits(
  session: Session,
  tell: (sentence: string | undefined) => void,
): vscode.Disposable {
  let azure: Azure | undefined;
  let counting: { dispose(): void } | undefined;
  const listen = () => {
    if (session.azure === azure) return;
    counting?.dispose();
    azure = session.azure;
    tell(undefined);
    counting = azure && sayWaits(azure, tell);
  };
  listen();
  return vscode.Disposable.from(session.onDidChange(listen), { dispose: () => counting?.dispose() });
}

/** The same for one Azure. */
export function sayWaits(
  { waits }: Azure,
  tell: (sentence: string | undefined) => void,
): { dispose(): void } {
  return countDown(waits, (seconds) =>
    tell(seconds === undefined ? undefined : vscode.l10n.t("Azure asks to wait {0} s", seconds)),
  );
}
