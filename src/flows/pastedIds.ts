import { idKey, isScaleSetId, parseId } from "../core/ids.ts";
import { message, type Message } from "../core/message.ts";
import type { Snapshot } from "../fleet/snapshot.ts";
import type { TextQuestion } from "./question.ts";

/** The ids in a pasted text, each once. A line break pasted into a field of one line may leave two ids side by side. */
export function readPastedIds(text: string): readonly string[] {
  const ids = text.split(/[\s,;"']+|(?=\/subscriptions\/)/i).filter((part) => part !== "");
  return [...new Map(ids.map((id) => [idKey(id), id])).values()];
}

export function pastedIdsQuestion(snapshot: Snapshot): TextQuestion {
  return {
    kind: "text",
    title: message("Resource ids"),
    prompt: message("Resource ids of scale sets, separated by spaces, commas or line breaks"),
    placeholder: message("/subscriptions/…/providers/Microsoft.Compute/virtualMachineScaleSets/…"),
    validate: (text) => {
      const ids = readPastedIds(text);
      if (ids.length === 0)
        return [{ severity: "block", message: message("Paste at least one resource id") }];
      return ids.flatMap((id) => {
        const reason = whyNot(snapshot, id);
        return reason === undefined ? [] : [{ severity: "block", message: reason }];
      });
    },
  };
}

function whyNot(snapshot: Snapshot, id: string): Message | undefined {
  const parsed = parseId(id);
  if (parsed === undefined) {
    return message(
      "“{0}” is not a resource id: one begins with /subscriptions/. Copy it from the portal",
      id,
    );
  }
  if (!isScaleSetId(id)) {
    const type = [parsed.provider ?? "", ...parsed.types].join("/");
    return message("“{0}” is not a scale set but {1}. Leave it out", id, type);
  }
  if (snapshot.scaleSets.has(idKey(id))) return undefined;
  const record = [...snapshot.subscriptions.values()].find(
    ({ subscription }) => subscription.subscriptionId.toLowerCase() === parsed.subscriptionId.toLowerCase(),
  );
  if (record === undefined) {
    return message("“{0}” is in a subscription that is not shown. Check your accounts and the filter", id);
  }
  if (record.scaleSets.state === "loading") return message("“{0}” is still being read. Try in a moment", id);
  return message(
    "“{0}” was not found in {1}. Check the name, or refresh",
    id,
    record.subscription.displayName,
  );
}
