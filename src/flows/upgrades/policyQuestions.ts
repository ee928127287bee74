/** Questions for values of the upgrade policy, filled with what the sets have. */
import { secondsOf } from "../../core/resources/isoDuration.ts";
import type { Json } from "../../core/resources/json.ts";
import { joined, message, verbatim, type Message } from "../../core/text/message.ts";
import { scaleSetsInWords } from "../review/counts.ts";
import type { ScaleSetRecord } from "../../fleet/snapshot/snapshot.ts";
import { policyValue, type PolicyMember, type PolicyMemberName } from "./policyMembers.ts";
import type { Choice, Question, Verdict } from "../engine/question.ts";
import { choice, fact } from "../engine/rows.ts";

/** One answer per member, by its name. */
export type PolicyAnswers = { readonly [Name in PolicyMemberName]?: string };

/** The value on the wire that an answer stands for. */
export function policyJson({ takes }: PolicyMember, answer: string): Json {
  if (takes.kind === "flag") return answer === "true";
  return takes.kind === "percent" ? Number(answer) : answer;
}

/** What is wrong with a value that is typed for a member: its range, and where that stands. */
export function policyVerdicts(
  { name, takes, azureDefault, source }: PolicyMember,
  text: string,
  answers: PolicyAnswers,
): readonly Verdict[] {
  if (takes.kind === "percent") {
    const { min, max } = takes;
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < min || number > max) {
      const problem = message(
        "Enter a whole number from {0} to {1}. Azure's default is {2}. Source: {3}",
        min,
        max,
        textOf(azureDefault),
        source,
      );
      return [{ severity: "block", message: problem }];
    }
    return name === "maxUnhealthyInstancePercent" ? belowBatch(number, answers) : [];
  }
  if (takes.kind !== "duration" || secondsOf(text) !== undefined) return [];
  const problem = message(
    "Enter an ISO 8601 duration in days, hours, minutes and seconds, such as PT30S. Azure's default is {0}. Source: {1}",
    textOf(azureDefault),
    source,
  );
  return [{ severity: "block", message: problem }];
}

const batchRule = "learn.microsoft.com/dotnet/api/microsoft.azure.batch.rollingupgradepolicy";

/** Documented for the sets of Azure Batch alone, and so no reason to stop. */
function belowBatch(unhealthy: number, { maxBatchInstancePercent }: PolicyAnswers): readonly Verdict[] {
  if (maxBatchInstancePercent === undefined || Number(maxBatchInstancePercent) <= unhealthy) return [];
  const problem = message(
    "Azure may refuse less than the batch size of {0}: instances of a batch count as unhealthy. Source: {1}",
    maxBatchInstancePercent,
    batchRule,
  );
  return [{ severity: "warn", message: problem }];
}

/** Asks for the value that these sets are to have. */
export function policyQuestion(
  member: PolicyMember,
  sets: readonly ScaleSetRecord[],
  answers: PolicyAnswers,
): Question {
  const { label, meaning, takes, azureDefault } = member;
  const common = commonValue(member, sets);
  const proposed = textOf(common ?? azureDefault);
  if (takes.kind === "flag" || takes.kind === "mode") {
    const rows = takes.kind === "flag" ? flagRows : modeRows;
    const isKept = ({ value }: Choice) => common !== undefined && value === textOf(common);
    return {
      kind: "pick",
      title: label,
      placeholder: nowInWords(member, sets),
      proposed: rows.some(({ value }) => value === proposed) ? proposed : (rows[0]?.value ?? ""),
      rows: [
        ...rows.map((row) => (isKept(row) ? { ...row, description: message("current") } : row)),
        fact("info", meaning),
      ],
    };
  }
  return {
    kind: "text",
    title: label,
    prompt: joined(" ", [meaning, rangeOf(member), nowInWords(member, sets)]),
    proposed,
    validate: (text) => policyVerdicts(member, text, answers),
  };
}

function rangeOf({ takes, azureDefault }: PolicyMember): Message {
  return takes.kind === "percent"
    ? message("{0} to {1}. Azure's default is {2}.", takes.min, takes.max, textOf(azureDefault))
    : message("Azure's default is {0}.", textOf(azureDefault));
}

const flagRows: readonly Choice[] = [
  choice("true", "check", message("On")),
  choice("false", "circle-slash", message("Off")),
];

const modeRows: readonly Choice[] = [
  choice("Rolling", "layers", verbatim("Rolling"), {
    detail: message("Batch by batch, by the rolling upgrade policy. Needs a health source."),
  }),
  choice("Automatic", "zap", verbatim("Automatic"), {
    detail: message("At once, in any order. All instances may be down at the same time."),
  }),
  choice("Manual", "person", verbatim("Manual"), {
    detail: message("Only when you update each instance to the latest model."),
  }),
];

/** What the sets have now, in words: `Now: 20 (Azure's default).` */
function nowInWords(member: PolicyMember, sets: readonly ScaleSetRecord[]): Message {
  return message("Now: {0}", presentInWords(member, sets));
}

/** `10`, or where the sets differ `10 (2 scale sets), 20 (5 scale sets)`. */
export function presentInWords(member: PolicyMember, sets: readonly ScaleSetRecord[]): Message {
  const counts = Map.groupBy(sets, ({ resource }) => textOf(policyValue(resource, member)));
  const [[first] = [""], ...others] = [...counts];
  if (others.length === 0) return valueInWords(member, first);
  const parts = [...counts].map(([text, { length }]) =>
    message("{0} ({1})", valueInWords(member, text), scaleSetsInWords(length)),
  );
  return joined(", ", parts);
}

function valueInWords({ takes, azureDefault }: PolicyMember, text: string): Message {
  const shown = text === "" ? textOf(azureDefault) : text;
  const words =
    takes.kind === "flag" && shown === "true"
      ? message("on")
      : takes.kind === "flag" && shown === "false"
        ? message("off")
        : verbatim(shown);
  if (text !== "") return words;
  return azureDefault === undefined ? message("not set") : message("{0}, Azure's default", words);
}

/** What all the sets have, by Azure's default too; undefined where they differ or have nothing. */
function commonValue(member: PolicyMember, sets: readonly ScaleSetRecord[]): Json | undefined {
  const values = sets.map(({ resource }) => policyValue(resource, member) ?? member.azureDefault);
  return values.every((value) => textOf(value) === textOf(values[0])) ? values[0] : undefined;
}

/** A value of the wire as it is typed; empty where there is none. */
export function textOf(value: Json | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
