import { bounded, oneLine } from "../core/text/visible.ts";
import { escapeIcons } from "./icons.ts";

/**
 * Text as each kind of place in VS Code shows it letter by letter, whoever wrote it: names and words from Azure are data. What VS Code
 * makes of a text differs from place to place. Every text goes through one of these where it is handed over, so that no sentence has to
 * know what is in it.
 */

/** Azure's names have at most 260; VS Code cuts a notification after 1,000, and no place has room for more than that. */
const maxCharacters = 900;

/** For places that show characters as they are: rows and messages of a view, titles, placeholders, dialogs. */
export function plainText(text: string): string {
  return bounded(oneLine(text), maxCharacters);
}

/** For rows of a quick pick and the status bar, where `$(name)` draws an icon. */
export function rowText(text: string): string {
  return escapeIcons(plainText(text));
}

/** For notifications and their progress, where `[text](command:name)` is a link that runs the command. */
export function notificationText(text: string): string {
  return withoutLinks(plainText(text));
}

/** For what stands below the box of a quick input, where both are so. */
export function promptText(text: string): string {
  return escapeIcons(notificationText(text));
}

/** VS Code takes for a link only what has nothing between its brackets (`src/vs/base/common/linkedText.ts`). */
function withoutLinks(text: string): string {
  return text.replaceAll("](", "] (");
}
