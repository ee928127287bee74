import { message } from "../../text/message.ts";
import type { ScheduleRule } from "./input.ts";
import { sources } from "./sources.ts";

/** Name of the group and of the configuration together. */
const maxCharacters = 127;

export const nameRules: readonly ScheduleRule[] = [
  {
    id: "name-empty",
    severity: "block",
    onlyWhenWriting: true,
    sources: [sources.contract],
    check: ({ name }) => (name?.trim() === "" ? message("Enter a name.") : undefined),
  },
  {
    id: "name-reserved",
    severity: "block",
    onlyWhenWriting: true,
    sources: [sources.names],
    check: ({ name }) => {
      const reserved = /[/\\?#%]|\p{Cc}|^\.{1,2}$/u.exec(name ?? "")?.[0];
      return name === undefined || reserved === undefined
        ? undefined
        : message(
            "“{0}” contains “{1}”. Use letters, digits, hyphens, underscores and periods.",
            name,
            reserved,
          );
    },
  },
  {
    id: "name-characters",
    severity: "warn",
    onlyWhenWriting: true,
    // No page of Microsoft's says which characters a configuration's name may have.
    sources: [],
    check: ({ name }) =>
      name === undefined || name.trim() === "" || /^[a-z\d][\w.-]*$/i.test(name)
        ? undefined
        : message(
            "“{0}” may be refused. Not documented: which characters a name may have. Letters, digits, hyphens, underscores and periods are safe, with a letter or digit first.",
            name,
          ),
  },
  {
    id: "name-length",
    severity: "block",
    onlyWhenWriting: true,
    sources: [sources.scopes],
    check: ({ name, resourceGroup }) => {
      const length = (name?.length ?? 0) + (resourceGroup?.length ?? 0);
      if (name === undefined || resourceGroup === undefined || length <= maxCharacters) return undefined;
      return message(
        "“{0}” and the name of its resource group have {1} characters together. Documented: fewer than 128. Shorten the name by {2}.",
        name,
        length,
        length - maxCharacters,
      );
    },
  },
  {
    id: "name-taken",
    severity: "block",
    onlyWhenWriting: true,
    sources: [sources.powerShell, sources.cli],
    check: ({ name, resourceGroup, taken = [] }) =>
      name !== undefined && taken.some((other) => other.toLowerCase() === name.toLowerCase())
        ? message(
            "“{0}” is taken: resource group {1} already has a configuration with that name. Choose another.",
            name,
            resourceGroup ?? "",
          )
        : undefined,
  },
];
