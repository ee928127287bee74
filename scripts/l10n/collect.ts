import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { transform } from "esbuild";
import { root } from "../bootstrap/paths.mjs";

export const bundleFile = join(root, "l10n", "bundle.l10n.json");

/** A call whose first argument is no literal, so that its text cannot be collected: `file: call`. */
export type NotLiteral = string;

/** A text, and where its call is. */
export interface Located {
  readonly text: string;
  /** Relative to the top of the checkout. */
  readonly file: string;
  readonly line: number;
  /** What is on both sides of its literal, some 80 characters each. */
  readonly before: string;
  readonly after: string;
}

export interface Collected {
  /** Every text that the program shows, sorted. */
  readonly texts: readonly string[];
  readonly notLiteral: readonly NotLiteral[];
}

/** Every literal template of `message("…")` and every text of `vscode.l10n.t("…")` under src. */
export async function collectTexts(): Promise<Collected> {
  const texts = new Set<string>();
  const notLiteral: NotLiteral[] = [];
  for (const file of sources(root)) {
    const found = textsOf(await withoutComments(file));
    for (const text of found.texts) texts.add(text);
    notLiteral.push(...found.notLiteral.map((call) => `${relative(root, file)}: ${call}`));
  }
  return { texts: [...texts].sort(), notLiteral };
}

/** The same texts, each wherever it is written, in the checkout at `top`. */
export async function locateTexts(top: string): Promise<Located[]> {
  const located: Located[] = [];
  for (const file of sources(top)) {
    const texts = new Set(textsOf(await withoutComments(file)).texts);
    const source = readFileSync(file, "utf8");
    for (const { text, start, end } of callsIn(source)) {
      if (text === undefined || !texts.has(text)) continue; // it is in a comment
      const line = source.slice(0, start).split("\n").length;
      const [before, after] = [source.slice(Math.max(0, start - 80), start), source.slice(end, end + 80)];
      located.push({ text, file: relative(top, file), line, before, after });
    }
  }
  return located;
}

/** The texts in JavaScript that has no comments. Exported for its test. */
export function textsOf(code: string): { texts: string[]; notLiteral: string[] } {
  const calls = callsIn(code);
  return {
    texts: calls.flatMap(({ text }) => text ?? []),
    notLiteral: calls.filter(({ text }) => text === undefined).map(({ call }) => call),
  };
}

interface Call {
  /** How the call begins. */
  readonly call: string;
  /** Undefined where its first argument is no literal. */
  readonly text: string | undefined;
  /** Where the literal begins and ends in the code. */
  readonly start: number;
  readonly end: number;
}

function callsIn(code: string): Call[] {
  const calls = code.matchAll(/(?<![\w.$]|function )(?:message|(?:vscode\.)?l10n\.t)\(\s*/g);
  return [...calls].map((call) => {
    const start = call.index + call[0].length;
    const rest = code.slice(start);
    const literal = /^("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\$]|\\.|\$(?!\{))*`)\s*[,)]/.exec(
      rest,
    )?.[1];
    return {
      call: `${call[0]}${rest.slice(0, 40)}`,
      text: literal === undefined ? undefined : valueOf(literal),
      start,
      end: start + (literal?.length ?? 0),
    };
  });
}

export function bundleText(texts: readonly string[]): string {
  return `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), undefined, 2)}\n`;
}

/** It hands templates on, so its own call has no literal. */
const localizer = join("ui", "messages.ts");

function sources(top: string): string[] {
  return readdirSync(join(top, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && name !== localizer)
    .map((name) => join(top, "src", name));
}

async function withoutComments(file: string): Promise<string> {
  const { code } = await transform(readFileSync(file, "utf8"), {
    loader: "ts",
    target: "esnext",
    charset: "utf8",
  });
  return code;
}

/** The value of a JavaScript string literal, read as JSON after its quotes have been made double ones. */
function valueOf(literal: string): string {
  const inner = literal.slice(1, -1).replaceAll(/\\(['`$])/g, "$1");
  const quoted = literal.startsWith('"') ? inner : inner.replaceAll(/(?<!\\)"/g, String.raw`\"`);
  return JSON.parse(`"${quoted.replaceAll("\n", String.raw`\n`)}"`) as string;
}
