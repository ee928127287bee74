/** The steps that say which scale sets a flow is about. */
import { onceFor } from "../../core/memo.ts";
import { idKey } from "../../core/resources/ids.ts";
import { joined, message, verbatim, type Message } from "../../core/text/message.ts";
import { scaleSetsInWords } from "../review/counts.ts";
import type { LeftOut } from "../../core/plans/plan.ts";
import type { Picking } from "../../core/plans/plans.ts";
import type { ScaleSetRecord, Snapshot } from "../../fleet/snapshot/snapshot.ts";
import type { FlowContext } from "../engine/context.ts";
import type { Step } from "../engine/engine.ts";
import { maxListedRows } from "../review/changeRows.ts";
import { someNames } from "../upgrades/fixRows.ts";
import { foundIdsQuestion, idsIn, pastedIdsQuestion, readIds } from "./pastedIds.ts";
import type { Answer, Choice, PickQuestion, Row } from "../engine/question.ts";
import { choice } from "../engine/rows.ts";
import { scaleSetRows } from "./scaleSetRows.ts";

/** What the buttons that take resource ids answer with. */
const idSources = ["paste", "clipboard", "file"] as const;

export interface ScaleSetAnswers {
  /** Ids of the only sets that are offered, all of them proposed: those of a node that stands for several. */
  readonly among?: readonly string[];
  /** Of the chosen sets, one or more ids in each; or where to take ids from. */
  readonly scaleSets?: Answer;
  readonly pastedIds?: string;
  /** Ids that were found in what was pasted or read. */
  readonly foundIds?: string;
  /** What to do with chosen sets that another service manages: `leaveOut` or `include`. */
  readonly managed?: string;
}

export interface ScaleSetList {
  /** How many others are not listed, and why; absent where the list has all. */
  readonly hidden?: Message;
  readonly sets: readonly ScaleSetRecord[];
  /** How a set is shown, where its name and what it has now is not enough. */
  readonly rowOf?: (snapshot: Snapshot, set: ScaleSetRecord) => Choice;
}

/** The list of the scale sets that a flow is for. `whyHidden`: why the others are not listed. */
export function listWhere(
  snapshot: Snapshot,
  isFor: (set: ScaleSetRecord) => boolean,
  whyHidden: Message,
): ScaleSetList {
  const all = [...snapshot.scaleSets.values()];
  const sets = all.filter(isFor);
  const others = all.length - sets.length;
  return { sets, ...(others > 0 && { hidden: message("{0} hidden: {1}", others, whyHidden) }) };
}

/** Asks for sets of the list, or for their ids, then whether to change those of another service. */
export function scaleSetSteps<A extends ScaleSetAnswers>(
  context: FlowContext,
  listOf: (snapshot: Snapshot) => ScaleSetList,
): readonly Step<A>[] {
  const sourceOf = ({ scaleSets }: A) => idSources.find((source) => source === scaleSets);
  const isIncomplete = ({ pastedIds = "" }: A) => readIds(context.snapshot(), pastedIds).leftOut.length > 0;
  return [
    {
      id: "scaleSets",
      ask: ({ among }) => listQuestion(context, listOf(context.snapshot()), among),
    },
    {
      id: "pastedIds",
      applies: (answers) => sourceOf(answers) === "paste",
      ask: () => pastedIdsQuestion(context.snapshot()),
    },
    {
      id: "foundIds",
      applies: (answers) => {
        const source = sourceOf(answers);
        return source !== undefined && (source !== "paste" || isIncomplete(answers));
      },
      ask: (answers) =>
        foundIdsQuestion(context, async () => {
          const source = sourceOf(answers) ?? "paste";
          return source === "paste" ? (answers.pastedIds ?? "") : context.textFrom(source);
        }),
    },
    managedStep(context),
  ];
}

function listQuestion(
  context: FlowContext,
  { hidden, sets, rowOf }: ScaleSetList,
  among: readonly string[] | undefined,
): PickQuestion {
  const snapshot = context.snapshot();
  const only = among && new Set(among.map(idKey));
  const offered = only ? sets.filter(({ id }) => only.has(idKey(id))) : sets;
  const selected = new Set(only ? [] : selectedAmong(context, offered));
  return {
    kind: "pick",
    title: message("Choose scale sets"),
    placeholder: joined(" · ", [
      message("Search by name, resource group or region"),
      ...(hidden === undefined ? [] : [hidden]),
    ]),
    rows: [...filteredRows(context, offered), ...scaleSetRows(snapshot, offered, rowOf, selected)],
    many: { none: message("Select at least one scale set (Space)") },
    proposed: only ? offered.map(({ id }) => id) : [...selected],
    buttons: [
      choice("paste", "edit", message("Paste Resource IDs…")),
      choice("clipboard", "clippy", message("Resource IDs from Clipboard")),
      choice("file", "file", message("Resource IDs from File…")),
    ],
  };
}

/** Ids of the sets of the list that are selected in the Fleet view. */
function selectedAmong({ selected = {} }: FlowContext, sets: readonly ScaleSetRecord[]): readonly string[] {
  const { scaleSetIds = [], among = [] } = selected;
  const ids = new Set([...scaleSetIds, ...among].map(idKey));
  return sets.filter(({ id }) => ids.has(idKey(id))).map(({ id }) => id);
}

/** One row for all sets of the list that the view's filter lets through; none while there is no filter. */
function filteredRows({ fleetView }: FlowContext, sets: readonly ScaleSetRecord[]): readonly Row[] {
  if (fleetView === undefined || fleetView.filter === "") return [];
  const shown = new Set(fleetView.shownScaleSets().map(idKey));
  const those = sets.filter(({ id }) => shown.has(idKey(id)));
  if (those.length === 0) return [];
  return [
    choice(
      those.map(({ id }) => id).join(" "),
      "filter",
      message("{0} matching your filter", scaleSetsInWords(those.length)),
      { description: verbatim(fleetView.filter) },
    ),
  ];
}

function managedStep<A extends ScaleSetAnswers>(context: FlowContext): Step<A> {
  return {
    id: "managed",
    applies: (answers) => {
      const chosen = chosenSets(context.snapshot(), answers).sets;
      return chosen.length > 1 && chosen.some(isManaged);
    },
    ask: (answers) => {
      const managed = chosenSets(context.snapshot(), answers).sets.filter(isManaged);
      const names = someNames(
        managed.map(({ name, coverage }) => `${name} (${coverage.managedBy ?? ""})`),
        maxListedRows,
      );
      return {
        kind: "pick",
        title: message("Managed scale sets"),
        placeholder: message("Another service manages some scale sets and may undo your changes"),
        rows: [
          choice("leaveOut", "circle-slash", message("Skip them"), {
            description: message("recommended"),
            detail: verbatim(names),
          }),
          choice("include", "warning", message("Change them anyway"), { detail: verbatim(names) }),
        ],
      };
    },
  };
}

const isManaged = ({ coverage }: ScaleSetRecord) => coverage.managedBy !== undefined;

/** The chosen sets that a flow may change: those of another service only where the user includes them. */
export function changeableSets(snapshot: Snapshot, answers: ScaleSetAnswers): readonly ScaleSetRecord[] {
  const { sets, picking } = chosenSets(snapshot, answers);
  return picking.oneByOne === true ? sets : sets.filter((set) => !isManaged(set));
}

export interface ChosenSets {
  readonly sets: readonly ScaleSetRecord[];
  /** Chosen ones that are not there any more. */
  readonly missing: readonly LeftOut[];
  readonly picking: Picking;
}

export function chosenSets(snapshot: Snapshot, answers: ScaleSetAnswers): ChosenSets {
  const { scaleSets = none, pastedIds = "", foundIds = pastedIds, managed } = answers;
  const chosen = typeof scaleSets === "string" ? idsIn(foundIds) : scaleSets;
  const { count, ...found } = foundIn(snapshot)(chosen);
  return { ...found, picking: { oneByOne: count === 1 || managed === "include" } };
}

const none: readonly string[] = [];

/** Found once for each list of ids: each step asks, and there may be thousands. */
const foundIn = onceFor((snapshot: Snapshot) =>
  onceFor((values: readonly string[]) => {
    const ids = values.flatMap((value) => (value.includes(" ") ? idsIn(value) : value));
    const distinct = new Map(ids.map((id) => [idKey(id), id]));
    const found = [...distinct].map(([key, id]) => [id, snapshot.scaleSets.get(key)] as const);
    return {
      count: distinct.size,
      sets: found.flatMap(([, set]) => set ?? []),
      missing: found.flatMap(([target, set]) =>
        set === undefined ? [{ target, reason: noLongerListed }] : [],
      ),
    };
  }),
);

const noLongerListed = message("No longer listed. Refresh, then try again.");
