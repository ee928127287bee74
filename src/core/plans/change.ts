import { idKey } from "../resources/ids.ts";
import type { JsonObject } from "../resources/json.ts";
import type { Message } from "../text/message.ts";

/**
 * One write to Azure, as data. `target` and `after` are the call: PUT or PATCH of `after` to `target`,
 * DELETE of `target` where `after` is absent. Actions are others: POST of `after`, or of nothing, to an address below `target`. They are
 * the registration of a provider and what is done to the instances of a scale set (`updateInstances` and the three about upgrades).
 */
export interface ChangeOf<K extends string> {
  /** Unique within its plan and stable: made from kind and target. */
  readonly id: string;
  readonly kind: K;
  /** Id of the resource written, in the casing Azure gave (for a new one: ours). For (dis)association: the assignment's id. */
  readonly target: string;
  /** One line for the preview and the results: what it does, to what. */
  readonly title: Message;
  /**
   * The part of the resource that the change replaces, as it was read; absent where nothing was there. Of an edit or a deletion of a
   * configuration: all of it, to tell whether it is still the same. Of an action on an upgrade: the set's latest rolling upgrade.
   */
  readonly before?: JsonObject;
  /** The request body; absent for a deletion and for an action that has none. */
  readonly after?: JsonObject;
  /** Ids of the changes that must be done before this one. */
  readonly needs: readonly string[];
  /** What else must hold right before it is sent, or nothing is sent. */
  readonly provided?: readonly Condition[];
  /** Of a deletion of a configuration: the assignments that Azure removes with it, as they were read. */
  readonly takesAlong?: readonly JsonObject[];
  /** Of a kept change: its bodies are missing, since they may hold a secret. It can't be sent, compared or undone. */
  readonly bodyNotKept?: true;
  /** Ids of changes that are to be done before this one, against the usual order. */
  readonly comesAfter?: readonly string[];
  /** Id of the change whose failure asks for this one; where that one ends otherwise, this is not sent. */
  readonly onFailureOf?: string;
}

/** A change of any kind, for the kinds themselves, which are told apart by `kinds.ts` only. */
export type AnyChange = ChangeOf<string>;

/** What a direct read right before a change must show. */
export type Condition =
  /** The scale set, configuration or assignment with this id. */
  | { readonly is: "gone" | "there"; readonly id: string }
  /** Automatic OS upgrades of the scale set with this id: it loses its window. */
  | { readonly is: "off"; readonly id: string }
  /** The assignment with this id leads to this configuration. */
  | { readonly is: "associated"; readonly id: string; readonly configurationId: string }
  /** Nothing leads to the configuration with this id but the assignments in `named`; `scaleSets` are asked directly. */
  | {
      readonly is: "unused";
      readonly id: string;
      readonly named: readonly string[];
      readonly scaleSets: readonly string[];
    };

/** A change on its own: what it needs is known once it stands in a plan (`planOf`). */
export function change<K extends string>(
  kind: K,
  target: string,
  title: Message,
  body: Pick<AnyChange, "before" | "after"> = {},
): ChangeOf<K> {
  return { id: `${kind}:${idKey(target)}`, kind, target, title, ...body, needs: [] };
}
