import { l10n } from "vscode";
import type { Message } from "../core/message.ts";

/** The message in the user's display language. */
export function localize(text: Message): string {
  return l10n.t(
    text.template,
    ...text.args.map((argument) => (typeof argument === "object" ? localize(argument) : argument)),
  );
}
