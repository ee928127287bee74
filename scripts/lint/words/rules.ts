import { apiNames, phrases, properNames, quotations, type Quotation } from "./phrases.ts";

/** Where a text is shown decides its case, and how strictly it is looked at. */
export type Kind =
  /** A command, a view or a button: Title Case. */
  | "title"
  /** Whatever else the product shows: sentence case. */
  | "message"
  /** A line of a paper: only its phrases are looked at. */
  | "paper";

/** A text of the project, and where it is. */
export interface Text {
  /** Relative to the top of the checkout. */
  readonly file: string;
  readonly line: number;
  readonly kind: Kind;
  readonly value: string;
}

/** What is wrong with a text: the words, and what to write instead. */
export interface Objection {
  readonly words: string;
  readonly better: string;
}

/** In characters; targets of links are not counted. */
const maxLength = 200;

/** Words that Title Case leaves small within a title. */
const small = new Set(
  "a an the and or but nor of in on to for as by at with from into per until than vs it".split(" "),
);

const compiled = phrases.map(({ pattern, better, shownOnly = false }) => ({
  pattern: new RegExp(`(?<![\\w-])(?:${pattern})(?![\\w-])`, "gi"),
  better,
  shownOnly,
}));

/** A noun in plural, then a colon and its number. */
const countAfterColon =
  /(?<=[.;,)] )(?:[A-Za-z]+ )?(?:scale sets|instances|changes|upgrades|associations|configurations|subscriptions|windows|conditions|plans|rows|resources): \{\d\}/gi;

/** What the rules object to in a text, given the names that keep their capitals within a sentence. */
export function objectionsTo(
  text: Pick<Text, "kind" | "value">,
  names: Names,
  quoted: readonly Quotation[] = quotations,
): Objection[] {
  const value = withoutTargets(quoted.reduce((rest, { words }) => rest.replaceAll(words, "“”"), text.value));
  const words = value.replaceAll(/`[^`]*`/g, "``");
  const wrong: Objection[] = [];
  for (const { pattern, better, shownOnly } of compiled) {
    if (shownOnly && text.kind === "paper") continue;
    for (const [found] of words.matchAll(pattern)) if (found !== "US") wrong.push({ words: found, better });
  }
  for (const [found] of words.matchAll(/[\w}]+ ?\((?:e?s|ies)\)/g)) {
    wrong.push({ words: found, better: "one text for one, another for many" });
  }
  if (text.kind === "paper") return wrong;
  for (const [found] of words.matchAll(countAfterColon)) {
    wrong.push({ words: found, better: "the number first, as English reads" });
  }
  if (value.length > maxLength) {
    wrong.push({ words: `${value.length} characters`, better: `at most ${maxLength}: shorten or split it` });
  }
  if (/\.\.\./.test(words)) wrong.push({ words: "...", better: '"…"' });
  return [...wrong, ...(text.kind === "title" ? aboutTitle(words) : aboutSentence(words, names))];
}

/** Each link as its label alone. */
export function withoutTargets(text: string): string {
  return text.replaceAll(/\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*\)/g, "$1");
}

/** Names that keep their capitals within a sentence. */
export type Names = RegExp;

/** @param titles titles of commands, views and buttons, which sentences mention */
export function namesOf(titles: readonly string[]): Names {
  const all = [...titles.map((title) => title.replace(/…$| \(.*\)$/, "")), ...properNames]
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`(?<![\\w-])(?:${all.join("|")})(?![\\w-])`, "g");
}

function aboutTitle(title: string): Objection[] {
  const wrong: Objection[] = [];
  if (title.endsWith(".")) wrong.push({ words: title, better: "no period after a title" });
  const words = title.match(/\{\d+\}|(?<![\w{%])[A-Za-z][\w'’]*/g) ?? [];
  const lower = words.filter(
    (word, index) => /^[a-z]/.test(word) && !(small.has(word) && index > 0 && index < words.length - 1),
  );
  for (const word of lower) {
    wrong.push({ words: word, better: `Title Case: "${word[0]?.toUpperCase()}${word.slice(1)}"` });
  }
  return wrong;
}

/** A sentence has capitals at its start and in names; what is in Title Case throughout is a title in its place. */
function aboutSentence(text: string, names: Names): Objection[] {
  const rest = text.replaceAll(/“[^”]*”|"[^"]*"|``/g, "“”").replaceAll(names, "“”");
  const words = [...rest.matchAll(/(?<![\w{@./-])[A-Za-z][a-z'’]+(?![\w/])/g)];
  const plain = words.some(([word]) => /^[a-z]/.test(word) && !small.has(word));
  if (!plain) return [];
  return words
    .filter(({ 0: word, index }) => /^[A-Z]/.test(word) && !isStart(rest, index))
    .map(([word]) => ({ words: word, better: `sentence case: "${word.toLowerCase()}"` }));
}

/** Whether a word at this place begins a sentence, a row of a list or what follows a colon. */
function isStart(text: string, index: number): boolean {
  return /(?:^|[.!?:;…|=·•(–—]|\n[-*\d.#\s]*|[”"]|\*\*|\{\d+\}[.,:;]?)\s*$/.test(text.slice(0, index));
}

/** The words of old that no file and no identifier has as a part, with what to call things instead. */
const oldNames: ReadonlyMap<string, string> = new Map([
  ["told", "known, shown, reported, settled"],
  ["untold", "unknown, hidden"],
  ["meant", "intended, planned"],
  ["anew", "again, refreshed"],
  ["beside", "nextTo, extra"],
  ["mend", "fix"],
  ["mends", "fixes"],
  ["mended", "fixed"],
  ["mending", "fixing"],
]);

/** What is wrong with the name of a file or an identifier. */
export function objectionsToName(name: string): Objection[] {
  if (apiNames.includes(name)) return [];
  const parts = name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  return parts.flatMap((part) => {
    const better = oldNames.get(part.toLowerCase());
    return better === undefined ? [] : [{ words: name, better }];
  });
}
