import { isObject } from "../core/resources/json.ts";
import type { Json, JsonObject } from "../core/resources/json.ts";
import { message, verbatim } from "../core/text/message.ts";
import type { Message } from "../core/text/message.ts";

/** What differs between two states of a resource, a line each: `tags.owner: "ops" → nothing`. Lists count as one value. */
export function differences(before: JsonObject, now: JsonObject): readonly Message[] {
  return differing("", before, now);
}

function differing(path: string, before: Json | undefined, now: Json | undefined): readonly Message[] {
  if (!isObject(before) || !isObject(now)) {
    const [was, is] = [JSON.stringify(before), JSON.stringify(now)];
    return was === is ? [] : [message("{0}: {1} → {2}", path, shown(was), shown(is))];
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return names.flatMap((name) => differing(path === "" ? name : `${path}.${name}`, before[name], now[name]));
}

function shown(json: string | undefined): Message {
  return json === undefined ? message("nothing") : verbatim(json);
}

/** The value with the members of all objects by name, so that two of them differ only where they say something else. */
export function inOrder(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item: Json) => inOrder(item) as Json);
  if (!isObject(value)) return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, inOrder(value[name])]));
}
