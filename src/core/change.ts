import { idKey } from "./ids.ts";
import type { Message } from "./message.ts";
import type { Change, ChangeKind } from "./plan.ts";

/** A change on its own: what it needs is known once it stands in a plan (`planOf`). */
export function change(
  kind: ChangeKind,
  target: string,
  title: Message,
  body: Pick<Change, "before" | "after"> = {},
): Change {
  return { id: `${kind}:${idKey(target)}`, kind, target, title, ...body, needs: [] };
}
