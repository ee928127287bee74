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
    title: message("A configuration has a name"),
    sources: [sources.contract],
    check: ({ name }) => (name?.trim() === "" ? message("The name is empty: enter one.") : undefined),
  },
  {
    id: "name-reserved",
    severity: "block",
    onlyWhenWriting: true,
    title: message("The name has no character that ends or splits a URL"),
    sources: [sources.names],
    check: ({ name }) => {
      const reserved = /[/\\?#%]|\p{Cc}|^\.{1,2}$/u.exec(name ?? "")?.[0];
      return name === undefined || reserved === undefined
        ? undefined
        : message(
            "The name “{0}” contains “{1}”, which can't be part of a resource id: use letters, digits, hyphens, underscores and periods.",
            name,
            reserved,
          );
    },
  },
  {
    id: "name-characters",
    severity: "warn",
    onlyWhenWriting: true,
    title: message("The name is made of letters, digits, hyphens, underscores and periods"),
    // No page of Microsoft's says which characters a configuration's name may have.
    sources: [],
    check: ({ name }) =>
      name === undefined || name.trim() === "" || /^[a-z\d][\w.-]*$/i.test(name)
        ? undefined
        : message(
            "The name “{0}” may be refused. Azure does not document which characters it takes: letters, digits, hyphens, underscores and periods, with a letter or digit first, are safe.",
            name,
          ),
  },
  {
    id: "name-length",
    severity: "block",
    onlyWhenWriting: true,
    title: message("The names of group and configuration together are shorter than 128 characters"),
    sources: [sources.scopes],
    check: ({ name, resourceGroup }) => {
      const length = (name?.length ?? 0) + (resourceGroup?.length ?? 0);
      if (name === undefined || resourceGroup === undefined || length <= maxCharacters) return undefined;
      return message(
        "The name “{0}” and that of its resource group have {1} characters together, and Azure takes fewer than 128: shorten the name by {2}.",
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
    title: message("The name is unique in its resource group"),
    sources: [sources.powerShell, sources.cli],
    check: ({ name, resourceGroup, taken = [] }) =>
      name !== undefined && taken.some((other) => other.toLowerCase() === name.toLowerCase())
        ? message(
            "The name “{0}” is taken: resource group {1} already has a configuration of that name. Choose another.",
            name,
            resourceGroup ?? "",
          )
        : undefined,
  },
];
