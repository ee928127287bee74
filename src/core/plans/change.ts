import { idKey, parseId } from "../resources/ids.ts";
import type { Message } from "../text/message.ts";
import type { Change, ChangeKind } from "./plan.ts";

/** The scale set that a change to a set, its extensions or its upgrades is about. */
export function scaleSetIdOf({ kind, target }: Pick<Change, "kind" | "target">): string {
  return kind === "addHealthExtension" ? target.replace(/\/extensions\/[^/]+$/i, "") : target;
}

/** The resource that a change is about: for what is done to a scale set, its associations included, the set. */
export function subjectOf(change: Pick<Change, "kind" | "target">): string {
  const { kind, target } = change;
  if (kind === "associate" || kind === "dissociate") return parseId(target)?.scope ?? target;
  return scaleSetIdOf(change);
}

/** Whether a change is done to a set's rolling upgrade: what it leaves behind is that, not the set. */
export function isUpgradeAction({ kind }: Pick<Change, "kind">): boolean {
  return kind === "startUpgrade" || kind === "cancelUpgrade" || kind === "approveUpgrade";
}

/** A change on its own: what it needs is known once it stands in a plan (`planOf`). */
export function change(
  kind: ChangeKind,
  target: string,
  title: Message,
  body: Pick<Change, "before" | "after"> = {},
): Change {
  return { id: `${kind}:${idKey(target)}`, kind, target, title, ...body, needs: [] };
}
