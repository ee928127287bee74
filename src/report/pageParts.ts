import { detailText } from "../core/text/errorDetails.ts";
import type { ErrorDetail } from "../core/text/errorDetails.ts";
import { message } from "../core/text/message.ts";
import type { Message } from "../core/text/message.ts";
import { html } from "./html.ts";
import type { Content, Html } from "./html.ts";
import { commandAddress } from "./links.ts";
import { copySteps, type Origin, type Step } from "./steps.ts";
import { sourceName } from "./wording.ts";
import type { Mark, PlainWording } from "./wording.ts";

/** Pieces that every page is made of. */

/** `level`: of the heading, so that no level is left out whatever is above. */
export function heading(level: 2 | 3, text: Content, id?: string): Html {
  const name = id === undefined ? undefined : html` id="${id}"`;
  return level === 2 ? html`<h2${name}>${text}</h2>` : html`<h3${name}>${text}</h3>`;
}

export function stateOf({ sign, word, tone }: Mark, { say }: PlainWording): Html {
  // A no-break space: the sign stays with its word.
  return html`<span class="state ${tone}"><span aria-hidden="true">${sign}</span> ${say(word)}</span>`;
}

/** The one step to take, as a button, and as plain links what is another form of it. */
export function primaryAction(
  step: Step | undefined,
  on: string | undefined,
  wording: PlainWording,
): Content {
  return (
    step &&
    html`<ul class="actions">
      <li>${stepLink(step, "action first", on, wording)}</li>
      ${copySteps(step).map((copy) => html`<li>${stepLink(copy, "step", on, wording)}</li>`)}
    </ul>`
  );
}

/** Other steps, as plain links in a row. */
export function stepLinks(steps: readonly Step[], on: string | undefined, wording: PlainWording): Content {
  if (steps.length === 0) return undefined;
  return html`<ul class="actions">
    ${steps.map((step) => html`<li>${stepLink(step, "step", on, wording)}</li>`)}
  </ul>`;
}

function stepLink(
  { command, label, targets }: Step,
  className: string,
  on: string | undefined,
  { say }: PlainWording,
): Html {
  const name = say(label);
  const spoken = on === undefined ? undefined : html` aria-label="${`${name} (${on})`}"`;
  return html`<a class="${className}" href="${commandAddress(command, targets)}" ${spoken}>${name}</a>`;
}

/**
 * Links that look like buttons; the first is the one to take, where there is one to be recommended. `on`: what they are for, where several on a
 * page read the same.
 */
export function actions(
  steps: readonly Step[],
  on: string | undefined,
  wording: PlainWording,
  isFirstRecommended = true,
): Content {
  if (steps.length === 0) return undefined;
  return html`<ul class="actions">
    ${steps.map(
      (step, index) =>
        html`<li>
          ${stepLink(step, index === 0 && isFirstRecommended ? "action first" : "action", on, wording)}
        </li>`,
    )}
  </ul>`;
}

/** A table that scrolls by itself where the editor is narrow. The first cell of a row names it. */
export function table(
  caption: Message,
  columns: readonly Message[],
  rows: readonly (readonly Content[])[],
  { say }: PlainWording,
): Html {
  const row = ([name, ...cells]: readonly Content[]) =>
    html`<tr>
      <th scope="row">${name}</th>
      ${cells.map((cell) => html`<td>${cell}</td>`)}
    </tr> `;
  return html`<div class="scroll">
    <table>
      <caption>
        ${say(caption)}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${say(column)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(row)}
      </tbody>
    </table>
  </div>`;
}

/** Says that no Azure is connected, or that it is the sandbox. */
export function originNote(origin: Origin | "none", { say }: PlainWording): Content {
  if (origin === "azure") return undefined;
  const text =
    origin === "sandbox"
      ? message("Sandbox: sample data")
      : message("Not connected to Azure. Open the Fleet view to connect.");
  return html`<p class="note">${say(text)}</p>`;
}

/** Terms with what they are; those without content are left out. */
export function details(rows: readonly (readonly [Message, Content])[], { say }: PlainWording): Html {
  const known = rows.filter(([, content]) => content !== undefined);
  return html`<dl>
    ${known.map(
      ([term, content]) =>
        html`<dt>${say(term)}</dt>
          <dd>${content}</dd> `,
    )}
  </dl>`;
}

export function sourceLinks(sources: readonly string[]): readonly Html[] {
  return sources.map((address) => html`<a href="${address}">${sourceName(address)}</a>`);
}

/** The name of a resource: set apart from the sentence, whatever direction its script runs in. */
export function nameInText(name: string): Html {
  return html`<bdi>${name}</bdi>`;
}

/** For values of Azure's that are read sign by sign. */
export function code(text: string | undefined): Content {
  return text === undefined ? undefined : html`<code>${text}</code>`;
}

/** More details of an error than these, such as one of each instance, are counted. */
const maxErrorDetails = 20;

/** The details that Azure lists of an error, as for each instance. */
export function errorDetails(listed: readonly ErrorDetail[] | undefined, { say }: PlainWording): Content {
  if (listed === undefined || listed.length === 0) return undefined;
  const more = listed.length - maxErrorDetails;
  return html`<ul>
    ${listed.slice(0, maxErrorDetails).map((detail) => html`<li>${code(detailText(detail))}</li> `)}
    ${more > 0 ? html`<li>${say(message("and {0} more", more))}</li>` : undefined}
  </ul>`;
}
