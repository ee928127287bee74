import { isObject, type Json } from "../../core/resources/json.ts";
import { oneLine } from "../../core/text/visible.ts";

const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A text in Bicep: one literal, whatever it holds (https://learn.microsoft.com/azure/azure-resource-manager/bicep/data-types#strings). */
export function bicepText(text: string): string {
  const escaped = text
    .replaceAll(/[\\']|\$(?=\{)/g, (character) => `\\${character}`)
    .replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, (character) => escapes[character] ?? byCode(character));
  return `'${escaped}'`;
}

function byCode(character: string): string {
  // Half of a character is no character that Bicep could name.
  const code = /\p{Cs}/u.test(character) ? 0xfffd : (character.codePointAt(0) ?? 0);
  return `\\u{${code.toString(16)}}`;
}

/** The name of a member. */
export function bicepKey(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : bicepText(name);
}

/** A value, over several lines where it has members; `indent`: that of the line it begins in. */
export function bicepValue(value: Json, indent = ""): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => `${inner}${bicepValue(item, inner)}\n`);
    return items.length === 0 ? "[]" : `[\n${items.join("")}${indent}]`;
  }
  if (isObject(value)) {
    const members = Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [`${inner}${bicepKey(name)}: ${bicepValue(member, inner)}\n`],
    );
    return members.length === 0 ? "{}" : `{\n${members.join("")}${indent}}`;
  }
  if (typeof value === "string") return bicepText(value);
  // Bicep has whole numbers only.
  return typeof value === "number" && !Number.isSafeInteger(value)
    ? `json(${bicepText(JSON.stringify(value))})`
    : String(value as unknown);
}

/** A line of comment, in which no text from outside can begin another line. */
export function bicepComment(text: string): string {
  return `// ${oneLine(text)}`.trimEnd();
}
