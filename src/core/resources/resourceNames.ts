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
    title: message("A resource group has a name"),
    sources: [namingRules],
    check: ({ name }) => (name.trim() === "" ? message("The name is empty: enter one.") : undefined),
  },
  {
    id: "group-name-length",
    severity: "block",
    title: message("The name of a resource group has at most 90 characters"),
    sources: [namingRules],
    check: ({ name }) =>
      name.length > 90
        ? message(
            "The name “{0}” has {1} characters, and Azure takes at most 90: shorten it.",
            name,
            name.length,
          )
        : undefined,
  },
  {
    id: "group-name-characters",
    severity: "block",
    title: message(
      "The name of a resource group is made of letters, digits, underscores, hyphens, periods and parentheses",
    ),
    sources: [namingRules],
    check: ({ name }) => {
      const refused = /[^\p{L}\p{N}_.()-]/u.exec(name)?.[0];
      return refused === undefined || name.trim() === ""
        ? undefined
        : message(
            "The name “{0}” contains “{1}”. Azure takes letters, digits, underscores, hyphens, periods and parentheses.",
            name,
            refused,
          );
    },
  },
  {
    id: "group-name-end",
    severity: "block",
    title: message("The name of a resource group does not end with a period"),
    sources: [namingRules],
    check: ({ name }) =>
      name.endsWith(".")
        ? message("The name “{0}” ends with a period, and Azure refuses that: leave it out.", name)
        : undefined,
  },
  {
    id: "group-name-taken",
    severity: "block",
    title: message("The name of a resource group is unique in its subscription"),
    sources: [namingRules],
    check: ({ name, taken }) =>
      taken.some((other) => other.toLowerCase() === name.toLowerCase())
        ? message(
            "The subscription already has a resource group “{0}”: pick that one, or choose another name.",
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
    title: message("A resource has at most 50 tags"),
    sources: [tagLimits],
    check: (tags) => {
      const count = Object.keys(tags).length;
      return count > 50
        ? message("There are {0} tags, and Azure takes at most 50: take some out.", count)
        : undefined;
    },
  },
  {
    id: "tag-name-empty",
    severity: "block",
    title: message("A tag has a name"),
    sources: [tagLimits],
    check: (tags) => {
      const nameless = Object.entries(tags).find(([name]) => name.trim() === "");
      return (
        nameless && message("The tag with the value “{0}” has no name: write it as name=value.", nameless[1])
      );
    },
  },
  {
    id: "tag-name-length",
    severity: "block",
    title: message("The name of a tag has at most 512 characters"),
    sources: [tagLimits],
    check: (tags) => {
      const long = Object.keys(tags).find((name) => name.length > 512);
      return long === undefined
        ? undefined
        : message(
            "The tag name “{0}” has {1} characters, and Azure takes at most 512: shorten it.",
            long,
            long.length,
          );
    },
  },
  {
    id: "tag-name-characters",
    severity: "block",
    title: message("The name of a tag has none of the characters < > % & \\ ? /"),
    sources: [tagLimits],
    check: (tags) => {
      const wrong = Object.keys(tags).find((name) => /[<>%&\\?/]/.test(name));
      return wrong === undefined
        ? undefined
        : message(
            "The tag name “{0}” has one of the characters < > % & \\ ? / that Azure refuses: leave it out.",
            wrong,
          );
    },
  },
  {
    id: "tag-value-length",
    severity: "block",
    title: message("The value of a tag has at most 256 characters"),
    sources: [tagLimits],
    check: (tags) => {
      const long = Object.entries(tags).find(([, value]) => value.length > 256);
      return (
        long &&
        message(
          "The value of tag “{0}” has {1} characters, and Azure takes at most 256: shorten it.",
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
