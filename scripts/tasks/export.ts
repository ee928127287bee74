// `npm run -s export -- <language> <plan.json|-> [--out <folder>] [--cloud <name>]`: a plan as code, as files in the folder or one file on standard
// output; `--languages` lists the languages. Ends with 2 and one line on standard error where the input can't be used.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { inEnglish } from "../../src/core/text/message.ts";
import { oneLine } from "../../src/core/text/visible.ts";
import type { CodeFile } from "../../src/export/code/codeFile.ts";
import { exportPlan, readCodeInput } from "../../src/export/code/exportPlan.ts";
import { codeLanguages, type CodeLanguage } from "../../src/export/code/languages.ts";
import { Failure } from "../bootstrap/failure.mjs";
import { contentOf } from "../explain/input.ts";
import { task } from "../lib/task.ts";

/** The exit code for input that can't be used. */
const unusable = 2;
const usage =
  "npm run -s export -- <language> <plan.json|-> [--out <folder>] [--cloud <name>], or --languages";

const options = {
  out: { type: "string" },
  cloud: { type: "string", default: "AzureCloud" },
  languages: { type: "boolean" },
} as const;

await task(
  usage,
  options,
  async ({ out, cloud, languages }, [language, file, ...others]) => {
    if (languages === true) {
      console.log(codeLanguages.join("\n"));
      return;
    }
    if (language === undefined || !isLanguage(language))
      throw new Failure(`Name a language: ${codeLanguages.join(", ")}. Usage: ${usage}`);
    if (file === undefined) throw new Failure(`The plan is missing. Usage: ${usage}`);
    if (others.length > 0) throw new Failure(`Unexpected ${JSON.stringify(others[0])}. Usage: ${usage}`);
    const input = readCodeInput(file === "-" ? await textOf(process.stdin) : contentOf(file));
    if ("problem" in input) throw new Failure(`${oneLine(file)}: ${inEnglish(input.problem)}`);
    const files = await exportPlan(language, input, { madeAtMs: Date.now(), cloud, say: inEnglish });
    if (out !== undefined) write(files, out);
    else if (files.length === 1) process.stdout.write(contentIn(files[0]));
    else throw new Failure(`${language} takes ${files.length} files: name a folder with --out.`);
  },
  unusable,
);

function isLanguage(name: string): name is CodeLanguage {
  return (codeLanguages as readonly string[]).includes(name);
}

function write(files: readonly CodeFile[], folder: string): void {
  for (const file of files) {
    const path = join(folder, ...file.path.split("/"));
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contentIn(file));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Failure(oneLine(`${path} can't be written: ${why}`));
    }
    console.log(path);
  }
}

function contentIn(file: CodeFile | undefined): string {
  return `${file?.encoding === "utf8bom" ? "\uFEFF" : ""}${file?.text ?? ""}`;
}
