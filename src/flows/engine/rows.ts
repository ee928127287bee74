import type { Message } from "../../core/text/message.ts";
import { group, type Fact, type Row } from "./question.ts";

export const fact = (icon: string, label: Message, detail?: Message): Fact => ({
  kind: "fact",
  icon,
  label,
  ...(detail && { detail }),
});

/** Rows under their heading; nothing where there are none. */
export function section(heading: Message, rows: readonly Row[]): readonly Row[] {
  return rows.length === 0 ? [] : [group(heading), ...rows];
}
