import type { Change } from "../../core/plans/plan.ts";
import { inPieces, type Sliced } from "../../core/slices.ts";
import { waitsFor } from "../../core/plans/waiting.ts";
import type { CodeInput } from "./input.ts";
import { inOrder } from "./order.ts";
import { isUnsayable } from "./steps.ts";

/** What a change is to a language that says what there is to be, and not what is to be done. */
export type Declared<Piece> =
  | Piece
  /** The language can't say it: the companion script does it. */
  | "script"
  /** It is done once and leaves nothing behind that could be declared. */
  | "action";

/** A change with what a language declares of it. */
export interface DeclaredChange<Piece> {
  readonly change: Change;
  readonly piece: Piece;
}

/** The changes of a plan as a declarative export divides them, each in the order of the plan. */
export interface Stages<Piece> {
  /** What the companion script does ahead of all that is declared. */
  readonly before: readonly Change[];
  readonly declared: readonly DeclaredChange<Piece>[];
  /** What the companion script does behind it. */
  readonly after: readonly Change[];
  /** Not exported: an action would be done again with each deployment. */
  readonly actions: readonly Change[];
  /** Not exported: it is done only where another change fails. */
  readonly onFailure: readonly Change[];
}

/**
 * Divides a plan so that its order holds. All that is declared comes about in one go, so a change that can't be declared is done before that or
 * after it, and one that needs what is done after it is not declared either.
 */
export function* stagesOf<Piece extends object>(
  { changes }: CodeInput,
  declare: (change: Change) => Declared<Piece>,
): Sliced<Stages<Piece>> {
  const before: Change[] = [];
  const declared: DeclaredChange<Piece>[] = [];
  const after: Change[] = [];
  const actions: Change[] = [];
  const onFailure: Change[] = [];
  const places = new Map<string, "declared" | "after">();
  yield* inPieces(inOrder(changes) ?? changes, (change) => {
    const waitedFor = new Set([...waitsFor(change)].map((id) => places.get(id)));
    const piece = isUnsayable(change) ? "script" : declare(change);
    if (change.onFailureOf !== undefined) onFailure.push(change);
    else if (piece === "action") actions.push(change);
    else if (piece !== "script" && !waitedFor.has("after")) {
      declared.push({ change, piece });
      places.set(change.id, "declared");
    } else if (waitedFor.has("after") || waitedFor.has("declared")) {
      after.push(change);
      places.set(change.id, "after");
    } else before.push(change);
  });
  return { before, declared, after, actions, onFailure };
}
