/** Scale sets by their resource ids, from a text: typed or pasted into a box, from the clipboard, from a file. */
import { distinctIds, idKey, isScaleSetId, nameOf, parseId } from "../../core/resources/ids.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import { scaleSetsInWords } from "../review/counts.ts";
import type { Snapshot } from "../../fleet/snapshot/snapshot.ts";
import { maxListedRows } from "../review/changeRows.ts";
import type { FlowContext } from "../engine/context.ts";
import { someNames } from "../upgrades/fixRows.ts";
import type { PickQuestion, Row, TextQuestion } from "../engine/question.ts";
import { fact, section } from "../engine/rows.ts";

/** What a text says of scale sets. */
export interface ReadIds {
  /** Ids of sets that are there, each once. */
  readonly found: readonly string[];
  /** The rest: a line without an id, an id of something else, a set that is not there. */
  readonly leftOut: readonly { readonly text: string; readonly reason: Message }[];
}

/** The ids in a text, each once; in any casing, with any separator. */
export function idsIn(text: string): readonly string[] {
  return distinctIds(partsOf(text));
}

export function readIds(snapshot: Snapshot, text: string): ReadIds {
  const lines = text.split(/\r?\n/);
  const parts = lines.flatMap((line) => {
    const those = partsOf(line);
    // Of a line of a table only what looks like an id counts; a box has one line.
    const ids = those.filter((part) => part.includes("/"));
    return lines.length > 1 && ids.length > 0 ? ids : lines.length > 1 && those.length > 0 ? [line] : those;
  });
  const judged = distinctIds(parts.map((part) => part.trim())).map((part) => ({
    text: part,
    reason: whyNot(snapshot, part),
  }));
  return {
    found: judged.flatMap(({ text: id, reason }) => (reason === undefined ? [id] : [])),
    leftOut: judged.flatMap(({ text: id, reason }) => (reason === undefined ? [] : [{ text: id, reason }])),
  };
}

/** A line break pasted into a field of one line may leave two ids side by side. */
const partsOf = (text: string) =>
  text.split(/[\s,;"'[\]{}]+|(?=\/subscriptions\/)/i).filter((part) => part !== "");

export function pastedIdsQuestion(snapshot: Snapshot): TextQuestion {
  return {
    kind: "text",
    title: message("Resource IDs"),
    prompt: message("IDs of scale sets, separated by spaces, commas or line breaks"),
    placeholder: message("/subscriptions/…/providers/Microsoft.Compute/virtualMachineScaleSets/…"),
    validate: (text) => {
      const { found, leftOut } = readIds(snapshot, text);
      if (found.length === 0 && leftOut.length === 0)
        return [{ severity: "block", message: message("Paste at least one resource ID") }];
      const severity = found.length === 0 ? "block" : "warn";
      return leftOut.map(({ reason }) => ({ severity, message: reason }));
    },
  };
}

/** What of a text is taken and what is left out, and why; the answer is the ids that are taken. */
export function foundIdsQuestion(
  context: FlowContext,
  textOf: (signal: AbortSignal) => Promise<string>,
): PickQuestion {
  return {
    kind: "pick",
    title: message("Scale sets found"),
    placeholder: message("IDs that match no scale set are skipped"),
    rows: async (signal) => foundRows(context, readIds(context.snapshot(), await textOf(signal))),
  };
}

function foundRows(context: FlowContext, { found, leftOut }: ReadIds): readonly Row[] {
  const count = found.length;
  const title = message("{0} skipped", leftOut.length);
  const all = leftOut.flatMap(({ text, reason }) => [verbatim(text), message("    {0}", reason)]);
  return [
    count === 0
      ? fact("info", message("No scale sets found"))
      : {
          kind: "choice",
          value: found.join(" "),
          icon: "check",
          label: message("Continue with {0}", scaleSetsInWords(count)),
          ...(leftOut.length > 0 && { detail: title }),
        },
    ...(leftOut.length > maxListedRows
      ? [
          {
            kind: "action" as const,
            icon: "list-tree",
            label: message("Show all skipped IDs"),
            run: () => context.showText(title, all),
          },
        ]
      : []),
    ...section(title, leftOutRows(leftOut)),
  ];
}

function leftOutRows(leftOut: ReadIds["leftOut"]): readonly Row[] {
  const rowOf = ({ text, reason }: ReadIds["leftOut"][number], label = shortly(text)) =>
    fact("circle-slash", verbatim(label), reason);
  if (leftOut.length <= maxListedRows) return leftOut.map((one) => rowOf(one));
  const alike = Map.groupBy(leftOut, ({ reason }) => reason.template);
  return [...alike.values()].flatMap((those) => {
    const [first] = those;
    return first === undefined ? [] : [rowOf(first, someNames(those.map(({ text }) => shortly(text))))];
  });
}

/** The name of what an id names; of any other text the beginning. */
function shortly(text: string): string {
  const name = nameOf(text);
  return name.length > 60 ? `${name.slice(0, 59)}…` : name;
}

function whyNot(snapshot: Snapshot, id: string): Message | undefined {
  const parsed = parseId(id);
  if (parsed === undefined) {
    return message("“{0}” isn't a resource ID. Resource IDs start with /subscriptions/", shortly(id));
  }
  if (!isScaleSetId(id)) {
    const type = [parsed.provider ?? "", ...parsed.types].join("/");
    return message("“{0}” isn't a scale set but {1}", id, type);
  }
  if (snapshot.scaleSets.has(idKey(id))) return undefined;
  const record = snapshot.subscriptions.get(parsed.subscriptionId.toLowerCase());
  if (record === undefined) {
    return message("“{0}” is in a subscription that isn't shown. Check your accounts and the filter", id);
  }
  if (record.scaleSets.state === "loading")
    return message("“{0}” is still loading. Try again in a moment", id);
  return message("“{0}” wasn't found in {1}. Check the name or refresh", id, record.subscription.displayName);
}
