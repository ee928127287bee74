/** The steps that say which scale sets a flow is about. */
import { idKey } from "../core/ids.ts";
import { message, verbatim, type Message } from "../core/message.ts";
import type { LeftOut } from "../core/plan.ts";
import type { Picking } from "../core/plans.ts";
import type { ScaleSetRecord, Snapshot } from "../fleet/snapshot.ts";
import type { FlowContext } from "./context.ts";
import type { Step } from "./engine.ts";
import { pastedIdsQuestion, readPastedIds } from "./pastedIds.ts";
import type { Answer, Choice } from "./question.ts";
import { scaleSetRows } from "./scaleSetRows.ts";

/** What the button "Paste resource ids" answers with. */
const paste = "paste";

export interface ScaleSetAnswers {
  /** Ids of the chosen sets, or `paste`. */
  readonly scaleSets?: Answer;
  readonly pastedIds?: string;
  /** What to do with chosen sets that another service manages: `leaveOut` or `include`. */
  readonly managed?: string;
}

export interface ScaleSetList {
  readonly title: Message;
  readonly placeholder: Message;
  readonly sets: readonly ScaleSetRecord[];
  /** How a set is shown, where its name and what it has now is not enough. */
  readonly rowOf?: (snapshot: Snapshot, set: ScaleSetRecord) => Choice;
}

/** Asks for sets of the list, then whether those of another service are meant. */
export function scaleSetSteps(
  context: FlowContext,
  listOf: (snapshot: Snapshot) => ScaleSetList,
): readonly Step<ScaleSetAnswers>[] {
  return [
    {
      id: "scaleSets",
      ask: () => {
        const snapshot = context.snapshot();
        const { title, placeholder, sets, rowOf } = listOf(snapshot);
        return {
          kind: "pick",
          title,
          placeholder,
          rows: scaleSetRows(snapshot, sets, rowOf),
          many: { none: message("Tick at least one scale set, with the space bar or the mouse") },
          buttons: [{ kind: "choice", value: paste, icon: "clippy", label: message("Paste resource ids…") }],
        };
      },
    },
    {
      id: "pastedIds",
      applies: ({ scaleSets }) => scaleSets === paste,
      ask: () => pastedIdsQuestion(context.snapshot()),
    },
    managedStep(context),
  ];
}

function managedStep(context: FlowContext): Step<ScaleSetAnswers> {
  return {
    id: "managed",
    applies: (answers) => {
      const chosen = chosenSets(context.snapshot(), answers).sets;
      return chosen.length > 1 && chosen.some(isManaged);
    },
    ask: (answers) => {
      const managed = chosenSets(context.snapshot(), answers).sets.filter(isManaged);
      const names = managed.map(({ name, coverage }) => `${name} (${coverage.managedBy ?? ""})`).join(", ");
      return {
        kind: "pick",
        title: message("Sets of another service"),
        placeholder: message(
          "Some of the chosen scale sets belong to another service, which may undo a change",
        ),
        rows: [
          {
            kind: "choice",
            value: "leaveOut",
            icon: "circle-slash",
            label: message("Leave them out"),
            description: message("recommended"),
            detail: verbatim(names),
          },
          {
            kind: "choice",
            value: "include",
            icon: "warning",
            label: message("Change them all the same"),
            detail: verbatim(names),
          },
        ],
      };
    },
  };
}

const isManaged = ({ coverage }: ScaleSetRecord) => coverage.managedBy !== undefined;

/** The chosen sets that a flow may change: those of another service only where they are meant. */
export function changeableSets(snapshot: Snapshot, answers: ScaleSetAnswers): readonly ScaleSetRecord[] {
  const { sets, picking } = chosenSets(snapshot, answers);
  return picking.oneByOne === true ? sets : sets.filter((set) => !isManaged(set));
}

export interface ChosenSets {
  readonly sets: readonly ScaleSetRecord[];
  /** Chosen ones that are not there any more. */
  readonly gone: readonly LeftOut[];
  readonly picking: Picking;
}

export function chosenSets(snapshot: Snapshot, answers: ScaleSetAnswers): ChosenSets {
  const { scaleSets = [], pastedIds = "", managed } = answers;
  const ids = typeof scaleSets === "string" ? readPastedIds(pastedIds) : scaleSets;
  const found = ids.map((id) => [id, snapshot.scaleSets.get(idKey(id))] as const);
  return {
    sets: found.flatMap(([, set]) => set ?? []),
    gone: found.flatMap(([target, set]) =>
      set === undefined
        ? [
            {
              target,
              reason: message(
                "It is no longer among the scale sets that were read. Refresh to see what there is.",
              ),
            },
          ]
        : [],
    ),
    picking: { oneByOne: ids.length === 1 || managed === "include" },
  };
}
