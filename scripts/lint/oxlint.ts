// oxlint exports the types of a rule only through its tester; here they have names.
import type { RuleTester } from "oxlint/plugins-dev";

export type Rule = Extract<Parameters<RuleTester["run"]>[1], { create: unknown }>;
export type Context = Parameters<Rule["create"]>[0];
export type Visitor = ReturnType<Rule["create"]>;
/** A node of the syntax tree, by what a visitor of that name is given. */
export type NodeOf<Name extends keyof Visitor> = Parameters<Extract<Visitor[Name], (node: never) => void>>[0];
