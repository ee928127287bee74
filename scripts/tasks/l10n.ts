// `npm run l10n`: writes every text of the program into the bundle that translations are made from.
// `npm run l10n -- --pseudo`: writes longer, accented texts that VS Code shows with `--locale qps-ploc`; they are not committed.
// `npm run l10n -- --pictures`: writes those too, and takes pictures of every view and page with them.
// `npm run -s l10n -- --missing de`: prints the texts that a language lacks, as JSON.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Failure } from "../bootstrap/failure.mjs";
import { bundleFile, bundleText, collectTexts } from "../l10n/collect.ts";
import { pseudoLanguage, pseudoTexts } from "../l10n/pseudo.ts";
import { fileNames, files, missingTexts, readTexts, textsAsJson } from "../l10n/texts.ts";
import { noNames, task } from "../lib/task.ts";

const usage = "npm run l10n [-- --pseudo | --pictures | --missing <language>]";

const options = {
  pseudo: { type: "boolean" },
  pictures: { type: "boolean" },
  missing: { type: "string" },
} as const;

await task(usage, options, async ({ pseudo, pictures, missing }, names) => {
  noNames(usage, names);
  if ([pseudo, pictures, missing].filter((value) => value !== undefined).length > 1) {
    throw new Failure(`--pseudo, --pictures and --missing exclude one another. Usage: ${usage}`);
  }
  if (missing !== undefined) return printMissing(missing);
  if (pseudo !== true && pictures !== true) return writeBundle();
  writePseudo();
  if (pictures === true) await takePictures();
});

/** The pictures are of the workbench in a browser: what that takes is loaded only for them. */
async function takePictures(): Promise<void> {
  const { takePictures } = await import("../l10n/pictures.ts");
  console.log(`The pictures are in ${await takePictures()}.`);
}

async function writeBundle(): Promise<void> {
  const { texts, notLiteral } = await collectTexts();
  if (notLiteral.length > 0) throw new Failure(`Texts must be literals:\n${notLiteral.join("\n")}`);
  mkdirSync(dirname(bundleFile), { recursive: true });
  writeFileSync(bundleFile, bundleText(texts));
  console.log(`${texts.length} texts`);
}

function writePseudo(): void {
  for (const name of fileNames) {
    writeFileSync(files[name](pseudoLanguage), textsAsJson(pseudoTexts(readTexts(name))));
  }
  console.log(`Start VS Code with --locale ${pseudoLanguage}`);
}

function printMissing(language: string): void {
  if (!/^[a-z]{2,3}(?:-[a-z]{2,4})?$/.test(language))
    throw new Failure(`"${language}" is not a language, such as de or pt-br. Usage: ${usage}`);
  const missing = fileNames.map((name) => [name, missingTexts(readTexts(name), readTexts(name, language))]);
  console.log(JSON.stringify(Object.fromEntries(missing), undefined, 2));
}
