import { message } from "../text/message.ts";
import { problemsOf } from "../text/rule.ts";
import type { Rule, RuleProblem } from "../text/rule.ts";

const namingRules = "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules";
const tagLimits =
  "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations";

interface GroupName {
  readonly name: string;
  readonly taken: readonly string[];
}

export const resourceGroupNameRules: readonly Rule<GroupName>[] = [
  {
    id: "group-name-empty",
    severity: "block",
    sources: [namingRules],
    check: ({ name }) => (name.trim() === "" ? message("Enter a name.") : undefined),
  },
  {
    id: "group-name-length",
    severity: "block",
    sources: [namingRules],
    check: ({ name }) =>
      name.length > 90
        ? message("“{0}” has {1} characters. Azure takes at most {2}.", name, name.length, 90)
        : undefined,
  },
  {
    id: "group-name-characters",
    severity: "block",
    sources: [namingRules],
    check: ({ name }) => {
      const refused = /[^\p{L}\p{N}_.()-]/u.exec(name)?.[0];
      return refused === undefined || name.trim() === ""
        ? undefined
        : message(
            "“{0}” contains “{1}”. Use letters, digits, underscores, hyphens, periods and parentheses.",
            name,
            refused,
          );
    },
  },
  {
    id: "group-name-end",
    severity: "block",
    sources: [namingRules],
    check: ({ name }) =>
      name.endsWith(".") ? message("“{0}” ends with a period. Remove it.", name) : undefined,
  },
  {
    id: "group-name-taken",
    severity: "block",
    sources: [namingRules],
    check: ({ name, taken }) =>
      taken.some((other) => other.toLowerCase() === name.toLowerCase())
        ? message(
            "The subscription already has a resource group “{0}”. Select it, or choose another name.",
            name,
          )
        : undefined,
  },
];

/** Checks the name of a new resource group. `taken`: the names in the subscription. */
export function checkResourceGroupName(name: string, taken: readonly string[] = []): readonly RuleProblem[] {
  return problemsOf(resourceGroupNameRules, { name, taken });
}

type Tags = Readonly<Record<string, string>>;

export const tagRules: readonly Rule<Tags>[] = [
  {
    id: "tags-count",
    severity: "block",
    sources: [tagLimits],
    check: (tags) => {
      const count = Object.keys(tags).length;
      return count > 50 ? message("{0} tags are too many. Azure takes at most 50.", count) : undefined;
    },
  },
  {
    id: "tag-name-empty",
    severity: "block",
    sources: [tagLimits],
    check: (tags) => {
      const nameless = Object.entries(tags).find(([name]) => name.trim() === "");
      return (
        nameless && message("The tag with value “{0}” has no name. Write it as name=value.", nameless[1])
      );
    },
  },
  {
    id: "tag-name-length",
    severity: "block",
    sources: [tagLimits],
    check: (tags) => {
      const long = Object.keys(tags).find((name) => name.length > 512);
      return long === undefined
        ? undefined
        : message("“{0}” has {1} characters. Azure takes at most {2}.", long, long.length, 512);
    },
  },
  {
    id: "tag-name-characters",
    severity: "block",
    sources: [tagLimits],
    check: (tags) => {
      const wrong = Object.keys(tags).find((name) => /[<>%&\\?/]/.test(name));
      return wrong === undefined
        ? undefined
        : message("The tag name “{0}” can't contain < > % & \\ ? /", wrong);
    },
  },
  {
    id: "tag-value-length",
    severity: "block",
    sources: [tagLimits],
    check: (tags) => {
      const long = Object.entries(tags).find(([, value]) => value.length > 256);
      return (
        long &&
        message(
          "The value of tag “{0}” has {1} characters. Azure takes at most 256.",
          long[0],
          long[1].length,
        )
      );
    },
  },
];

export function checkTags(tags: Tags): readonly RuleProblem[] {
  return problemsOf(tagRules, tags);
}
