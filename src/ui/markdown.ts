/**
 * Text as Markdown that shows exactly that text. Names and words from Azure are data: without this a name could draw a link,
 * an image, a table or a `$(codicon)`. Line breaks stay line breaks.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]()#+\-.!~|<>$&:@^=]/g, String.raw`\$&`)
    .replaceAll(/^[ \t]+/gm, "")
    .replaceAll(/\r?\n/g, "  \n");
}
