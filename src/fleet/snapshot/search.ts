import { objectAt, textAt } from "../../core/resources/json.ts";
import type { JsonObject } from "../../core/resources/json.ts";
import { onceFor } from "../../core/memo.ts";
import { inEnglish } from "../../core/text/message.ts";
import { imageInWords, imageOf } from "../../core/resources/scaleSet.ts";
import type { ConfigurationRecord, ScaleSetRecord } from "./snapshot.ts";

/** A text whose words are apart by spaces, or its words in lower case. */
type Words = string | readonly string[];

/**
 * Whether a scale set has every word of the text in its name, its resource group, its tags (`name:value`) or its image, in any casing.
 * A text without a word lets every set through.
 */
export function searching(text: Words): (record: ScaleSetRecord) => boolean {
  return searchingIn(text, scaleSetText);
}

/** The same for a configuration's name, resource group and tags. */
export function searchingConfigurations(text: Words): (record: ConfigurationRecord) => boolean {
  return searchingIn(text, configurationText);
}

/** The same for what has no record: a text that is asked for only where there are words to look for. */
export function searchingText(text: Words): (subject: () => string) => boolean {
  return searchingIn(text, (subject) => subject().toLowerCase());
}

function searchingIn<S>(text: Words, textOf: (subject: S) => string): (subject: S) => boolean {
  const words = typeof text === "string" ? text.toLowerCase().split(/\s+/).filter(Boolean) : text;
  if (words.length === 0) return () => true;
  return (subject) => {
    const searched = textOf(subject);
    return words.every((word) => searched.includes(word));
  };
}

/** Lower-cased, and kept with the record: the user types, and each letter asks all of them. */
const scaleSetText = onceFor((record: ScaleSetRecord) =>
  `${textOf(record)}\n${imageText(record.resource)}`.toLowerCase(),
);
const configurationText = onceFor((record: ConfigurationRecord) => textOf(record).toLowerCase());

function textOf({ name, resourceGroup, resource }: ScaleSetRecord | ConfigurationRecord): string {
  let text = `${name}\n${resourceGroup}`;
  const tags = objectAt(resource, "tags");
  for (const tag in tags) text += `\n${tag}:${textAt(tags, tag) ?? ""}`;
  return text;
}

/** The image as it is shown; of those of the platform, which most sets have, without the way through a message. */
function imageText(resource: JsonObject): string {
  const image = imageOf(resource);
  return image?.kind === "platform"
    ? `${image.publisher} ${image.offer} ${image.sku} ${image.version}`
    : inEnglish(imageInWords(resource));
}
