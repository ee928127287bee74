import { at, objectAt, type Json, type JsonObject } from "../../core/resources/json.ts";
import { message, verbatim, type Message } from "../../core/text/message.ts";
import type { Fact } from "../engine/question.ts";
import { fact } from "../engine/rows.ts";

/** What becomes different in a configuration, a row for each value: `before` as it was read, `after` as it will be sent. */
export function editRows(before: JsonObject, after: JsonObject): readonly Fact[] {
  const windows = [before, after].map((one) => objectAt(one, "properties", "maintenanceWindow"));
  const tags = [before, after].map((one) => objectAt(one, "tags"));
  return [
    ...differences(windows).map(({ name, values: [was, willBe] }) => valueRow(wordsOf(name), was, willBe)),
    ...differences(tags).map(({ name, values: [was, willBe] }) =>
      valueRow(message("Tag {0}", name), was, willBe),
    ),
  ];
}

interface Difference {
  readonly name: string;
  readonly values: readonly (Json | undefined)[];
}

function differences(objects: readonly (JsonObject | undefined)[]): readonly Difference[] {
  const names = new Set(objects.flatMap((object) => Object.keys(object ?? {})));
  return [...names]
    .map((name) => ({ name, values: objects.map((object) => at(object, name)) }))
    .filter(({ values: [was, willBe] }) => JSON.stringify(was) !== JSON.stringify(willBe));
}

function valueRow(name: Message, was: Json | undefined, willBe: Json | undefined): Fact {
  return fact("blank", valueChange(name, was, willBe));
}

/** `Duration: 05:00 → 06:00` */
export function valueChange(name: Message, was: Json | undefined, willBe: Json | undefined): Message {
  return message("{0}: {1} → {2}", name, valueInWords(was), valueInWords(willBe));
}

/** A value as it is, text without quotes; `none` for an absent one. */
export function valueInWords(value: Json | undefined): Message {
  if (value === undefined) return message("none");
  return verbatim(typeof value === "string" ? value : JSON.stringify(value));
}

/** What the wizards call a member of a window. */
function wordsOf(member: string): Message {
  const words: Readonly<Record<string, Message>> = {
    timeZone: message("Time zone"),
    startDateTime: message("Start"),
    duration: message("Duration"),
    recurEvery: message("Recurrence"),
    expirationDateTime: message("Expiry"),
  };
  return words[member] ?? verbatim(member);
}
