import type { Texts } from "./texts.ts";

/** The language that pseudo-localised texts are in, as VS Code is given it: `--locale qps-ploc`. */
export const pseudoLanguage = "qps-ploc";

/** How much longer its texts are than English, as translations are. */
const growth = 1.35;

const accents = new Map(
  [..."aàcçeéiîlĺnñoôrŕsšuüyýzžAÀCÇEÉIÎLĹNÑOÔRŔSŠUÜYÝZŽ"].flatMap((letter, index, all) =>
    index % 2 === 0 ? [[letter, all[index + 1] ?? letter] as const] : [],
  ),
);

/** What is not text: placeholders, icons, code, targets of links, addresses, the signs of Markdown. */
const marks = /\{\d+\}|\$\([\w~-]+\)|`[^`]*`|\]\((?:[^()\s]|\([^()]*\))+\)|https?:\/\/[^\s)]+|\*\*|\[/;

/** Texts that a reader can read still, with accents, in brackets, and longer: what shows up without them is not translated. */
export function pseudoTexts(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, pseudoText(text)]));
}

/** Line by line: VS Code makes a button of a line that is a link alone, so that its brackets are within the link. */
export function pseudoText(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      const [, start = "", label = "", end = ""] =
        /^(\s*\[)(.+)(\]\((?:[^()\s]|\([^()]*\))+\))$/.exec(line) ??
        /^(\s*(?:[-#|>]+ )?)(.*?)(…?\s*)$/.exec(line) ??
        [];
      return /[A-Za-z]{2}/.test(withoutMarks(label)) ? `${start}⟦${longer(label)}⟧${end}` : line;
    })
    .join("\n");
}

function longer(text: string): string {
  const pieces = text.split(new RegExp(`(${marks.source})`, "g"));
  const letters = withoutMarks(text).length;
  let missing = Math.round(letters * growth) - letters;
  const said = pieces.map((piece, index) => {
    if (index % 2 === 1) return piece;
    return piece.replaceAll(/[A-Za-z]/g, (letter) => {
      const accented = accents.get(letter) ?? letter;
      const isVowel = /[aeiou]/.test(letter) && missing > 0;
      if (isVowel) missing -= 1;
      return isVowel ? accented + accented : accented;
    });
  });
  return `${said.join("")}${"~".repeat(missing)}`;
}

function withoutMarks(text: string): string {
  return text.replaceAll(new RegExp(marks, "g"), "");
}
