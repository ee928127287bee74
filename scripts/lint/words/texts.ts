import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { locateTexts, type Located } from "../../l10n/collect.ts";
import type { Kind, Text } from "./rules.ts";

/** Every text that the product in the checkout at `top` shows. */
export async function shownTexts(top: string): Promise<Text[]> {
  const inSource = (await locateTexts(top)).map(({ text, file, line, ...around }): Text => {
    return { file, line, kind: isButton(around) ? "title" : "message", value: text };
  });
  return [...manifestTexts(top), ...inSource];
}

/** The lines of the papers: Markdown at the top, in docs/ and in media/, without its code. */
export function paperTexts(top: string): Text[] {
  const within = (folder: string) =>
    existsSync(join(top, folder))
      ? readdirSync(join(top, folder), { recursive: true, encoding: "utf8" }).map(
          (name) => `${folder}/${name}`,
        )
      : [];
  return [...readdirSync(top), ...within("docs"), ...within("media")]
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) => linesOfPaper(file, readFileSync(join(top, file), "utf8")));
}

/** The lines of Markdown; those of fenced code are empty. Exported for its test. */
export function linesOfPaper(file: string, markdown: string): Text[] {
  let isCode = false;
  return markdown.split("\n").map((value, index) => {
    const isFence = /^\s*(?:```|~~~)/.test(value);
    if (isFence) isCode = !isCode;
    return { file, line: index + 1, kind: "paper", value: isFence || isCode ? "" : value };
  });
}

/** A name in a source, and where it is. */
export interface Name {
  readonly file: string;
  readonly line: number;
  readonly name: string;
}

/** The names of files and identifiers under src, each identifier once in a line. */
export function namesIn(top: string): Name[] {
  return readdirSync(join(top, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const file = `src/${name}`;
      return [{ file, line: 1, name }, ...identifiers(file, readFileSync(join(top, file), "utf8"))];
    });
}

/** Exported for its test. */
export function identifiers(file: string, source: string): Name[] {
  const code = source
    .replaceAll(/\/\*[^]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, " "))
    .replaceAll(/(?<![:"'`\\])\/\/.*$/gm, "")
    .replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""');
  return code.split("\n").flatMap((text, index) => {
    const names = new Set(text.match(/[A-Za-z_$][\w$]*/g));
    return [...names].map((name) => ({ file, line: index + 1, name }));
  });
}

/** The texts of package.nls.json; a line that is a link alone is shown as a button. */
function manifestTexts(top: string): Text[] {
  const file = "package.nls.json";
  const json = readFileSync(join(top, file), "utf8");
  const lines = json.split("\n");
  return Object.entries(JSON.parse(json) as Record<string, string>).flatMap(([key, value]) => {
    const line = lines.findIndex((text) => text.trimStart().startsWith(`${JSON.stringify(key)}:`)) + 1;
    const buttons = [...value.matchAll(/^\[([^\]]+)\]\([^\n]*\)$/gm)].map(([, label = ""]): Text => {
      return { file, line, kind: "title", value: label };
    });
    return [{ file, line, kind: kindOfKey(key), value }, ...buttons];
  });
}

function kindOfKey(key: string): Kind {
  return /^(?:command\..*\.title|view\..*\.name|submenu\..*|container\.title|walkthrough\.title)$/.test(key)
    ? "title"
    : "message";
}

/** Buttons of messages, and of pages. */
function isButton({ before, after }: Pick<Located, "before" | "after">): boolean {
  return (
    /(?:\[\[|buttons\.set\()\s*(?:vscode\.)?l10n\.t\(\s*$/.test(before) ||
    (/<button[^<]*>\s*\$\{\s*say\(\s*message\(\s*$/.test(before) && /^[^<]*\}\s*<\/button>/.test(after))
  );
}
