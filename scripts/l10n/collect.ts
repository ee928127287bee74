import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { transform } from "esbuild";
import { root } from "../bootstrap/paths.mjs";

export const bundleFile = join(root, "l10n", "bundle.l10n.json");

/** A call whose first argument is no literal, so that its text cannot be collected: `file: call`. */
export type NotLiteral = string;

export interface Collected {
  /** Every text that the program shows, sorted. */
  readonly texts: readonly string[];
  readonly notLiteral: readonly NotLiteral[];
}

/** Every literal template of `message("…")` and every text of `vscode.l10n.t("…")` under src. */
export async function collectTexts(): Promise<Collected> {
  const texts = new Set<string>();
  const notLiteral: NotLiteral[] = [];
  for (const file of sources()) {
    const found = textsOf(await withoutComments(file));
    for (const text of found.texts) texts.add(text);
    notLiteral.push(...found.notLiteral.map((call) => `${relative(root, file)}: ${call}`));
  }
  return { texts: [...texts].sort(), notLiteral };
}

/** The texts in JavaScript that has no comments. Exported for its test. */
export function textsOf(code: string): { texts: string[]; notLiteral: string[] } {
  const texts: string[] = [];
  const notLiteral: string[] = [];
  for (const call of code.matchAll(/(?<![\w.$]|function )(?:message|(?:vscode\.)?l10n\.t)\(\s*/g)) {
    const rest = code.slice(call.index + call[0].length);
    const literal = /^("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\$]|\\.|\$(?!\{))*`)\s*[,)]/.exec(
      rest,
    )?.[1];
    if (literal === undefined) notLiteral.push(`${call[0]}${rest.slice(0, 40)}`);
    else texts.push(valueOf(literal));
  }
  return { texts, notLiteral };
}

export function bundleText(texts: readonly string[]): string {
  return `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), undefined, 2)}\n`;
}

/** It hands templates on, so its own call has no literal. */
const localizer = join("ui", "messages.ts");

function sources(): string[] {
  return readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && name !== localizer)
    .map((name) => join(root, "src", name));
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
