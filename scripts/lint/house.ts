// The project's own lint rules, for .oxlintrc.json. They look at modules of src/ only.
import { objection } from "./imports.ts";
import type { Context, NodeOf, Rule, Visitor } from "./oxlint.ts";

type Expression = NodeOf<"CallExpression">["callee"];

/** Who may import whom: the table in rooms.ts. */
const rooms = rule((context, from) => {
  const check = (source: NodeOf<"ImportExpression">["source"], typeOnly: boolean, dynamic = false) => {
    if (!("value" in source) || typeof source.value !== "string") return;
    const message = objection({ from, specifier: source.value, typeOnly, dynamic });
    if (message) context.report({ node: source, message });
  };
  return {
    ImportDeclaration: (node) =>
      check(node.source, node.importKind === "type" || namesTypesOnly(node.specifiers)),
    ExportNamedDeclaration: (node) => {
      if (node.source) check(node.source, node.exportKind === "type");
    },
    ExportAllDeclaration: (node) => check(node.source, node.exportKind === "type"),
    ImportExpression: (node) => check(node.source, false, true),
    TSImportType: (node) => check(node.source, true),
  };
});

function namesTypesOnly(specifiers: NodeOf<"ImportDeclaration">["specifiers"]): boolean {
  return (
    specifiers.length > 0 &&
    specifiers.every((specifier) => specifier.type === "ImportSpecifier" && specifier.importKind === "type")
  );
}

/** A module is copied into every file that uses it, so a class of ours is not the same class everywhere. */
const noOwnInstanceof = rule((context) => {
  const ours = new Set<string>();
  return {
    ImportDeclaration: (node) => {
      if (node.source.value.startsWith(".")) for (const { local } of node.specifiers) ours.add(local.name);
    },
    ClassDeclaration: (node) => {
      if (node.id) ours.add(node.id.name);
    },
    BinaryExpression: (node) => {
      if (node.operator !== "instanceof" || node.right.type !== "Identifier" || !ours.has(node.right.name))
        return;
      context.report({
        node,
        message: `${node.right.name} exists once in each built file: guard it by a Symbol.for brand, not by instanceof.`,
      });
    },
  };
});

/** core gets times and ids passed in. */
const pureCore = rule((context, from) => {
  if (!from.startsWith("core/")) return {};
  const report = (node: Expression) =>
    context.report({ node, message: "core is pure: no clock, no randomness, no network." });
  return {
    NewExpression: (node) => {
      if (isNamed(node.callee, "Date") && node.arguments.length === 0) report(node);
    },
    CallExpression: ({ callee }) => {
      if (isNamed(callee, "fetch")) report(callee);
      if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return;
      const { name } = callee.property;
      if (isNamed(callee.object, "Date") && name === "now") report(callee);
      if (isNamed(callee.object, "Math") && name === "random") report(callee);
      if (isNamed(callee.object, "crypto")) report(callee);
    },
  };
});

/** What of `vscode.window` shows a text, and makes links or icons of what is in some. */
const textual =
  /^(show(Information|Warning|Error)Message|showQuickPick|createQuickPick|createInputBox|withProgress|setStatusBarMessage|createStatusBarItem)$/;
/** Who hands texts over, each through a function of ui/outside.ts. */
const handsTextsOver = /^(ui\/|flows\/face\/)/;

/** Texts reach VS Code through ui/, which makes harmless what is from outside. */
const outside = rule((context, from) => {
  if (handsTextsOver.test(from)) return {};
  return {
    CallExpression: ({ callee }) => {
      if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return;
      if (!isWindow(callee.object) || !textual.test(callee.property.name)) return;
      context.report({
        node: callee,
        message: `Only ui/ calls ${callee.property.name}: what a text from outside holds would be a link or an icon here.`,
      });
    },
  };
});

function isWindow(node: Expression): boolean {
  if (node.type !== "MemberExpression") return isNamed(node, "window");
  return node.property.type === "Identifier" && node.property.name === "window";
}

function isNamed(node: Expression, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

/** A rule over one module of src/; it is given the module's path there, without the extension. */
function rule(create: (context: Context, module: string) => Visitor): Rule {
  return {
    create(context) {
      const module = /(?:^|[\\/])src[\\/](.*)\.ts$/.exec(context.filename)?.[1]?.replaceAll("\\", "/");
      return module === undefined ? {} : create(context, module);
    },
  };
}

const plugin = {
  meta: { name: "house" },
  rules: { rooms, "no-own-instanceof": noOwnInstanceof, "pure-core": pureCore, outside },
};

export default plugin;
