// `node scripts/lint/words.ts [<checkout> [<path prefix>...]]`: looks at the words of every text, as a layer of `npm test` too.
// One line for each phrase that has a better word, with file and line.
import { resolve } from "node:path";
import { root } from "../bootstrap/paths.mjs";
import { quotations } from "./words/phrases.ts";
import { namesOf, objectionsTo, objectionsToName } from "./words/rules.ts";
import { namesIn, paperTexts, shownTexts } from "./words/texts.ts";

const [checkout = root, ...prefixes] = process.argv.slice(2);
const top = resolve(checkout);
const complaints = (await complaintsAbout(top)).filter(
  ({ file }) => prefixes.length === 0 || prefixes.some((prefix) => file.startsWith(prefix)),
);
for (const { file, line, words, better, text } of complaints) {
  console.log(`${file}:${line}: "${words}" → ${better}${text === undefined ? "" : `   in: ${text}`}`);
}
if (complaints.length > 0) console.log(`${complaints.length} words to change`);
process.exitCode = complaints.length > 0 ? 1 : 0;

interface Complaint {
  readonly file: string;
  readonly line: number;
  readonly words: string;
  readonly better: string;
  readonly text?: string;
}

async function complaintsAbout(top: string): Promise<Complaint[]> {
  const shown = await shownTexts(top);
  const names = namesOf(shown.filter(({ kind }) => kind === "title").map(({ value }) => value));
  const texts = [...shown, ...paperTexts(top)];
  const aboutTexts = texts.flatMap(({ file, line, kind, value }) =>
    objectionsTo({ kind, value }, names).map((objection) => {
      return { file, line, ...objection, text: JSON.stringify(value.slice(0, 160)) };
    }),
  );
  const aboutNames = namesIn(top).flatMap(({ file, line, name }) =>
    objectionsToName(name).map((objection) => ({ file, line, ...objection })),
  );
  const stale = quotations
    .filter(({ words }) => !texts.some(({ value }) => value.includes(words)))
    .map(({ words }) => {
      return {
        file: "scripts/lint/words/phrases.ts",
        line: 1,
        words,
        better: "remove it: no text quotes it",
      };
    });
  return [...aboutTexts, ...aboutNames, ...stale];
}
