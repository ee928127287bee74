/** The conditions of one scale set, as a page shows them. */
import type { Finding } from "../../core/eligibility/rule.ts";
import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import type { Explanation } from "./explanation.ts";
import { html, separated } from "../html.ts";
import type { Content, Html } from "../html.ts";
import { code, sourceLinks, stateOf, stepLinks, table } from "../pageParts.ts";
import { stepsOutOf } from "../steps.ts";
import type { Origin } from "../steps.ts";
import { markOf } from "../wording.ts";
import type { Wording } from "../wording.ts";

export interface SectionOptions {
  readonly wording: Wording;
  readonly origin: Origin;
  /** Of the headings in the section. */
  readonly level: 2 | 3;
  /** Whether Azure is being asked for what no list holds. */
  readonly reading: boolean;
}

/** What is not met or not known in a table, and below it, folded away, what is met. */
export function conditions(explanation: Explanation, options: SectionOptions): Html {
  const { wording } = options;
  const { say } = wording;
  const { record, findings } = explanation;
  const met = findings.filter(({ status }) => status === "pass");
  const others = findings.filter(({ status }) => status !== "pass");
  const open =
    others.length === 0
      ? html`<p>${say(message("All conditions are met."))}</p>`
      : findingsTable(
          message("Conditions not met or unknown for {0}, blocking ones first", record.name),
          others,
          explanation,
          options,
        );
  if (met.length === 0) return open;
  return html`${open}
    <details>
      <summary>${say(message("{0} met", met.length))}</summary>
      ${findingsTable(message("Conditions met for {0}", record.name), met, explanation, options)}
    </details>`;
}

function findingsTable(
  caption: Message,
  findings: readonly Finding[],
  explanation: Explanation,
  { wording, origin }: SectionOptions,
): Html {
  const { say, titleOf } = wording;
  const { record } = explanation;
  const row = (finding: Finding): readonly Content[] => {
    const { rule, observed, message: text, fix, sources } = finding;
    return [
      html`${say(titleOf(rule))}<br /><code class="muted">${rule}</code>`,
      stateOf(markOf(finding), wording),
      observed === undefined ? "–" : code(observed),
      html`<p>${say(text)}</p>
        ${fix && html`<p><strong>${say(message("How to fix:"))}</strong> ${say(fix)}</p>`}
        ${stepLinks(stepsOutOf(finding, explanation, origin), record.name, wording)}
        ${sources.length === 0 ? undefined : html`<p class="muted">${say(message("Sources:"))} ${separated(sourceLinks(sources), " · ")}</p>`}`,
    ];
  };
  return table(
    caption,
    [message("Condition"), message("State"), message("Found"), message("What it means")],
    findings.map(row),
    wording,
  );
}
