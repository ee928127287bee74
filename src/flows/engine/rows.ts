import type { Message } from "../../core/text/message.ts";
import { group, type Choice, type Fact, type Row } from "./question.ts";

export const fact = (icon: string, label: Message, detail?: Message): Fact => ({
  kind: "fact",
  icon,
  label,
  ...(detail && { detail }),
});

/** A row that can be chosen, under its icon. */
export const choice = (
  value: string,
  icon: string,
  label: Message,
  more: Pick<Choice, "description" | "detail"> = {},
): Choice => ({ kind: "choice", value, icon, label, ...more });

/** Rows under their heading; nothing where there are none. */
export function section(heading: Message, rows: readonly Row[]): readonly Row[] {
  return rows.length === 0 ? [] : [group(heading), ...rows];
}
