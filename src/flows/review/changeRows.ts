/** Changes of a plan in rows: one by one with their values, by scale set, and summed up where there are too many to be read. */
import { subjectOf } from "../../core/plans/subject.ts";
import { idKey, parseId } from "../../core/resources/ids.ts";
import { objectAt, textAt } from "../../core/resources/json.ts";
import { inEnglish, message, verbatim, type Message } from "../../core/text/message.ts";
import type { Change } from "../../core/plans/plan.ts";
import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import { changedValues } from "./changedValues.ts";
import { editRows } from "../configurations/editRows.ts";
import { group, type Fact, type Row } from "../engine/question.ts";
import { fact, section } from "../engine/rows.ts";

/** More than so many changes, or lines of another kind, are summed up. */
export const maxListedRows = 30;

const icons: Readonly<Record<ChangeKind, string>> = {
  createResourceGroup: "folder",
  registerProvider: "plug",
  createConfiguration: "calendar",
  updateConfiguration: "edit",
  deleteConfiguration: "trash",
  associate: "link",
  dissociate: "trash",
  setUpgradePolicy: "sync",
  setImageReference: "versions",
  setAutomaticUpdates: "settings",
  setPatchSettings: "settings",
  addHealthExtension: "pulse",
  updateInstances: "server-process",
  startUpgrade: "run",
  cancelUpgrade: "stop-circle",
  approveUpgrade: "pass",
};

export function changeRows(changes: readonly Change[]): readonly Row[] {
  if (changes.length > maxListedRows) return section(message("Changes"), summed(changes));
  const subjects = bySubject(changes);
  if (subjects.length === 1 || subjects.length === changes.length) {
    return section(message("Changes"), changes.flatMap(rowsOf));
  }
  // A line between them: each title names its set, and a heading would take its place on the line.
  return subjects.flatMap(([, those], index) => [
    group(index === 0 ? message("Changes") : verbatim("")),
    ...those.flatMap(rowsOf),
  ]);
}

/** The changes of each resource, a scale set together with its extensions and associations. */
export function bySubject(
  changes: readonly Change[],
): readonly (readonly [subject: string, changes: readonly Change[]])[] {
  const groups = Map.groupBy(changes, (change) => idKey(subjectOf(change)));
  return [...groups].map(([key, those]) => [those[0] === undefined ? key : subjectOf(those[0]), those]);
}

function rowsOf(change: Change): readonly Fact[] {
  const { kind, title, target, before, after } = change;
  const row = fact(icons[kind], title);
  if (kind === "updateConfiguration") return [row, ...editRows(before ?? {}, after ?? {})];
  if (kind !== "createConfiguration")
    return [row, ...changedValues(change).map((value) => fact("blank", value))];
  const group = parseId(target)?.resourceGroup ?? "";
  const place = message("In resource group {0}, region {1}", group, textAt(after, "location") ?? "");
  const tags = Object.keys(objectAt(after, "tags") ?? {}).map(
    (name) => `${name}=${textAt(after, "tags", name) ?? ""}`,
  );
  return [{ ...row, detail: tags.length === 0 ? place : message("{0}; tags: {1}", place, tags.join(", ")) }];
}

/** How many different values of one kind of change are told. */
const maxShownValues = 5;

/** A row for each kind of change, with the values that become others and how often. */
function summed(changes: readonly Change[]): readonly Fact[] {
  const alike = Map.groupBy(changes, ({ kind, title }) => `${kind} ${title.template}`);
  return [...alike.values()].flatMap((those) => {
    const [first] = those;
    if (first === undefined) return [];
    const values = countedTexts(those.flatMap(changedValues));
    const more = values.length - maxShownValues;
    return [
      fact(icons[first.kind], andMore(first.title, those.length)),
      ...values.slice(0, maxShownValues).map((value) => fact("blank", value)),
      ...(more > 0 ? [fact("blank", message("…and {0} other values", more))] : []),
    ];
  });
}

/** Texts of which many are alike, each kind once. */
export function alikeTexts(texts: readonly Message[]): readonly Message[] {
  if (texts.length <= maxListedRows) return texts;
  const alike = Map.groupBy(texts, ({ template }) => template);
  return [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [andMore(first, others.length + 1)],
  );
}

function andMore(text: Message, count: number): Message {
  return count === 1 ? text : message("{0} – and the same {1} times more", text, count - 1);
}

function countedTexts(texts: readonly Message[]): readonly Message[] {
  const same = Map.groupBy(texts, inEnglish);
  return [...same]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([text, { length }]) => verbatim(`${text} (${length})`));
}
