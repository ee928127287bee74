import { nameOf } from "../../resources/ids.ts";
import { isObject, objectAt } from "../../resources/json.ts";
import type { JsonObject } from "../../resources/json.ts";
import { message } from "../../text/message.ts";
import type { Message } from "../../text/message.ts";
import { same } from "./normalForm.ts";

/** What the kinds that write maintenance configurations share. */

/** Whether two reads show the same configuration: all that a user can write is equal, in Azure's normal form. */
export function sameConfiguration(a: JsonObject, b: JsonObject): boolean {
  return same(writable(a), writable(b));
}

/** A resource without `systemData`, which names the people who wrote it: plans go into the journal, and problems into the log. */
export function withoutPeople({ systemData: _systemData, ...rest }: JsonObject): JsonObject {
  return rest;
}

/** What a PUT of a configuration carries: what only Azure writes is left out. */
export function writable({ id: _id, name: _name, type: _type, ...rest }: JsonObject): JsonObject {
  const properties = objectAt(rest, "properties");
  const body = withoutPeople(rest);
  if (properties === undefined || !("configurationType" in properties)) return body;
  // Azure adds it to each configuration (FACTS §9.4), and the contract does not have it.
  const { configurationType: _configurationType, ...own } = properties;
  return { ...body, properties: own };
}

/** Why a change can be neither undone nor made again. */
export function noLongerExists({ target }: { readonly target: string }): Message {
  return message("{0} no longer exists.", nameOf(target));
}

export function otherValues(): Message {
  return message("It has changed again since.");
}

/** A change whose read-back is missing: what is there now may be its own, or another's. */
export function leftUnknown(): Message {
  return message("Its values after the change weren't saved. The current values may be someone else's.");
}

export function notRead(): Message {
  return message("Its earlier values weren't saved.");
}

/** `object` without members that are undefined. */
export function defined(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** The tags of a configuration with these edits: Azure compares the names of tags without case. */
export function withTags(
  before: JsonObject | undefined,
  edits: Readonly<Record<string, string | undefined>>,
): JsonObject {
  const edited = new Set(Object.keys(edits).map((name) => name.toLowerCase()));
  const others = Object.entries(isObject(before) ? before : {}).filter(
    ([name]) => !edited.has(name.toLowerCase()),
  );
  return { ...Object.fromEntries(others), ...defined(edits) };
}
