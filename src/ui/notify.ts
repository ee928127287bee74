import type { Log } from "../core/log.ts";
import { notificationText } from "./outside.ts";

/** `vscode.window.showInformationMessage` and its siblings. */
type Show = (text: string, ...buttons: string[]) => Thenable<string | undefined>;

/**
 * Shows a notification with buttons and does not wait for it: a command has ended when its work is done, its notification
 * may stay for as long as the user likes. No link in `text` is one.
 */
export function notify(
  show: Show,
  text: string,
  buttons: ReadonlyMap<string, () => unknown>,
  log: Log,
): void {
  show(notificationText(text), ...buttons.keys())
    .then((pressed) => (pressed === undefined ? undefined : buttons.get(pressed)?.()))
    .then(undefined, (error: unknown) => log.error(`After a notification: ${String(error)}`));
}
