import { hclKey, hclText } from "./quote.ts";

const code: unique symbol = Symbol("code");

/** An expression of ours. No JSON has a symbol, so nothing from outside passes for one. */
export interface Expression {
  readonly [code]: (indent: string) => string;
}

/** What stands behind an `=`. */
export type HclValue =
  | string
  | number
  | boolean
  | null
  | Expression
  | readonly HclValue[]
  | { readonly [name: string]: HclValue | undefined };

/** A reference to something else in the file, such as `azapi_resource.web.id`. */
export function reference(address: string): Expression {
  return { [code]: () => address };
}

/** A value as JSON in a text, as Terraform's own function writes it. */
export function jsonEncoded(value: HclValue): Expression {
  return { [code]: (indent) => `jsonencode(${hclValue(value, indent)})` };
}

/** A block with its arguments in order, and the blocks in it behind them. */
export interface Block {
  /** Such as `resource "azapi_resource" "web"`. */
  readonly head: string;
  readonly items: readonly (Argument | Block)[];
}

/** One without a value is left out. */
export type Argument = readonly [name: string, value: HclValue | undefined];

/** A block as `terraform fmt` writes it. */
export function blockText(block: Block, indent = ""): string {
  const inner = `${indent}  `;
  const isBlock = (item: Argument | Block): item is Block => "head" in item;
  const given = block.items.filter((item): item is Argument => !isBlock(item));
  const blocks = block.items.filter(isBlock);
  const parts = [lines(given, inner, (name) => name), ...blocks.map((each) => `${blockText(each, inner)}\n`)];
  const body = parts.filter((part) => part !== "").join("\n");
  return body === "" ? `${indent}${block.head} {}` : `${indent}${block.head} {\n${body}${indent}}`;
}

/** The lines of the arguments alone, as they stand in a block. */
export function itemsText(items: Block["items"]): string {
  return blockText({ head: "", items }).split("\n").slice(1, -1).join("\n");
}

function hclValue(value: HclValue, indent: string): string {
  if (typeof value === "string") return hclText(value);
  if (typeof value !== "object" || value === null) return String(value);
  const inner = `${indent}  `;
  if (isList(value)) {
    const items = value.map((item) => hclValue(item, inner));
    const short = `[${items.join(", ")}]`;
    const isShort = items.length < 2 || short.length <= 60;
    if (isShort && value.every((item) => typeof item !== "object" || item === null || isExpression(item)))
      return short;
    return `[\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}]`;
  }
  if (isExpression(value)) return value[code](indent);
  const body = lines(Object.entries(value), inner, hclKey);
  return body === "" ? "{}" : `{\n${body}${indent}}`;
}

function isList(value: object): value is readonly HclValue[] {
  return Array.isArray(value);
}

function isExpression(value: object): value is Expression {
  return code in value;
}

/** Names and values, a line each, the `=` of lines that follow one another below each other. */
function lines(entries: readonly Argument[], indent: string, nameText: (name: string) => string): string {
  const rows = entries.flatMap(([name, value]) =>
    value === undefined ? [] : [{ name: nameText(name), text: hclValue(value, indent) }],
  );
  const isLong = ({ text }: { readonly text: string }) => text.includes("\n");
  let width = 0;
  return rows
    .map((row, index) => {
      const before = rows[index - 1];
      if (before === undefined || isLong(before) || isLong(row)) {
        const following = rows.slice(index);
        const end = following.findIndex(isLong);
        const run = isLong(row) ? [row] : following.slice(0, end === -1 ? undefined : end);
        width = Math.max(...run.map(({ name }) => name.length));
      }
      return `${indent}${row.name.padEnd(width)} = ${row.text}\n`;
    })
    .join("");
}
