import { oneLine } from "../../core/text/visible.ts";

const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A text in HCL: one literal, whatever it holds (https://developer.hashicorp.com/terraform/language/expressions/strings). */
export function hclText(text: string): string {
  const escaped = text
    .replaceAll(/[\\"]/g, (character) => `\\${character}`)
    .replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, (character) => escapes[character] ?? byCode(character))
    .replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
  return `"${escaped}"`;
}

function byCode(character: string): string {
  // Half of a character is no character that HCL could name.
  const code = /\p{Cs}/u.test(character) ? 0xfffd : (character.codePointAt(0) ?? 0);
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Words that HCL reads as something else than a name. */
const words: ReadonlySet<string> = new Set([
  "for",
  "if",
  "in",
  "else",
  "endif",
  "endfor",
  "true",
  "false",
  "null",
]);

/** The name of a member of an object. */
export function hclKey(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !words.has(name) ? name : `(${hclText(name)})`;
}

/** A line of comment, in which no text from outside can begin another line. */
export function hclComment(text: string): string {
  return `# ${oneLine(text)}`.trimEnd();
}
