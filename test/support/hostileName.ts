import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { eventually } from "./eventually.ts";

/** A link that would run a command, an image, an icon, and what turns a line around and takes no room. */
export const command = "[mc](command:workbench.action.toggleZenMode)";
export const hostileName = `mc-${command}![p](file:p.png)$(sync~spin)\u202Egpj\u200B`;
/** How a place shows it that makes links of nothing; one that does has a space between the brackets. */
export const hostileNameShown = `mc-${command}![p](file:p.png)$(sync~spin)‹U+202E›gpj‹U+200B›`;

/** Holds a place to it that it shows the text letter by letter, and has made nothing of it. */
export async function showsOnly(place: Locator, text: string): Promise<void> {
  await eventually(async () => {
    // Several spaces and no-break spaces look like one.
    const seen = (await place.innerText()).replaceAll(/\s+/g, " ");
    assert.ok(seen.includes(text), `“${text}” is not in “${seen}”`);
    assert.doesNotMatch(seen, /[\u202E\u200B]/);
  });
  const made = place.locator("a:not(.label-name, .action-label, .monaco-button), img, .codicon-sync");
  assert.deepEqual(await made.allInnerTexts(), []);
}
