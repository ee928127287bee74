/**
 * Text from outside with nothing in it that is not seen. A name may hold characters that turn the direction of a line, that take no room,
 * or that begin a line of their own: with them one resource could pass for another, and a name for a sentence of ours.
 */

/** Line ends of every kind, and tabs. */
const breaks = /\r\n|[\n\r\t\v\f\u0085\u2028\u2029]/gu;

/** Marks that only help a renderer to order letters and signs. Dates in some languages have them; where they are missing nothing is hidden. */
const directionMarks = /[\u200e\u200f\u061c]/gu;

/**
 * What controls, formats or is drawn as nothing, and halves of characters. The selectors that choose how a character is drawn, of an emoji
 * for one, stay.
 */
const unseen =
  /(?![\ufe00-\ufe0f\t\n\r])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Most text has none of all that. */
const plain = /^[\x20-\x7e]*$/;

/** The text as one line: line breaks and tabs are spaces, what is not seen is named by its code, as in `‹U+202E›`. */
export function oneLine(text: string): string {
  return plain.test(text) ? text : seen(text.replaceAll(breaks, " "));
}

/** The same in as many lines as it has. */
export function inLines(text: string): string {
  return plain.test(text) ? text : seen(text);
}

/** The text, or its beginning with `…` where it is longer than `limit` characters. */
export function bounded(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // Not in the middle of a character.
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

function seen(text: string): string {
  return text.replaceAll(directionMarks, "").replaceAll(unseen, nameOf);
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `‹U+${code.toString(16).toUpperCase().padStart(4, "0")}›`;
}
