import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../bootstrap/paths.mjs";

/** Texts by key. In a bundle the key is the English text itself. */
export type Texts = Readonly<Record<string, string>>;

/** A file of texts in a language, as VS Code names it; without a language the English one. */
export const files = {
  bundle: (language?: string) => join(root, "l10n", `bundle.l10n${suffix(language)}.json`),
  manifest: (language?: string) => join(root, `package.nls${suffix(language)}.json`),
} as const;

function suffix(language: string | undefined): string {
  return language === undefined ? "" : `.${language}`;
}

export type FileName = keyof typeof files;
export const fileNames = ["bundle", "manifest"] as const satisfies readonly FileName[];

/** What is in a file of texts; nothing where a language has none. */
export function readTexts(name: FileName, language?: string): Texts {
  const file = files[name](language);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Texts) : {};
}

/** A file of texts as it is written. */
export function textsAsJson(texts: Texts): string {
  return `${JSON.stringify(texts, undefined, 2)}\n`;
}

/** The texts that a language lacks, in English. */
export function missingTexts(english: Texts, translated: Texts): Texts {
  return Object.fromEntries(Object.entries(english).filter(([key]) => !Object.hasOwn(translated, key)));
}

/** What is in the text of every language alike: placeholders, icons, code, and where links lead. */
const alike =
  /\{\d+\}|\$\([\w~-]+\)|`[^`]*`|(?<=\]\()(?:[^()\s]|\([^()]*\))+(?=\))|https?:\/\/[^\s)“”,]+|\*\*/g;

/** In which ways a translation is not one of its English text: each with the key. */
export function flawsOf(english: Texts, translated: Texts): string[] {
  return Object.entries(translated).flatMap(([key, text]) => {
    const original = english[key];
    if (original === undefined) return []; // its key is not one of English, which is looked at apart
    const flaws: string[] = [];
    const [has, wanted] = [marksOf(text), marksOf(original)];
    if (has !== wanted)
      flaws.push(`${key}: has ${has || "nothing"} where English has ${wanted || "nothing"}`);
    if (text.endsWith("…") !== original.endsWith("…")) flaws.push(`${key}: differs in the … at its end`);
    if (text.split("\n").length !== original.split("\n").length) flaws.push(`${key}: differs in its lines`);
    if (text.trim() === "") flaws.push(`${key}: is empty`);
    return flaws;
  });
}

/** In the order of the alphabet: other languages put them in another one. */
function marksOf(text: string): string {
  return [...text.matchAll(alike)]
    .map(([mark]) => mark)
    .toSorted()
    .join(" ");
}
