import type { Node } from "../treeSitter.ts";

/** A value in a script, as far as exported scripts have values. */
export type Value =
  | string
  | number
  | boolean
  | readonly Value[]
  | Command
  | { readonly table: ReadonlyMap<string, string> };

/** A command with what it was given. */
export interface Command {
  readonly name: string;
  readonly positional: readonly Value[];
  /** By name, without the hyphen; true for one without a value. */
  readonly named: ReadonlyMap<string, Value>;
}

/** The command of a pipeline, its first one: others only take its output. */
export function commandIn(pipeline: Node): Command | undefined {
  const node = firstOfType(pipeline, "command");
  const name = node?.childForFieldName("command_name")?.text;
  if (node === null || node === undefined || name === undefined) return undefined;
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  let open: string | undefined;
  for (const part of node.childForFieldName("command_elements")?.children ?? []) {
    if (part.type === "command_argument_sep") continue;
    if (part.type === "command_parameter") {
      if (open !== undefined) named.set(open, true);
      open = part.text.slice(1);
    } else if (open === undefined) positional.push(valueOf(part));
    else {
      named.set(open, valueOf(part));
      open = undefined;
    }
  }
  if (open !== undefined) named.set(open, true);
  return { name, positional, named };
}

function firstOfType(node: Node, type: string): Node | undefined {
  if (node.type === type) return node;
  for (const child of node.children) {
    const found = firstOfType(child, type);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The value of an argument; throws for what is none of the forms that exported scripts have. */
export function valueOf(node: Node): Value {
  switch (node.type) {
    case "verbatim_string_characters":
      return literalValue(node.text);
    case "decimal_integer_literal":
      return Number(node.text);
    case "generic_token":
      return node.text;
    case "variable":
      if (node.text === "$true" || node.text === "$false") return node.text === "$true";
      throw new Error(`${node.text} is not a value`);
    case "command":
      return commandIn(node) ?? "";
    case "array_expression": {
      const [inner] = node.namedChildren;
      const value = inner === undefined ? [] : valueOf(inner);
      return Array.isArray(value) ? (value as readonly Value[]) : [value];
    }
    case "hash_literal_expression":
      return { table: new Map(entriesOf(node)) };
    default: {
      const parts = node.namedChildren;
      if (parts.length === 0) throw new Error(`${node.type} is not a value: ${node.text}`);
      const values = parts.map((part) => valueOf(part));
      return values.length === 1 ? (values[0] ?? "") : values;
    }
  }
}

function entriesOf(node: Node): readonly (readonly [string, string])[] {
  if (node.type !== "hash_entry") return node.namedChildren.flatMap(entriesOf);
  const [name, value] = node.namedChildren.map((part) => valueOf(part));
  if (typeof name !== "string" || typeof value !== "string") throw new Error(`Not texts: ${node.text}`);
  return [[name, value]];
}

/** The text that a literal in single quotes stands for: PowerShell takes any two of five characters in a row for the second one. */
export function literalValue(literal: string): string {
  return literal.slice(1, -1).replaceAll(/['\u2018-\u201b](['\u2018-\u201b])/g, "$1");
}
