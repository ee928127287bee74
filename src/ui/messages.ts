import { l10n } from "vscode";
import { memo } from "../core/memo.ts";
import { begun, type Message, type MessageArgument } from "../core/text/message.ts";
import { oneLine } from "../core/text/visible.ts";
import { clockLocale } from "./clock.ts";

/** The message in the user's display language. What fills it is from outside: it stays in its line, and nothing in it is hidden. */
export function localize(text: Message): string {
  return begun(l10n.t(text.template, ...text.args.map(shown)), text);
}

function shown(argument: MessageArgument): string | number {
  if (typeof argument === "string") return oneLine(argument);
  if (typeof argument === "number") return argument;
  return "timeOfDay" in argument ? onTheClock(argument.timeOfDay) : localize(argument);
}

function onTheClock(timeOfDay: string): string {
  return formatter(clockLocale()).format(new Date(`1970-01-01T${timeOfDay}Z`));
}

/** Making one takes a hundred times longer than formatting, and each row of a configuration has two times. */
const formatter = memo(
  (locale: string) =>
    new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" }),
);
