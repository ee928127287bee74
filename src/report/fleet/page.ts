import { message } from "../../core/text/message.ts";
import type { Message } from "../../core/text/message.ts";
import { documentOf } from "../document.ts";
import type { PageFrame } from "../document.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import { reportStyle } from "./style.ts";

/** What the page of the fleet report is given. */
export interface ReportFrame extends PageFrame {
  /** Address of the script. */
  readonly script: string;
  readonly say: (text: Message) => string;
}

/**
 * The page of the fleet report before its script fills it. Nothing in it is anything else than what stands here: its data come as messages,
 * and the script puts them in place as text.
 */
export function reportPage({ script, say, ...frame }: ReportFrame): string {
  const body = html`<nav class="skip" aria-label="${say(message("Skip to"))}">
      <a href="#needs">${say(message("What needs attention first"))}</a>
      <a href="#table">${say(message("Scale sets"))}</a>
    </nav>
    ${content(say)}`;
  return documentOf(frame, say(message("Fleet Report")), body, {
    script,
    style: reportStyle,
    className: "fleet",
  });
}

function content(say: (text: Message) => string): Html {
  const section = (id: string, title: Message, inside: Html) =>
    html`<section id="${id}" aria-labelledby="${id}-title" tabindex="-1">
      <h2 id="${id}-title">${say(title)}</h2>
      ${inside}
    </section>`;
  return html`<main>
    <header class="top">
      <h1>${say(message("Fleet Report"))}</h1>
      <div class="buttons" role="group" aria-label="${say(message("Report"))}">
        <button type="button" data-command="refresh">${say(message("Refresh"))}</button>
        <button type="button" data-export="csv">${say(message("Export to {0}…", "CSV"))}</button>
        <button type="button" data-export="json">${say(message("Export to {0}…", "JSON"))}</button>
        <button type="button" data-export="markdown">${say(message("Export to {0}…", "Markdown"))}</button>
      </div>
    </header>
    <dl id="about" class="about"></dl>
    <div id="notes"></div>
    <div id="instead" role="status"><p>${say(message("Loading your fleet…"))}</p></div>
    <div id="report" hidden>
      ${section("totals", message("At a glance"), html`<div id="totals-body"></div>`)}
      ${section("needs", message("What needs attention first"), html`<ol id="needs-body"></ol>`)}
      ${section("calendar", message("Next two weeks"), html`<div id="calendar-body"></div>`)}
      ${section("images", message("Image versions"), html`<div id="images-body"></div>`)}
      ${section("table", message("Scale sets"), tableContent(say))}
    </div>
  </main>`;
}

function tableContent(say: (text: Message) => string): Html {
  const filter = (name: string, label: Message) =>
    html`<label
      >${say(label)}
      <select id="filter-${name}" data-filter="${name}"></select>
    </label>`;
  return html`<form
      id="filters"
      class="filters"
      role="search"
      aria-label="${say(message("Filter the table"))}"
    >
      <label class="wide"
        >${say(message("Search"))}
        <input
          id="filter-text"
          data-filter="text"
          type="search"
          autocomplete="off"
          spellcheck="false"
          placeholder="${say(message("Name, resource group, tag name:value or image"))}"
        />
      </label>
      ${filter("state", message("State"))} ${filter("subscription", message("Subscription"))}
      ${filter("configuration", message("Configuration"))} ${filter("region", message("Region"))}
      ${filter("freshness", message("Image versions"))}
      <button type="button" id="clear">${say(message("Clear Filters"))}</button>
    </form>
    <div class="above">
      <p id="count" role="status"></p>
      <div class="buttons" role="group" aria-label="${say(message("For all shown"))}">
        <span class="muted" aria-hidden="true">${say(message("For all shown"))}</span>
        <button type="button" data-shown="associate">
          ${say(message("Associate with a Configuration…"))}
        </button>
        <button type="button" data-shown="enableAutomaticUpgrades">
          ${say(message("Turn On Automatic OS Upgrades…"))}
        </button>
        <button type="button" data-shown="explainEligibility">${say(message("Explain"))}</button>
      </div>
    </div>
    <div id="grid" class="grid" role="grid" aria-labelledby="table-title" aria-describedby="count">
      <div class="head" role="rowgroup"></div>
      <div class="rows" role="rowgroup"></div>
      <p id="empty" class="muted" hidden></p>
    </div>`;
}
