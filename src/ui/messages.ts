import { l10n } from "vscode";
import type { Message, MessageArgument } from "../core/text/message.ts";
import { clockLocale } from "./clock.ts";

/** The message in the user's display language. */
export function localize(text: Message): string {
  return l10n.t(text.template, ...text.args.map(shown));
}

function shown(argument: MessageArgument): string | number {
  if (typeof argument !== "object") return argument;
  return "timeOfDay" in argument ? onTheClock(argument.timeOfDay) : localize(argument);
}

function onTheClock(timeOfDay: string): string {
  const format = { hour: "numeric", minute: "2-digit", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(clockLocale(), format).format(new Date(`1970-01-01T${timeOfDay}Z`));
}
