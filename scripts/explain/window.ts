import { isObject, type Json, type JsonObject } from "../../src/core/resources/json.ts";
import { inEnglish } from "../../src/core/text/message.ts";
import { marksInWords } from "../../src/core/windows/marks.ts";
import { occurrences } from "../../src/core/windows/occurrences.ts";
import { checkSchedule } from "../../src/core/windows/rules.ts";
import type { Occurrence } from "../../src/core/windows/types.ts";
import { readWindow } from "../../src/core/windows/window.ts";
import { scheduleInWords } from "../../src/core/windows/words.ts";
import { Failure } from "../bootstrap/failure.mjs";
import type { Values } from "../lib/task.ts";
import { instantOf } from "./input.ts";
import type { Subject } from "./subject.ts";

const options = {
  scope: { type: "string", default: "OSImage" },
  from: { type: "string" },
  count: { type: "string", default: "10" },
} as const;

/** More than these take longer than one wants to wait for. */
const maxOccurrences = 10_000;

/**
 * Explains a `maintenanceWindow`: its schedule in words, the rules that it breaks as one that is about to be written, and its
 * next occurrences.
 */
export const windowSubject: Subject<typeof options> = {
  usage: `npm run -s explain -- window '<json of a maintenanceWindow>' | - [--scope ${options.scope.default}] [--from <ISO instant, else now>] [--count <0 to ${maxOccurrences}, else ${options.count.default}>]`,
  options,
  explain: explainWindow,
};

function explainWindow(json: JsonObject, { scope, from, count }: Values<typeof options>) {
  const now = new Date().toISOString();
  const query = { from: from === undefined ? now : instantOf("--from", from), count: countOf(count) };
  const configuration = { properties: { maintenanceScope: scope, maintenanceWindow: windowIn(json) } };
  const fields = readWindow(configuration);
  return {
    summary: inEnglish(scheduleInWords(fields)),
    problems: checkSchedule(configuration, { now }).map(({ rule, severity, message }) => ({
      rule,
      severity,
      message: inEnglish(message),
    })),
    occurrences: occurrences(fields, query).map(withNote),
  };
}

/** Of a start that comes twice it is said what that leaves open. */
function withNote(occurrence: Occurrence) {
  const words = occurrence.marks.includes("overlap") ? marksInWords(occurrence) : undefined;
  return { ...occurrence, ...(words && { note: inEnglish(words) }) };
}

/** Every field as text, so that a number is a field that is not understood rather than one that is missing. */
function windowIn(json: JsonObject): JsonObject {
  if (isObject(json["properties"]) || isObject(json["maintenanceWindow"])) {
    throw new Failure("This is a whole configuration. Use its properties.maintenanceWindow.");
  }
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" || value === null || value === undefined
    ? (value ?? null)
    : JSON.stringify(value);
}

function countOf(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count <= maxOccurrences) return count;
  throw new Failure(`--count must be a number from 0 to ${maxOccurrences}, not ${JSON.stringify(text)}.`);
}
