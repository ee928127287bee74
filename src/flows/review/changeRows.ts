/** Changes of a plan in rows: one by one with their values, by scale set, and summed up where there are too many to be read. */
import { subjectOf } from "../../core/plans/subject.ts";
import { distinctIds, groupOf, idKey, nameOf, parseId, subscriptionOf } from "../../core/resources/ids.ts";
import { objectAt, textAt } from "../../core/resources/json.ts";
import { inEnglish, joined, message, verbatim, type Message } from "../../core/text/message.ts";
import { scaleSetsInWords } from "./counts.ts";
import type { Change } from "../../core/plans/plan.ts";
import type { ChangeKind } from "../../core/plans/kinds/kinds.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { moveInWords, movesOf, type Move } from "../associations/moves.ts";
import { changedValues } from "./changedValues.ts";
import { doingOf } from "./doings.ts";
import { doingInWords } from "./planInWords.ts";
import { editRows } from "../configurations/editRows.ts";
import { group, type Fact, type Fold, type Row } from "../engine/question.ts";
import { fact, section } from "../engine/rows.ts";
import { subscriptionName } from "../scaleSets/subscriptions.ts";

/** More rows than so many are summed up. */
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

/** From so many resources of which the same is changed on, they are one row, which unfolds. */
const minFolded = 5;

/** How many rows one row unfolds into; the document has all. */
const maxUnfolded = 500;

/** A row, under its words, that leads to the whole plan: where a row stands for more than it unfolds into. */
export type More = (label: Message) => Row;

export function changeRows(snapshot: Snapshot, changes: readonly Change[], more: More): readonly Row[] {
  const folded = alikeChanges(changes).filter(({ subjects }) => subjects.size >= minFolded);
  if (folded.length === 0) return listedRows(changes);
  const isFolded = new Set(folded.flatMap(({ subjects }) => [...subjects.values()].flat()));
  const listed = changes.filter((change) => !isFolded.has(change)).flatMap(rowsOf);
  return section(message("Changes"), [...folded.map((alike) => foldOf(snapshot, alike, more)), ...listed]);
}

function listedRows(changes: readonly Change[]): readonly Row[] {
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

/** Changes that do the same to each of their resources. */
interface Alike {
  readonly label: Message;
  /** The changes of each resource, by its key. */
  readonly subjects: ReadonlyMap<string, readonly Change[]>;
  /** Whether the label says all that there is to each of them. */
  readonly isComplete?: true;
}

function alikeChanges(changes: readonly Change[]): readonly Alike[] {
  const moves = movesOf({ changes });
  const moved = new Set(moves.flatMap(({ changes: those }) => [...those.values()].flat()));
  const others = Map.groupBy(
    changes.filter((change) => !moved.has(change)),
    (change) => `${doingOf(change)} ${change.title.template}`,
  );
  return [
    ...alikeMoves(moves),
    ...[...others.values()].flatMap((those): readonly Alike[] => {
      const [first] = those;
      const subjects = Map.groupBy(those, (change) => idKey(subjectOf(change)));
      if (first === undefined) return [];
      const label = doingInWords(doingOf(first), subjects);
      return [{ label, subjects, ...(first.title.args.length === 1 && { isComplete: true }) }];
    }),
  ];
}

/** Those from one configuration to another, and where these are few those to one from wherever. */
function alikeMoves(moves: readonly Move[]): readonly Alike[] {
  const isLarge = ({ changes }: Move) => changes.size >= minFolded;
  const small = Map.groupBy(
    moves.filter((move) => !isLarge(move)),
    ({ to }) => to,
  );
  return [
    ...moves.filter(isLarge).map(({ from, to, changes }): Alike => ({
      label:
        from.length === 0
          ? message("{0} → {1}", scaleSetsInWords(changes.size), to ?? "")
          : message(
              "{0}: {1}",
              scaleSetsInWords(changes.size),
              moveInWords(to === undefined ? { from } : { from, to }),
            ),
      subjects: changes,
      isComplete: true,
    })),
    ...[...small].map(([to, those]): Alike => {
      const subjects = new Map(those.flatMap(({ changes }) => [...changes]));
      return {
        label: message("{0} → {1}", scaleSetsInWords(subjects.size), to ?? message("no configuration")),
        subjects,
      };
    }),
  ];
}

function foldOf(snapshot: Snapshot, { label, subjects, isComplete }: Alike, more: More): Fold {
  const values = countedTexts([...subjects.values()].flat().flatMap(changedValues));
  const others = values.length - maxShownValues;
  const shown = [
    ...values.slice(0, maxShownValues),
    ...(others > 0 ? [message("…and {0} more", others)] : []),
  ];
  return {
    kind: "fold",
    label,
    description: countsInWords(snapshot, [...subjects.values()].flat()),
    ...(shown.length > 0 && { detail: joined(" · ", shown) }),
    rows: () =>
      unfolded([...subjects.values()], more, (those) => subjectRow(snapshot, those, isComplete === true)),
  };
}

function unfolded<T>(all: readonly T[], more: More, rowOf: (one: T) => Row): readonly Row[] {
  const rows = all.slice(0, maxUnfolded).map(rowOf);
  const hidden = all.length - rows.length;
  return hidden === 0 ? rows : [...rows, more(message("…and {0} more: open the full plan", hidden))];
}

/** One resource below the row that tells what is done to it: its name and place, and what is its own about the change. */
function subjectRow(snapshot: Snapshot, changes: readonly Change[], isComplete: boolean): Fact {
  const subject = changes[0] === undefined ? "" : subjectOf(changes[0]);
  const values = changes.flatMap((change) =>
    change.kind === "updateConfiguration" ? editTexts(change) : changedValues(change),
  );
  const moves = movesOf({ changes }).map(moveInWords);
  const titles = moves.length > 0 ? moves : changes.map(({ title }) => title);
  const own = values.length > 0 ? values : isComplete ? [] : titles;
  return {
    ...fact("blank", verbatim(nameOf(subject)), own.length === 0 ? undefined : joined(" · ", own)),
    description: verbatim(`${groupOf(subject)} · ${subscriptionName(snapshot, subscriptionOf(subject))}`),
  };
}

const editTexts = ({ before, after }: Change) =>
  editRows(before ?? {}, after ?? {}).map(({ label }) => label);

/** How many subscriptions are named. */
const maxSubscriptions = 3;

/** "Contoso Production 12, Contoso Staging 5 +2": how many resources in which subscription. */
function countsInWords(snapshot: Snapshot, changes: readonly Change[]): Message {
  const counts = resourcesBySubscription(snapshot, changes);
  const [only, second] = counts;
  if (only !== undefined && second === undefined) return verbatim(only.name);
  const more = counts.length - maxSubscriptions;
  const shown = counts.slice(0, maxSubscriptions).map(({ name, count }) => `${name} ${count}`);
  return verbatim(`${shown.join(", ")}${more > 0 ? ` +${more}` : ""}`);
}

/** Those of most resources first. */
export function resourcesBySubscription(
  snapshot: Snapshot,
  changes: readonly Change[],
): readonly { readonly name: string; readonly count: number }[] {
  const subjects = distinctIds(changes.map(subjectOf));
  return [...Map.groupBy(subjects, (id) => subscriptionOf(idKey(id)))]
    .map(([id, those]) => ({ name: subscriptionName(snapshot, id), count: those.length }))
    .toSorted((a, b) => b.count - a.count);
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

/** How many different values of one kind of change are shown. */
const maxShownValues = 5;

/** Rows to read, of which those of one key are one from five on, which unfolds. `detail`: what they have in common. */
export function alikeRows(
  rows: readonly Fact[],
  keyOf: (row: Fact) => string,
  foldedOf: (rows: readonly [Fact, ...Fact[]]) => Pick<Fold, "label" | "detail">,
  more: More,
): readonly Row[] {
  return [...Map.groupBy(rows, keyOf).values()].flatMap((those): readonly Row[] => {
    const [first, ...others] = those;
    if (first === undefined || those.length < minFolded) return those;
    const rowsIn = () => unfolded(those, more, (row) => row);
    return [{ kind: "fold", ...foldedOf([first, ...others]), rows: rowsIn }];
  });
}

function countedTexts(texts: readonly Message[]): readonly Message[] {
  const same = Map.groupBy(texts, inEnglish);
  return [...same]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([text, { length }]) => verbatim(`${text} (${length})`));
}
