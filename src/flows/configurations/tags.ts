import { objectAt, type JsonObject } from "../../core/resources/json.ts";
import { message } from "../../core/text/message.ts";
import { checkTags } from "../../core/resources/resourceNames.ts";
import type { TextQuestion, Verdict } from "../engine/question.ts";

export interface ReadTags {
  readonly tags: Readonly<Record<string, string>>;
  readonly problems: readonly Verdict[];
}

/** Reads `name=value` pairs separated by commas or line breaks. A value may hold `=`, and may be empty. */
export function parseTags(text: string): ReadTags {
  const tags: Record<string, string> = {};
  const problems: Verdict[] = [];
  const block = (reason: Verdict["message"]) => problems.push({ severity: "block", message: reason });
  const seen = new Set<string>();
  for (const pair of text.split(/[,\n]/).map((part) => part.trim())) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = pair.slice(0, equals).trim();
    if (name === "" || equals < 0) block(message("“{0}” isn't a tag. Use name=value.", pair));
    // Azure compares the names of tags without case.
    else if (seen.has(name.toLowerCase())) block(message("Tag {0} appears twice.", name));
    else tags[name] = pair.slice(equals + 1).trim();
    seen.add(name.toLowerCase());
  }
  return { tags, problems };
}

export const tagsQuestion: TextQuestion = {
  kind: "text",
  title: message("Tags"),
  prompt: message("Optional: name=value, separated by commas"),
  placeholder: message("team=platform, environment=production"),
  validate: (text) => {
    const { tags, problems } = parseTags(text);
    return [...problems, ...checkTags(tags)];
  },
};

/** The tags of a resource in the form that `parseTags` reads, without those that it can't tell: a comma ends a tag there. */
export function printTags(resource: JsonObject): string {
  return Object.entries(typeableTags(resource))
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
}

/** Asks for the tags of a resource, those that it has filled in. */
export function editedTagsQuestion(resource: JsonObject): TextQuestion {
  const typeable = typeableTags(resource);
  const others = Object.keys(objectAt(resource, "tags") ?? {}).filter(
    (name) => !Object.hasOwn(typeable, name),
  );
  return {
    ...tagsQuestion,
    proposed: printTags(resource),
    ...(others.length > 0 && {
      prompt: message(
        "name=value, separated by commas. Tags that contain commas don't change: {0}",
        others.join(", "),
      ),
    }),
  };
}

/** The tags that differ after `text` was entered in place of those of the resource: undefined for one that goes. */
export function tagEdits(resource: JsonObject, text: string): Readonly<Record<string, string | undefined>> {
  const present = typeableTags(resource);
  const { tags } = parseTags(text);
  const removed = Object.keys(present).filter((name) => !Object.hasOwn(tags, name));
  const set = Object.entries(tags).filter(([name, value]) => present[name] !== value);
  return { ...Object.fromEntries(removed.map((name) => [name, undefined])), ...Object.fromEntries(set) };
}

function typeableTags(resource: JsonObject): Readonly<Record<string, string>> {
  const all = Object.entries(objectAt(resource, "tags") ?? {}).filter(
    (tag): tag is [string, string] => typeof tag[1] === "string",
  );
  return Object.fromEntries(
    all.filter(
      ([name, value]) =>
        JSON.stringify(parseTags(`${name}=${value}`).tags) === JSON.stringify({ [name]: value }),
    ),
  );
}
