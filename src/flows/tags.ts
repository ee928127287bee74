import { message } from "../core/message.ts";
import { checkTags } from "../core/resourceNames.ts";
import type { TextQuestion, Verdict } from "./question.ts";

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
    if (equals < 0) block(message("“{0}” is not a tag: write name=value", pair));
    else if (name === "") block(message("“{0}” has no name before the =", pair));
    // Azure compares the names of tags without case.
    else if (seen.has(name.toLowerCase())) block(message("The tag {0} is there twice", name));
    else tags[name] = pair.slice(equals + 1).trim();
    seen.add(name.toLowerCase());
  }
  return { tags, problems };
}

export const tagsQuestion: TextQuestion = {
  kind: "text",
  title: message("Tags"),
  prompt: message("Optional: name=value, separated by commas. Leave it empty for none"),
  placeholder: message("team=platform, environment=production"),
  validate: (text) => {
    const { tags, problems } = parseTags(text);
    return [...problems, ...checkTags(tags)];
  },
};
