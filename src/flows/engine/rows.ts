import { message, type Message } from "../../core/text/message.ts";
import { group, type Action, type Choice, type Fact, type Fold, type Row } from "./question.ts";

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

/** A row as lines of a text to read: its label, and below it what else it says. */
export function textOf(row: Row): readonly Message[] {
  const { description, detail }: Partial<Choice | Fact | Fold> =
    row.kind === "group" || row.kind === "action" ? {} : row;
  const below = [description, detail].flatMap((text) =>
    text === undefined ? [] : [message("    {0}", text)],
  );
  return [row.label, ...below];
}

/** The rows of a list where each row carries a checkbox, and those that have no place in it. */
export interface Aside {
  /** Choices, and the headings of those. */
  readonly listed: readonly Row[];
  /** Facts, under their headings. */
  readonly facts: readonly Row[];
  readonly actions: readonly Action[];
  /** The facts in one line; undefined where there are none. */
  readonly said: Message | undefined;
}

export function asideOf(rows: readonly Row[]): Aside {
  const of = (kind: Row["kind"]) =>
    rows.filter(
      (row, index) => row.kind === kind || (row.kind === "group" && rows[index + 1]?.kind === kind),
    );
  const [first, ...others] = rows.filter((row) => row.kind === "fact");
  return {
    listed: of("choice"),
    facts: of("fact"),
    actions: rows.filter((row) => row.kind === "action"),
    said:
      first === undefined || others.length === 0
        ? first?.label
        : message("{0} and {1} more", first.label, others.length),
  };
}
