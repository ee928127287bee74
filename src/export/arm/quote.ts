import { isObject, type Json, type JsonObject } from "../../core/resources/json.ts";

/**
 * A value in a template: a text that begins with `[` and ends with `]` would be an expression, and a second `[` in front says that it is a
 * text (https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#escape-characters).
 */
export function armValue(value: Json): Json {
  if (typeof value === "string") return value.startsWith("[") && value.endsWith("]") ? `[${value}` : value;
  if (Array.isArray(value)) return value.map((item: Json) => armValue(item));
  return isObject(value) ? armObject(value) : value;
}

/** The same of an object; the names of its members are no expressions. */
export function armObject(object: JsonObject): JsonObject {
  const members = Object.entries(object).flatMap(([name, member]): [string, Json][] =>
    member === undefined ? [] : [[name, armValue(member)]],
  );
  return Object.fromEntries(members);
}

/** A text inside an expression. */
export function armLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
