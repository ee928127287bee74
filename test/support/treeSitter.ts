import { join } from "node:path";
import { Language, Parser, type Node } from "web-tree-sitter";
import { root } from "../../scripts/bootstrap/paths.mjs";

/** Grammars that others wrote and their packages bring as WebAssembly. */
const grammars = {
  bash: "tree-sitter-bash/tree-sitter-bash.wasm",
  bicep: "tree-sitter-bicep/tree-sitter-bicep.wasm",
  hcl: "@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm",
  powershell: "tree-sitter-powershell/tree-sitter-powershell.wasm",
} as const;

export type Grammar = keyof typeof grammars;

export type { Node } from "web-tree-sitter";

const loaded = new Map<Grammar, Promise<Parser>>();

/** A parser of a grammar, loaded once. */
export function parserOf(grammar: Grammar): Promise<Parser> {
  const known = loaded.get(grammar);
  if (known !== undefined) return known;
  const loading = load(grammar);
  loaded.set(grammar, loading);
  return loading;
}

async function load(grammar: Grammar): Promise<Parser> {
  await Parser.init();
  const parser = new Parser();
  return parser.setLanguage(await Language.load(join(root, "node_modules", grammars[grammar])));
}

/** The tree of a text; throws where the parser finds an error in it, and says in which line. */
export function treeOf(parser: Parser, text: string): Node {
  const tree = parser.parse(text);
  if (tree === null) throw new Error("The text was not parsed.");
  const { rootNode } = tree;
  if (!rootNode.hasError) return rootNode;
  const wrong = nodesIn(rootNode).find((node) => node.isError || node.isMissing);
  const line = wrong?.startPosition.row ?? 0;
  throw new Error(`Line ${line + 1} can't be parsed: ${text.split("\n")[line]}`);
}

/** A node and all below it, in the order of the text. */
export function nodesIn(node: Node): readonly Node[] {
  return [node, ...node.children.flatMap((child) => nodesIn(child))];
}

/** Those of one type. */
export function nodesOfType(node: Node, type: string): readonly Node[] {
  return nodesIn(node).filter((one) => one.type === type);
}
