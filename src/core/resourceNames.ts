import type { RuleProblem } from "./rule.ts";

/** Checks the name of a new resource group; `taken`: the names in the subscription. */
export function checkResourceGroupName(
  _name: string,
  _taken: readonly string[] = [],
): readonly RuleProblem[] {
  return [];
}

export function checkTags(_tags: Readonly<Record<string, string>>): readonly RuleProblem[] {
  return [];
}
