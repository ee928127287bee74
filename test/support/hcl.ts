import { createRequire } from "node:module";
import { isObject, type JsonObject } from "../../src/core/resources/json.ts";

/** A node of the tree of an expression. */
interface Expression {
  readonly type: string;
  readonly children: readonly Expression[];
}

// Its types would bring those of a browser along.
const oracle = createRequire(import.meta.url)("@cdktf/hcl2json") as {
  parse(file: string, text: string): Promise<JsonObject>;
  getExpressionAst(file: string, text: string): Promise<Expression | null>;
};

/** What Terraform's own parser, built to WebAssembly, makes of a file; rejects with its words where it makes nothing of it. */
export function terraformOf(text: string): Promise<JsonObject> {
  return oracle.parse("main.tf", text);
}

/** The texts that literals stand for; rejects where Terraform's parser finds more in one than a literal. */
export async function hclLiterals(literals: readonly string[]): Promise<readonly string[]> {
  const lines = literals.map((literal, index) => `value${index} = ${literal}\n`);
  const file = await terraformOf(lines.join(""));
  for (const literal of literals) {
    const tree = await oracle.getExpressionAst("main.tf", literal);
    const [part, ...more] = tree?.children ?? [];
    // An empty text has no part.
    if (tree?.type !== "template" || more.length > 0 || (part !== undefined && part.type !== "literalValue"))
      throw new Error(`No literal: ${literal}`);
  }
  return literals.map((_, index) => hclTextOf(file[`value${index}`]));
}

/** A value of the parser's answer as text. The answer is Terraform too: it keeps the escapes of `${` and `%{`. */
export function hclTextOf(value: unknown): string {
  if (typeof value !== "string") throw new Error(`No text: ${JSON.stringify(value)}`);
  return value.replaceAll("$${", "${").replaceAll("%%{", "%{");
}

/** The blocks of a type, each with its labels. */
export function blocksIn(file: JsonObject, type: string): readonly (readonly [string, JsonObject])[] {
  const found: [string, JsonObject][] = [];
  const walk = (value: unknown, path: string) => {
    if (Array.isArray(value)) for (const one of value) found.push([path, one as JsonObject]);
    else if (isObject(value))
      for (const [label, inner] of Object.entries(value))
        walk(inner, path === "" ? label : `${path}.${label}`);
  };
  walk(file[type], "");
  return found;
}
